// A map of tiles as a picture for a file: what stands on the page, tile by tile, in the colours
// that it has there. The page itself keeps links, which are walked with the keyboard.
import { linesOf, svgElement } from './export';

const kSmall = 11;
const kFirstLine = 18;
const kLetterWidth = 6.2;
const kMostLines = 6;

function tileElement(tile: HTMLElement, from: DOMRect): SVGGElement {
  const { left, top, width, height } = tile.getBoundingClientRect();
  const style = getComputedStyle(tile);
  const place = svgElement('g', { transform: `translate(${left - from.left} ${top - from.top})` });
  place.append(svgElement('rect', { x: 1, y: 1, width: width - 2, height: height - 2, rx: 4,
    fill: style.backgroundColor || 'none', stroke: style.borderTopColor || 'gray',
    ...(style.borderTopStyle === 'dashed' ? { 'stroke-dasharray': '4 3' } : {}) }));
  const lines = ([['.tile-name', 600], ['.tile-value', 400]] as const).flatMap(([part, weight]) => (
    linesOf(tile.querySelector(part)?.textContent ?? '', Math.floor((width - 12) / kLetterWidth))
      .map((text) => ({ text, weight }))));
  lines.slice(0, kMostLines).forEach(({ text, weight }, index) => {
    place.append(svgElement('text', { x: 6, y: kFirstLine + index * (kSmall + 4),
      'font-family': 'sans-serif', 'font-size': kSmall, 'font-weight': weight,
      fill: style.color || 'black' }, text));
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
