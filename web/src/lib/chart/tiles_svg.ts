// A map of tiles as a picture for a file: what stands on the page, tile by tile, in the colours that
// it has there. The page itself keeps links, which are walked with the keyboard.
import { svgElement } from './export';

const kSmall = 11;
const kFirstLine = 18;
const kLetterWidth = 6.2;

function cut(text: string, width: number): string {
  const most = Math.floor(width / kLetterWidth);
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}

function tileElement(tile: HTMLElement, from: DOMRect): SVGGElement {
  const { left, top, width, height } = tile.getBoundingClientRect();
  const style = getComputedStyle(tile);
  const place = svgElement('g', { transform: `translate(${left - from.left} ${top - from.top})` });
  place.append(svgElement('rect', { x: 1, y: 1, width: width - 2, height: height - 2, rx: 4,
    fill: style.backgroundColor || 'none', stroke: style.borderTopColor || 'gray',
    ...(style.borderTopStyle === 'dashed' ? { 'stroke-dasharray': '4 3' } : {}) }));
  const words: [string, number][] = [['.tile-name', 600], ['.tile-value', 400]];
  words.forEach(([part, weight], index) => {
    const text = tile.querySelector(part)?.textContent ?? '';
    place.append(svgElement('text', { x: 6, y: kFirstLine + index * (kSmall + 5),
      'font-family': 'sans-serif', 'font-size': kSmall, 'font-weight': weight,
      fill: style.color || 'black' }, cut(text, width - 12)));
  });
  return place;
}

// Null where no map is drawn.
export function tilesSvg(box: HTMLElement | null): SVGSVGElement | null {
  const map = box?.querySelector<HTMLElement>('.tile-map');
  if (!map) return null;
  const from = map.getBoundingClientRect();
  const svg = svgElement('svg', { width: from.width, height: from.height });
  svg.append(...[...map.querySelectorAll<HTMLElement>('.tile')]
    .map((tile) => tileElement(tile, from)));
  return svg;
}
