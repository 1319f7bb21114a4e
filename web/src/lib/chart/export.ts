// A picture as a file. Colours and fonts come from the page's style, so they are written into a
// copy first: an SVG file stands on its own.

const kKept = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap',
  'font-family', 'font-size', 'font-weight', 'text-anchor', 'opacity', 'text-decoration',
  'paint-order'];

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

export function svgText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const { width, height } = svg.getBoundingClientRect();
  writeStyles(svg, copy);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(svg).backgroundColor);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

export function svgBlob(svg: SVGSVGElement): Blob {
  return new Blob([svgText(svg)], { type: 'image/svg+xml' });
}

// Twice the size of the screen, for paper. Rejects when the browser cannot draw the picture.
export async function pngBlob(svg: SVGSVGElement): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect();
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(svg))}`;
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
