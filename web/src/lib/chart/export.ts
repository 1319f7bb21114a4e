// A picture as a file. Colours and fonts come from the page's style, so they are written into a
// copy first: an SVG file stands on its own. A picture that was made for its file alone (and is on
// no page) has its own colours and its size as attributes. Over and under it stands in words what
// it shows, of which day and from where, so that nobody has to guess who finds the file.

const kKept = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap',
  'font-family', 'font-size', 'font-weight', 'text-anchor', 'opacity', 'text-decoration',
  'paint-order'];
const kSvg = 'http://www.w3.org/2000/svg';
const kLine = 24;
const kMargin = 12;
const kLetterWidth = 7;          // of small type, on the wide side

export interface PictureWords {
  title?: string;
  facts?: string;                // definition, day, source
}

function writeStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const name of kKept) {
    const value = style.getPropertyValue(name);
    if (value) to.setAttribute(name, value);
  }
  to.removeAttribute('class');
  to.removeAttribute('tabindex');
  [...from.children].forEach((child, index) => {
    const twin = to.children[index];
    if (twin) writeStyles(child, twin);
  });
}

function sizeOf(svg: SVGSVGElement): { width: number; height: number } {
  if (svg.isConnected) return svg.getBoundingClientRect();
  return { width: Number(svg.getAttribute('width')), height: Number(svg.getAttribute('height')) };
}

// What stands behind the picture: the first ground that is not see-through.
export function groundOf(element: Element | null): string {
  for (let at = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (colour && !/^(transparent|rgba\(.*, 0\))$/.test(colour)) return colour;
  }
  return 'white';
}

// Words in lines of at most this many letters.
export function linesOf(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

export function svgElement<Name extends keyof SVGElementTagNameMap>(name: Name,
  attributes: Record<string, string | number>, text = ''): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(kSvg, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.textContent = text;
  return element;
}

interface Drawn {
  text: string;
  width: number;
  height: number;
}

function drawn(svg: SVGSVGElement, { title = '', facts = '' }: PictureWords): Drawn {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const { width, height } = sizeOf(svg);
  if (svg.isConnected) writeStyles(svg, copy);
  const ink = getComputedStyle(svg.isConnected ? svg : document.body).color;
  const whole = width + 2 * kMargin;
  const above = linesOf(title, Math.floor(width / (kLetterWidth + 2)));
  const below = linesOf(facts, Math.floor(width / kLetterWidth));
  const top = kMargin + above.length * kLine;
  const tall = top + height + below.length * kLine + kMargin;
  const root = svgElement('svg', { width: whole, height: tall, viewBox: `0 0 ${whole} ${tall}` });
  root.append(svgElement('rect', { width: '100%', height: '100%',
    fill: groundOf(svg.isConnected ? svg : document.body) }));
  const font = { 'font-family': 'sans-serif', fill: ink };
  above.forEach((line, index) => root.append(svgElement('text', { ...font, x: kMargin,
    y: kMargin + index * kLine + 14, 'font-size': 16, 'font-weight': 600 }, line)));
  below.forEach((line, index) => root.append(svgElement('text', { ...font, x: kMargin,
    y: top + height + index * kLine + 18, 'font-size': 12 }, line)));
  for (const [key, value] of Object.entries({ x: kMargin, y: top, width, height })) {
    copy.setAttribute(key, String(value));
  }
  root.append(copy);
  return { text: new XMLSerializer().serializeToString(root), width: whole, height: tall };
}

export function svgText(svg: SVGSVGElement, words: PictureWords = {}): string {
  return drawn(svg, words).text;
}

export function svgBlob(svg: SVGSVGElement, words: PictureWords = {}): Blob {
  return new Blob([svgText(svg, words)], { type: 'image/svg+xml' });
}

// Twice the size of the screen, for paper. Rejects when the browser cannot draw the picture.
export async function pngBlob(svg: SVGSVGElement, words: PictureWords = {}): Promise<Blob> {
  const { text, width, height } = drawn(svg, words);
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  const scale = Math.min(2, Math.sqrt(100_000_000 / (width * height)));
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('canvas'));
    });
  });
}
