// A page as it must look: on a phone and on a desk, dark and light, and on paper where asked.
import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { settled } from './kit.mjs';

export async function looksGood(page, what, { isPrinted = true } = {}) {
  for (const [width, scheme] of [[360, 'dark'], [1440, 'light']]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await settled(page);
    await expectNoViolations(page, `${what} at ${width} px, ${scheme}`);
    await expectNoSideScroll(page, `${what} at ${width} px`);
  }
  if (!isPrinted) return;
  await page.emulateMedia({ media: 'print' });
  await expectNoSideScroll(page, `${what} in print`);
  await page.emulateMedia({ media: 'screen' });
}
