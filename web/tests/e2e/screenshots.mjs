// Takes the screenshots of docs/screenshots from the real program: node tests/e2e/screenshots.mjs
import { mkdirSync } from 'node:fs';

import { launch } from './browser.mjs';
import { as, ask, go, signIn, visit } from './kit.mjs';
import { startReal } from './real_server.mjs';

const kFolder = new URL('../../../docs/screenshots/', import.meta.url).pathname;

async function linkTo(page, base, form, name) {
  await go(page, base, `/registers/${form}`);
  return page.getByRole('link', { name }).first().getAttribute('href');
}

async function shoot(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${kFolder}${name}.png` });
}

const browser = await launch();
const server = await startReal();
const base = server.url;
mkdirSync(kFolder, { recursive: true });

const page = await visit(browser, base, '/');
const measure = await linkTo(page, base, 'supervision/measure', /^Aanwijzing aan Focus/);
for (const [name, path, width, scheme, act] of [
  ['desk-1440-light', '/', 1440, 'light'],
  ['desk-1440-dark', '/', 1440, 'dark'],
  ['desk-360-light', '/', 360, 'light'],
  ['desk-768-light', '/', 768, 'light'],
  ['figures-1440-light', '/overzicht/public-figures/figures', 1440, 'light'],
  ['money-1440-dark', '/overzicht/funds/money', 1440, 'dark'],
  ['register-1440-light', '/registers/commitments/commitment', 1440, 'light'],
  ['register-360-dark', '/registers/commitments/commitment', 360, 'dark'],
  ['record-1440-light', measure, 1440, 'light'],
  ['why-1440-light', measure, 1440, 'light',
    (p) => p.getByRole('button', { name: /Waarom/ }).first().click()],
  ['pack-1440-light', '/packs/supervision', 1440, 'light'],
]) {
  const one = await visit(browser, base, path, { width, scheme, height: width < 700 ? 780 : 900 });
  if (act) await act(one);
  await shoot(one, name);
  await one.context().close();
}
for (const [name, path, width, scheme] of [
  ['work-1440-light', '/mijn-werk', 1440, 'light'],
  ['form-1440-light', '/registers/commitments/commitment/nieuw', 1440, 'light'],
  ['form-360-dark', '/registers/commitments/commitment/nieuw', 360, 'dark'],
]) {
  const one = await visit(browser, base, '/', { width, scheme, height: width < 700 ? 780 : 900 });
  await signIn(one, base, 'editor', 'zicht-demo-editor');
  await go(one, base, path);
  await shoot(one, name);
  await one.context().close();
}

// A message that was given up: its receiver lies inside, and no configuration names it.
const administrator = await as(browser, base, 'administrator');
await ask(administrator, base, 'POST', '/v1/webhooks', { title: 'Zaaksysteem',
  url: 'https://127.0.0.1:8443/in', forms: ['funds/fund'], events: ['created'] });
const editor = await as(browser, base, 'editor');
await ask(editor, base, 'POST', '/v1/records', { form: 'funds/fund', reason: 'nieuw', fields: {
  programme: 'Voorbeeld', purpose: 'Voorbeeld', field_of_work: 'jeugd', source: 'Voorbeeld' } });
for (const [name, width, height] of [['outbox-1440-light', 1440, 900],
  ['outbox-360-light', 360, 780]]) {
  const one = await as(browser, base, 'administrator', { width, height });
  await go(one, base, '/beheer/berichten');
  await one.getByRole('row', { name: /Zaaksysteem/ }).first().waitFor();
  await shoot(one, name);
  await one.context().close();
}
await browser.close();
await server.stop();
