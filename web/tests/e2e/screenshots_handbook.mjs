// The pictures of the pages of the handbook for the region and for those who look along, of what is
// read in from a file and of a pack of one's own. Everything that they show is invented.
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { readPage } from '../../../tests/handbook/page.mjs';
import { as, ask, go, newcomer, settled, visit } from './kit.mjs';

const kRound = '/rondes/homelessness-dashboard/measurement';
const kItem = 'Checklist gelijke behandeling in gebruik';

async function idOf(page, base, form, name, where) {
  const { items } = await ask(page, base, 'POST', '/v1/records/_search',
    { form, limit: 100, ...(where ? { where } : {}) });
  return items.find(({ title }) => title.startsWith(name)).id;
}

const toTop = (locator) => locator.evaluate((part) => {
  window.scrollTo(0, part.getBoundingClientRect().top + window.scrollY - 16);
});

// What the region is asked to look at, and the views of others beside one value.
async function shootRegion(browser, base, shoot) {
  const contact = await as(browser, base, 'region-contact', { height: 900 });
  await contact.getByRole('link', { name: /^Kijk of dit klopt/ }).first().click();
  await settled(contact);
  await contact.getByRole('link', { name: 'Alles van deze plaats' }).first().click();
  await contact.waitForURL(`**${kRound}/**`);
  await settled(contact);
  await contact.getByRole('button', { name: /^Dit klopt/ }).waitFor();
  await shoot(contact, 'contact-1440-light');
  const region = await idOf(contact, base, 'regions/region', 'Voorbeeldregio Duinkant',
    'kind = "mobw"');
  const edition = await idOf(contact, base, 'homelessness-dashboard/measurement-round',
    'Voorbeeldmeting juli 2026');
  const sheet = `${kRound}/${edition}/${region}`;
  await go(contact, base, sheet);
  await contact.getByRole('button', { name: new RegExp(`${kItem}$`) }).first().click();
  await contact.getByRole('button', { name: `Uw blik zetten naast ${kItem}` }).click();
  await settled(contact);
  await contact.selectOption('#f-view', { label: 'De regio zelf' });
  await contact.fill('#f-in_short', 'Bij ons vragen drie loketten er nu naar');
  await contact.fill('#f-words',
    'Verzonnen voorbeeld. Sinds het voorjaar hangt de checklist aan de balie.');
  await toTop(contact.locator('label[for=f-view]'));
  await shoot(contact, 'view-1440-light');
  await contact.context().close();
  const reader = await visit(browser, base, sheet, { height: 900 });
  const toggle = reader.getByRole('button', { name: new RegExp(`${kItem}$`) }).first();
  await toggle.click();
  await toTop(toggle);
  await shoot(reader, 'views-1440-light');
  await reader.context().close();
}

// A point of improvement that waits for what clients say; what was asked and done; a report.
async function shootClients(browser, base, shoot) {
  const editor = await as(browser, base, 'editor');
  const { id, version } = await ask(editor, base, 'POST', '/v1/records', {
    form: 'improvement-plans/improvement-point', fields: {
      what: 'Verzonnen voorbeeld: elke cliënt weet wie er vannacht werkt', theme: 'clients',
      nature: 'voornemen', whose: 'gemeenten', source: 'Verzonnen voorbeeld',
      said_on: { first: '2026-05-01', last: '2026-05-01' } } });
  await ask(editor, base, 'POST', `/v1/records/${id}/_step`, { transition: 'report', fields: {
    evidence: 'Op elke deur hangt het rooster van de nacht.',
    evidence_on: { first: '2026-09-01', last: '2026-09-01' } } }, '', version);
  await editor.context().close();
  const council = await as(browser, base, 'client-council', { height: 900 });
  await go(council, base, `/records/${id}`);
  await shoot(council, 'clients-1440-light');
  await council.context().close();
  const reader = await visit(browser, base, '/overzicht/participation/you-asked', { height: 900 });
  await reader.getByText(/kan er één vast telefoonnummer komen/).first().waitFor();
  await shoot(reader, 'asked-1440-light');
  await reader.context().close();
  const provider = await as(browser, base, 'provider', { height: 900 });
  await go(provider, base, '/overzicht/participation/you-asked');
  await provider.getByRole('link', { name: 'Knelpunt melden' }).click();
  await provider.waitForURL('**/registers/bottlenecks/bottleneck/nieuw');
  await settled(provider);
  await provider.fill('#f-what', 'Een briefadres duurt vijf weken');
  await toTop(provider.locator('label[for=f-what]'));
  await shoot(provider, 'report-1440-light');
  await provider.context().close();
}

// The difference before it is accepted.
async function shootImport(browser, base, shoot) {
  const page = await as(browser, base, 'editor', { height: 900 });
  await go(page, base, '/registers/regional-picture/observation/inlezen');
  await page.setInputFiles('#import-file', { name: 'reeks.csv', mimeType: 'text/csv', buffer:
    Buffer.from('Gemeente;Gemeentecode;Jaar;Waarde;Onderdrukt;Opmerking\r\n'
      + 'Utrecht;GM0344;2019;12,5;;verzonnen\r\nAmersfoort;GM0307;2019;.;ja;verzonnen\r\n') });
  await page.locator('#import-header').waitFor();
  await page.getByRole('button', { name: 'Verschil bekijken' }).click();
  const title = page.getByRole('heading', { name: 'Verschil', exact: true });
  await title.waitFor();
  await toTop(title);
  await shoot(page, 'import-1440-light');
  await page.context().close();
}

// The pack that the handbook makes, written from its own page.
async function shootOwnPack(browser, base, server, shoot) {
  const url = new URL('../../../docs/handboek/pakket-maken.md', import.meta.url);
  const folder = await mkdtemp(join(tmpdir(), 'zicht-own-'));
  for (const { deeds } of readPage(await readFile(url, 'utf8')).steps) {
    for (const { name, text } of deeds.filter(({ kind }) => kind === 'file')) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  }
  await server.activate(join(folder, 'vragen'));
  const page = await newcomer(browser, base, server, 'loes',
    { roles: 'vragen/secretaris', organisation: 'demo', height: 900 });
  await ask(page, base, 'POST', '/v1/records', { form: 'vragen/vraag', fields: {
    vraag: 'Komt er een kok?', onderwerp: 'eten', gesteld_op: '2026-11-20' } });
  await go(page, base, '/overzicht/vragen/vragen');
  await page.getByRole('link', { name: 'Komt er een kok?' }).first().waitFor();
  await shoot(page, 'own-pack-1440-light');
  await page.context().close();
}

const kNames = ['contact-1440-light', 'view-1440-light', 'views-1440-light', 'clients-1440-light',
  'asked-1440-light', 'report-1440-light', 'import-1440-light', 'own-pack-1440-light'];

// After the invented example was played. `isWanted(name)`: which; `shoot(page, name)` takes one.
export async function shootHandbook({ browser, base, server, isWanted, shoot }) {
  const [region, clients] = [kNames.slice(0, 3), kNames.slice(3, 6)];
  if (region.some(isWanted)) await shootRegion(browser, base, shoot);
  if (clients.some(isWanted)) await shootClients(browser, base, shoot);
  if (isWanted('import-1440-light')) await shootImport(browser, base, shoot);
  if (isWanted('own-pack-1440-light')) await shootOwnPack(browser, base, server, shoot);
}
