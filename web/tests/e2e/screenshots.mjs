// Takes the screenshots of docs/screenshots from the real program:
// node tests/e2e/screenshots.mjs [part of a name[,another]]
import { mkdirSync } from 'node:fs';

import { play } from '../../../demo/play.mjs';
import { launch } from './browser.mjs';
import { freeze, make, publish, report } from './editions.mjs';
import { makeDraft } from './letters.mjs';
import { as, ask, go, newcomer, signIn, visit } from './kit.mjs';
import { startReal } from './real_server.mjs';
import { earlier } from './retention.mjs';
import { makeWorld } from './rounds.mjs';
import { shootHandbook } from './screenshots_handbook.mjs';
import { makeSeries } from './walk.mjs';

const kFolder = new URL('../../../docs/screenshots/', import.meta.url).pathname;

async function linkTo(page, base, form, name) {
  await go(page, base, `/registers/${form}`);
  return page.getByRole('link', { name }).first().getAttribute('href');
}

// The first question at the desk.
async function askOutcome(page) {
  await page.locator('#equal-treatment').getByRole('button', { name: 'Begin met de vragen' }).click();
  await page.getByRole('button', { name: 'Weet ik niet' }).waitFor();
}

const wanted = process.argv.slice(2).join(' ').split(',');
const isWanted = (name) => wanted.some((part) => name.includes(part));
const anyWanted = (...names) => names.some(isWanted);

async function shoot(page, name) {
  if (!isWanted(name)) return;
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
    (p) => p.locator('.record-side').getByRole('button', { name: /Waarom/ }).first().click()],
  ['pack-1440-light', '/packs/supervision', 1440, 'light'],
  ['table-1440-light', '/packs/commitments/modellen/standing', 1440, 'light'],
  ['bottlenecks-1440-light', '/overzicht/bottlenecks/bottlenecks', 1440, 'light'],
  ['question-1440-light', '/overzicht/eu-citizens/eu-desk', 1440, 'light',
    askOutcome],
  ['question-360-light', '/overzicht/eu-citizens/eu-desk', 360, 'light',
    askOutcome],
]) {
  if (!isWanted(name)) continue;
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

// A letter from the public facts.
if (anyWanted('letter-1440-light', 'beside-1440-light')) {
  const writer = await as(browser, base, 'editor', { height: 900 });
  await makeDraft(writer, base);
  await shoot(writer, 'letter-1440-light');

  // Series of one area, invented.
  await makeSeries(writer, base);
  const beside = await visit(browser, base, '/overzicht/regional-picture/regional-picture#beside');
  await beside.locator('#beside').getByRole('table').first().waitFor();
  await shoot(beside, 'beside-1440-light');
  await beside.context().close();
  await writer.context().close();
}

// An edition, frozen by one editor and published by another, and the open data that it is then.
if (anyWanted('edition-1440-light', 'open-data-1440-light')) {
  const first = await as(browser, base, 'editor');
  await report(first, base);
  const edition = await make(first, base, 'Knelpunten in november');
  await freeze(first, edition);
  const second = await as(browser, base, 'editor-2');
  await publish(second, base, edition);
  await second.waitForURL(`**${edition}`);
  for (const [name, path] of [['edition-1440-light', edition],
    ['open-data-1440-light', '/open-data']]) {
    const one = await visit(browser, base, path, { width: 1440, height: 900 });
    await shoot(one, name);
    await one.context().close();
  }
}

// A measurement of a region with the one before, half filled in.
if (anyWanted('sheet-1440-light')) {
  const round = await makeWorld(browser, base, server);
  const adviser = await newcomer(browser, base, server, 'adviseur-beeld',
    { roles: 'homelessness-dashboard/regional-adviser' });
  await go(adviser, base, round.sheet);
  await adviser.getByRole('button', { name: /^Klopt nog/ }).first().click();
  await adviser.getByRole('button', { name: /^Wijzigen/ }).nth(1).click();
  await shoot(adviser, 'sheet-1440-light');
  await adviser.context().close();
}

// A message that was given up: its receiver lies inside, and no configuration names it.
if (anyWanted('outbox-1440-light', 'outbox-360-light', 'webhooks-1440-light',
  'webhook-change-1440-light')) {
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
  const webhooks = await as(browser, base, 'administrator', { width: 1440 });
  await go(webhooks, base, '/beheer/webhooks');
  await webhooks.getByRole('row', { name: /Zaaksysteem/ }).first().waitFor();
  await shoot(webhooks, 'webhooks-1440-light');
  await webhooks.getByRole('button', { name: 'Wijzig webhook Zaaksysteem' }).click();
  await shoot(webhooks, 'webhook-change-1440-light');
  await webhooks.context().close();
}

// The dashboards, with the invented example of the demo.
await play(base);
for (const [name, block] of [['map-1440-light', 'tiles'], ['grid-1440-light', 'country']]) {
  const one = await visit(browser, base, '/overzicht/homelessness-dashboard/homelessness',
    { width: 1440, height: 900 });
  await one.locator(`#${block}`).getByText(/Anders dan de keer ervoor: /).waitFor();
  await one.locator(`#${block} h2`).evaluate((head) => { head.scrollIntoView(); });
  await shoot(one, name);
  await one.context().close();
}
await shootHandbook({ browser, base, server, isWanted, shoot });
await server.stop();

// What is due: people of whom nothing was recorded for six years.
if (anyWanted('retention-1440-light', 'retention-360-dark', 'retention-question-1440-light',
  'retention-question-360-dark')) {
  const old = await startReal('tests/packs/probe', (url) => earlier(browser, url));
  for (const [name, width, height, scheme] of [['retention-1440-light', 1440, 900, 'light'],
    ['retention-360-dark', 360, 780, 'dark']]) {
    const one = await newcomer(browser, old.url, old, `beheer-${width}`, { width, height, scheme,
      roles: 'administrator,probe/planner', organisation: 'demo' });
    await go(one, old.url, '/beheer/bewaartermijnen');
    await one.getByRole('checkbox').first().check();
    await shoot(one, name);
    await one.getByRole('button', { name: /Vernietig wat u koos/ }).click();
    await shoot(one, name.replace('retention', 'retention-question'));
    await one.context().close();
  }
  await old.stop();
}

await browser.close();
