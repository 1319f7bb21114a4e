// What a visitor and an editor see of the real product, on the public facts of the packs.
// Method: Chromium on a server with an embedded store; every desk in two widths and two schemes,
// with axe (all WCAG A and AA rules) and a look for sideways scrolling. Pictures of each page are
// kept in build/screenshots.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { expectNoSideScroll, expectNoViolations } from '../../web/tests/e2e/axe.mjs';
import { launch } from '../../web/tests/e2e/browser.mjs';
import { finish, go, signIn, visit } from '../../web/tests/e2e/kit.mjs';
import { root, startProduct } from '../support/product.mjs';

const pictures = path.join(root, 'build/screenshots');
const kLooks = [
  { width: 1440, height: 900, scheme: 'light' },
  { width: 1440, height: 900, scheme: 'dark' },
  { width: 360, height: 780, scheme: 'light' },
  { width: 360, height: 780, scheme: 'dark' },
];

let product;
let browser;
let desks;

before(async () => {
  mkdirSync(pictures, { recursive: true });
  product = await startProduct({ facts: true, web: true });
  browser = await launch();
  const answer = await fetch(`${product.address}/v1/desks`);
  desks = (await answer.json()).items;
});

after(async () => {
  await browser?.close();
  await product?.stop();
});

async function lookAt(page, name, { width, scheme }) {
  await expectNoViolations(page, name);
  await expectNoSideScroll(page, name);
  const file = `${name.replaceAll('/', '-')}-${width}-${scheme}.png`;
  await page.screenshot({ path: path.join(pictures, file), fullPage: true });
}

for (const look of kLooks) {
  test(`visitor: every desk is sound at ${look.width} px, ${look.scheme}`, async () => {
    assert.ok(desks.length >= 4, `only ${desks.length} desks`);
    const page = await visit(browser, product.address, '/', look);
    for (const { pack, id, title } of desks) {
      await go(page, product.address, `/overzicht/${pack}/${id}`);
      assert.equal(await page.locator('h1').innerText(), title.nl);
      await lookAt(page, `${pack}/${id}`, look);
    }
    await finish(page);
  });
}

test('visitor: the term of a measure with an unknown day of dating ends within a window', async () => {
  const page = await visit(browser, product.address, '/overzicht/supervision/measures', kLooks[0]);
  await page.getByRole('button', { name: 'Toon als tabel (T)' }).first().click();
  const text = await page.locator('main table').first().innerText();
  assert.match(text, /Focus-Jeugd.+“\[datum\] 2025” \(januari 2025\)[^]+april 2025\tTermijn voorbij/);
  assert.match(text, /\(pleegzorg\).+30 april 2025.+30 januari 2026\t9 maart 2026/);
  await finish(page);
});

test('editor: signs in and sees the work that waits', async () => {
  const page = await visit(browser, product.address, '/', kLooks[0]);
  await signIn(page, product.address, 'editor', 'zicht-demo-editor');
  await lookAt(page, 'mijn-werk', kLooks[0]);
  await finish(page);
});
