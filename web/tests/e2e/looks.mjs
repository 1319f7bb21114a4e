// A page as it must look: on a phone and on a desk, dark and light, and on paper.
import { execFileSync } from 'node:child_process';

import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { check, settled } from './kit.mjs';

const kPaper = 718;                      // A4 within its margins, in pixels of CSS

export async function looksGood(page, what) {
  for (const [width, scheme] of [[360, 'dark'], [1440, 'light']]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await settled(page);
    await expectNoViolations(page, `${what} at ${width} px, ${scheme}`);
    await expectNoSideScroll(page, `${what} at ${width} px`);
  }
  await page.setViewportSize({ width: kPaper, height: 900 });
  await page.emulateMedia({ media: 'print' });
  // What is laid out otherwise on paper is drawn once the page was told.
  await page.evaluate(() => new Promise((done) => {
    window.requestAnimationFrame(() => { window.requestAnimationFrame(done); });
  }));
  await settled(page);
  await expectNoSideScroll(page, `${what} in print`);
  // Not 'screen': a page that is told to be one is printed as one.
  await page.emulateMedia({ media: null });
  await page.setViewportSize({ width: 1440, height: 900 });
}

// As the browser prints it: all of these words are on the paper, and none of the absent ones.
export async function isOnPaper(page, words, absent = []) {
  const pdf = await page.pdf({ format: 'A4' });
  const text = execFileSync('pdftotext', ['-', '-'], { input: pdf }).toString()
    .replace(/\s+/g, ' ');
  for (const word of words) check(text.includes(word), `on paper: ${word}`);
  for (const word of absent) check(!text.includes(word), `not on paper: ${word}`);
}
