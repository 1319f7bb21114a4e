// How long it takes from choosing a code to seeing the field that it asks for: with the module, and
// with a request to the server on this machine. node tests/e2e/rules_speed.mjs, with a built dist/
// and program. The time is taken inside the page, from the event until the field stands in it.
import { launch } from './browser.mjs';
import { as, go } from './kit.mjs';
import { startReal } from './real_server.mjs';

const kRounds = 40;

async function times(browser, base, blocked) {
  const page = await as(browser, base, 'inspector');
  await page.route(blocked, (route) => route.abort());
  await go(page, base, '/registers/supervision/measure/nieuw');
  await page.locator('#f-title').waitFor();
  const all = page.getByRole('button', { name: 'Vul ze nu al in' });
  if (await all.isVisible()) await all.click();
  await page.locator('select#f-kind').selectOption('bevel');
  await page.locator('#f-amount').waitFor({ state: 'detached' });
  const took = [];
  for (let i = 0; i < kRounds; i += 1) {
    took.push(await page.evaluate(() => new Promise((resolve) => {
      const select = document.querySelector('select#f-kind');
      const started = window.performance.now();
      new window.MutationObserver((_changes, observer) => {
        if (!document.querySelector('#f-amount')) return;
        observer.disconnect();
        resolve(window.performance.now() - started);
      }).observe(document.body, { childList: true, subtree: true });
      select.value = 'boete';
      select.dispatchEvent(new window.Event('change', { bubbles: true }));
    })));
    await page.locator('select#f-kind').selectOption('bevel');
    await page.locator('#f-amount').waitFor({ state: 'detached' });
  }
  await page.context().close();
  return took.sort((a, b) => a - b);
}

function told(name, took) {
  const at = (part) => took[Math.floor(part * (took.length - 1))].toFixed(1);
  console.log(`${name}: median ${at(0.5)} ms, 95% ${at(0.95)} ms, ${took.length} rounds`);
}

const browser = await launch();
const server = await startReal();
told('module', await times(browser, server.url, '**/v1/forms/**/_evaluate'));
told('request', await times(browser, server.url, '**/*.wasm'));
await server.stop();
await browser.close();
