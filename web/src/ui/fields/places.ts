// Where a question of a form stands in the page.
export function elementId(path: string): string {
  return `f-${path.replace(/\./g, '-')}`;
}

export function focusOnElement(id: string): void {
  window.setTimeout(() => {
    const element = document.getElementById(id);
    const inner = element?.matches('fieldset')
      ? element.querySelector<HTMLElement>('input, select, textarea') : element;
    inner?.focus();
    element?.scrollIntoView({ block: 'center' });
  }, 0);
}

export function focusOn(path: string): void {
  focusOnElement(elementId(path));
}
