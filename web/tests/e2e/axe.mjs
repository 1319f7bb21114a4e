// axe on a page, with every WCAG A and AA tag and nothing left out. Pages here have no frames of
// other servers, so axe runs in the page itself ("legacy") and not half in another tab: the same
// findings in half the time.
import { AxeBuilder } from '@axe-core/playwright';

const kTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export async function expectNoViolations(page, what) {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] })
    .withTags(kTags).setLegacyMode().analyze();
  if (!violations.length) return;
  const text = violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3)
    .map((node) => `    ${id}: ${help}\n      ${node.html.slice(0, 160)}\n      ${
      node.failureSummary?.replace(/\s+/g, ' ').slice(0, 220)}`));
  throw new Error(`${what}: ${violations.length} axe violations\n${text.join('\n')}`);
}

export async function expectNoSideScroll(page, what) {
  const [content, window] = await page.evaluate(
    () => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  if (content > window) throw new Error(`${what}: ${content} px wide in a window of ${window} px`);
}
