// What people do on each other's work, on the real program: report a bottleneck from where one is and
// save it, confirm for clients, answer what was asked, object to a value, and put a view beside one.
// Each is followed to who waits for it and to what everybody reads.
import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { answer, as, ask, check, equal, finish, go, save, settled, tabTo, tick, visit }
  from './kit.mjs';
import { looksGood } from './looks.mjs';

const kDesk = '/overzicht/eu-citizens/eu-desk';
const kBottlenecks = '/registers/bottlenecks/bottleneck';
const kPack = 'homelessness-dashboard';

const iso = new Date().toISOString().slice(0, 10);
const today = iso.split('-').reverse().join('-');

const add = (page, base, form, fields) => ask(page, base, 'POST', '/v1/records', { form, fields });

async function take(page, base, id, transition, fields) {
  const { version } = await (await page.request.get(`${base}/v1/records/${id}`)).json();
  await ask(page, base, 'POST', `/v1/records/${id}/_step`,
    { transition, ...(fields ? { fields } : {}) }, '', version);
}

const fact = (page, label) => page.locator('.facts > div')
  .filter({ has: page.locator('dt', { hasText: label }) }).locator('dd');

// Loads more of a list until this is in it, or all of it is there.
async function loadUntil(page, wanted) {
  const more = page.getByRole('button', { name: 'Meer laden' });
  while (!await wanted.count() && await more.isVisible()) {
    const had = await page.locator('tr').count();
    await more.click();
    await page.waitForFunction((n) => document.querySelectorAll('tr').length > n, had);
  }
}

// From the list of what one has to do, by the task and what it is about, to the record itself.
async function openTask(page, base, task, title) {
  await go(page, base, '/mijn-werk');
  const row = page.getByRole('row').filter({ hasText: title });
  await loadUntil(page, row);
  await row.getByRole('link', { name: task }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await settled(page);
}

async function openStep(page, name) {
  await page.getByRole('link', { name, exact: true }).click();
  await page.waitForURL('**/stap/*');
  await settled(page);
}

async function isInRegister(page, base, list, title) {
  await go(page, base, list);
  const link = page.getByRole('link', { name: title, exact: true });
  await loadUntil(page, link);
  return await link.count() > 0;
}

// Everything that the form asks but the page, which is there already.
async function tellBottleneck(page, what) {
  await page.fill('#f-what', what);
  await tick(page, 'f-who', 'EU-burgers zonder onderdak');
  await page.selectOption('#f-rule_kind', { label: 'Bewijs of papieren' });
  await tick(page, 'f-frequency', 'Vaak');
  await tick(page, 'f-solver', 'Gemeenten');
  await page.selectOption('#f-field_of_work', { label: 'Dakloosheid' });
  await page.fill('#f-seen_on-words', today);
  await page.fill('#f-source', 'Drie gesprekken aan het loket');
  await save(page);
  await page.waitForURL(/\/records\//);
  await page.getByRole('heading', { level: 1, name: what }).waitFor();
  await settled(page);
}

async function report(page) {
  await page.getByRole('link', { name: 'Knelpunt melden' }).click();
  await page.waitForURL(`**${kBottlenecks}/nieuw`);
  await settled(page);
  equal(new URL(page.url()).search, '', 'what stands in the address');
}

const kFromDesk = 'Een verklaring van de werkgever duurt te lang';
const kFromRecord = 'Wat is gezegd, komt niet terug';

// What somebody looked for stands in the address of the page, and not in the report.
async function reportFromDesk(page, base) {
  await go(page, base, `${kDesk}?gezocht=jansen`);
  const title = await page.locator('h1').innerText();
  await report(page);
  equal(await page.inputValue('#f-page'), `${title} (${kDesk})`, 'the page');
  await looksGood(page, 'a report from a desk');
  await tellBottleneck(page, kFromDesk);
  await expectNoViolations(page, 'a bottleneck with its page');
  const record = new URL(page.url()).pathname;
  await fact(page, 'Gemeld vanaf').getByRole('link', { name: title, exact: true }).click();
  await page.waitForURL(`**${kDesk}`);
  return record;
}

// Of a record the title is only told where everybody may read it; who reports may change it.
async function reportFromRecord(page, base) {
  await go(page, base, '/registers/participation/talk');
  const path = await page.locator('tbody').getByRole('link').first().getAttribute('href');
  await go(page, base, path);
  const title = await page.locator('h1').innerText();
  await report(page);
  equal(await page.inputValue('#f-page'), `${title} (${path})`, 'the page of a record');
  await page.fill('#f-page', `Het gesprek (${path})`);
  await tellBottleneck(page, kFromRecord);
  await fact(page, 'Gemeld vanaf').getByRole('link', { name: 'Het gesprek' }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

const reported = {
  name: 'real: a bottleneck is reported from a desk and from a record, saved, and in the register',
  run: async (browser, base) => {
    const page = await as(browser, base, 'desk-employee');
    const record = await reportFromDesk(page, base);
    await reportFromRecord(page, base);
    for (const what of [kFromDesk, kFromRecord]) {
      check(await isInRegister(page, base, kBottlenecks, what), `the reporter sees: ${what}`);
    }
    await finish(page);
    const visitor = await visit(browser, base, '/');
    check(!await isInRegister(visitor, base, kBottlenecks, kFromDesk), 'nobody else does yet');
    const editor = await as(browser, base, 'editor');
    await openTask(editor, base, /^Kijk na: gaat dit over een regel/, kFromDesk);
    await openStep(editor, 'Openbaar maken');
    await save(editor);
    await editor.waitForURL(`**${record}`);
    await editor.getByText('Open', { exact: true }).first().waitFor();
    await finish(editor);
    check(await isInRegister(visitor, base, kBottlenecks, kFromDesk), 'everybody sees it');
    await go(visitor, base, record);
    await visitor.getByText('Bewijs of papieren').first().waitFor();
    equal(await visitor.getByText('Gemeld vanaf').count(), 0, 'the page, for visitors');
    await looksGood(visitor, 'a public bottleneck');
    await finish(visitor);
  },
};

const kPoint = 'Een vast gezicht bij elke assistentie';
const kNoticed = 'Het is nu meestal dezelfde persoon.';

async function readyPoint(browser, base) {
  const provider = await as(browser, base, 'provider');
  const { id } = await add(provider, base, 'improvement-plans/improvement-point', { what: kPoint,
    theme: 'clients', nature: 'voornemen', whose: 'fokus', source: 'Een verzonnen plan',
    said_on: { first: '2026-01-29', last: '2026-01-29' } });
  await take(provider, base, id, 'report', { evidence: 'Roosters van drie maanden',
    evidence_on: { first: '2026-09-30', last: '2026-09-30' } });
  await go(provider, base, `/records/${id}`);
  equal(await provider.getByRole('link', { name: 'Bevestigen namens cliënten' }).count(), 0,
    'the organisation confirms nothing itself');
  await finish(provider);
  return `/records/${id}`;
}

const confirmed = {
  name: 'real: what clients notice of an improvement is confirmed for them, on a phone in the dark',
  run: async (browser, base) => {
    const record = await readyPoint(browser, base);
    const page = await as(browser, base, 'client-council', { width: 360, scheme: 'dark' });
    await openTask(page, base, 'Vraag cliënten of zij dit merken', kPoint);
    await expectNoViolations(page, 'a point to confirm');
    await openStep(page, 'Bevestigen namens cliënten');
    await expectNoViolations(page, 'confirming for clients');
    await expectNoSideScroll(page, 'confirming for clients');
    await tick(page, 'f-clients_say', 'Ja, cliënten merken dit');
    await answer(page, 'f-clients_words', kNoticed);
    await answer(page, 'f-clients_on', today);
    await answer(page, 'f-clients_how', 'Gesprek met acht cliënten');
    await save(page);
    await page.waitForURL(`**${record}`);
    await page.getByText('Ook cliënten merken het').first().waitFor();
    await expectNoViolations(page, 'a point that is confirmed');
    await finish(page);
    const visitor = await visit(browser, base, record);
    await visitor.getByText(kNoticed).first().waitFor();
    await visitor.getByText('Ja, cliënten merken dit').first().waitFor();
    await looksGood(visitor, 'what clients say, for everybody');
    await finish(visitor);
  },
};

const kAsked = 'Mag de tuin ook in de winter open?';
const kDid = 'De tuin is nu elke dag open tot het donker wordt.';

// Forward to a field with the keyboard, and type in it.
async function typeAt(page, label, text) {
  await tabTo(page, label);
  await page.keyboard.type(text);
}

const answered = {
  name: 'real: what people asked is answered by the keyboard alone, and everybody reads what was done',
  run: async (browser, base) => {
    const council = await as(browser, base, 'client-council');
    const { id } = await add(council, base, 'participation/you-asked', { asked: kAsked,
      voice: 'clients', asked_on: iso, of: 'gemeenten' });
    await finish(council);
    const page = await as(browser, base, 'provider');
    await go(page, base, `/records/${id}`);
    await tabTo(page, 'Gedaan melden');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/stap/did-it');
    await settled(page);
    await expectNoViolations(page, 'answering');
    await typeAt(page, 'Wij deden', kDid);
    await typeAt(page, 'Beantwoord op (niet verplicht)', today);
    await typeAt(page, 'Gedaan op', today);
    await tabTo(page, 'Opslaan');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/records/${id}`);
    await page.getByText(kDid).first().waitFor();
    await finish(page);
    const visitor = await visit(browser, base, '/overzicht/participation/you-asked');
    const row = visitor.getByRole('region', { name: 'U vroeg, wij deden', exact: true })
      .getByRole('row').filter({ hasText: kAsked });
    await row.getByText(kDid).waitFor();
    await row.getByText('Gedaan', { exact: true }).waitFor();
    await looksGood(visitor, 'you asked, we did');
    await finish(visitor);
  },
};

// A value of a region that its adviser asked the region to check.
async function makeValue(browser, base, region, explanation) {
  const editor = await as(browser, base, 'editor-2');
  const { id: who } = await add(editor, base, 'regions/region',
    { code: `E2E-${region}`, name: region, kind: 'mobw' });
  const { id: edition } = await add(editor, base, `${kPack}/measurement-round`, {
    title: `Meting van ${region}`, reference_date: { first: '2026-07-01', last: '2026-07-01' },
    source: 'Een verzonnen meting' });
  const { items: [indicator] } = await ask(editor, base, 'POST', '/v1/records/_search',
    { form: `${kPack}/dashboard-item`, limit: 1 });
  await finish(editor);
  const adviser = await as(browser, base, 'regional-adviser');
  const title = `${indicator.title}, ${region}`;
  const { id } = await add(adviser, base, `${kPack}/region-value`, { title, edition,
    indicator: indicator.id, scope: 'region', region: who, standing: 'ready', explanation,
    source_of_value: 'Gesprek met de regio' });
  await take(adviser, base, id, 'ask-check');
  return { adviser, id, title, row: indicator.title,
    sheet: `/rondes/${kPack}/measurement/${edition}/${who}` };
}

const kReaction = 'Twee van de zes gemeenten hebben nog niets vastgesteld.';

async function openRow(page, base, { sheet, row }) {
  await go(page, base, sheet);
  await page.getByRole('button', { name: row, exact: true }).click();
  return page.getByRole('region', { name: row, exact: true });
}

// At the end of a sheet the bar at its foot covers nothing.
async function reaches(page, what) {
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(() => { window.scrollTo(0, document.body.scrollHeight); });
    await expectNoViolations(page, `${what} at ${width} px`);
    await expectNoSideScroll(page, `${what} at ${width} px`);
  }
}

const objected = {
  name: 'real: a region says that a value is not right and why, and its adviser reads that',
  run: async (browser, base) => {
    const world = await makeValue(browser, base, 'Rivierenhoek', 'Alle gemeenten zijn zover.');
    const contact = await as(browser, base, 'region-contact');
    await openTask(contact, base, 'Kijk of dit klopt en geef een reactie', world.title);
    await contact.getByText('Alle gemeenten zijn zover.').first().waitFor();
    await openStep(contact, 'Dit klopt niet');
    await save(contact);
    await contact.getByText('Vul “Reactie van de regio” in.').first().waitFor();
    await looksGood(contact, 'an objection without words');
    await answer(contact, 'f-reaction', kReaction);
    await save(contact);
    await contact.waitForURL(`**/records/${world.id}`);
    await contact.getByText('Concept', { exact: true }).first().waitFor();
    await finish(contact);
    const { adviser } = world;
    await openTask(adviser, base, 'Vul in en vraag de regio mee te kijken', world.title);
    await fact(adviser, 'Reactie van de regio').getByText(kReaction).waitFor();
    await expectNoViolations(adviser, 'a value with a reaction');
    const row = await openRow(adviser, base, world);
    await row.getByText(kReaction).waitFor();
    await row.getByText('Alle gemeenten zijn zover.').waitFor();
    await reaches(adviser, 'a sheet with a reaction');
    await finish(adviser);
    const visitor = await visit(browser, base, `/records/${world.id}`);
    await visitor.getByText('Deze pagina bestaat niet').waitFor();
    await finish(visitor);
  },
};

async function publish(browser, base, id) {
  const contact = await as(browser, base, 'region-contact');
  await take(contact, base, id, 'agree');
  await finish(contact);
  const editor = await as(browser, base, 'editor');
  await take(editor, base, id, 'publish');
  await finish(editor);
}

const kView = { inShort: 'Te weinig woningen', words: 'Wie klaar is, wacht gemiddeld een jaar.' };

async function addView(page, base, world) {
  await go(page, base, `/records/${world.id}`);
  await page.getByRole('link', { name: 'Alles van deze plaats' }).click();
  await page.waitForURL(`**${world.sheet}`);
  await settled(page);
  await page.getByRole('button', { name: world.row, exact: true }).click();
  await page.getByRole('button', { name: `Uw blik zetten naast ${world.row}` }).click();
  await page.waitForURL('**/nieuw');
  await settled(page);
  await looksGood(page, 'a view to put beside a value');
  await page.selectOption('#f-view', { label: 'Aanbieders' });
  await page.fill('#f-in_short', kView.inShort);
  await page.fill('#f-words', kView.words);
  await tick(page, 'f-standing', 'Vergt aandacht');
  await save(page);
  await page.waitForURL(/\/records\//);
  await page.getByRole('heading', { level: 1, name: kView.inShort }).waitFor();
}

const looked = {
  name: 'real: a provider puts its view beside a value, and everybody reads both side by side',
  run: async (browser, base) => {
    const world = await makeValue(browser, base, 'Duinstreek', 'Het plan is vastgesteld.');
    await finish(world.adviser);
    await publish(browser, base, world.id);
    const provider = await as(browser, base, 'perspective-holder');
    await addView(provider, base, world);
    await finish(provider);
    const visitor = await visit(browser, base, '/');
    let row = await openRow(visitor, base, world);
    equal(await row.getByText(kView.words).count(), 0, 'views before anybody looked at them');
    const editor = await as(browser, base, 'editor');
    await openTask(editor, base, /^Kijk na: gaat dit over de regio/, kView.inShort);
    await openStep(editor, 'Openbaar maken');
    await save(editor);
    await editor.waitForURL(/\/records\/[^/]+$/);
    await finish(editor);
    row = await openRow(visitor, base, world);
    await row.locator('.sheet-views').getByText(kView.words).waitFor();
    await row.locator('.sheet-now').getByText('Het plan is vastgesteld.').waitFor();
    await looksGood(visitor, 'a value and a view');
    await go(visitor, base, `/records/${world.id}`);
    await visitor.getByRole('link', { name: kView.inShort }).waitFor();
    await expectNoViolations(visitor, 'a value that somebody looks at otherwise');
    await finish(visitor);
  },
};

export const journeys = [reported, confirmed, answered, objected, looked];
