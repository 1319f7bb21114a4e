// An edition on the real program: one editor freezes figures, another publishes them, everybody
// reads them; a second one of the same day is refused until it says what it corrects, and then both
// stay; one that sets somebody apart beside an earlier one is refused with the reason. Likewise
// counts of what only desks may read, which an editor counts for that purpose alone.
import { readFile } from 'node:fs/promises';

import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { answer, as, ask, check, equal, finish, go, newcomer, save, settled, visit } from './kit.mjs';

const kForm = '/registers/bottlenecks/bottleneck-edition';

export async function make(page, base, title, more = () => {}) {
  await go(page, base, `${kForm}/nieuw`);
  await answer(page, 'f-title', title);
  await answer(page, 'f-planned_for', '31-12-2026');
  await more();
  await save(page);
  await page.waitForURL(/\/records\/(?!.*nieuw)/);
  await settled(page);
  return new URL(page.url()).pathname;
}

export async function freeze(page, record, day = '1-11-2026') {
  await page.getByRole('link', { name: 'Cijfers vastleggen' }).click();
  await page.waitForURL('**/stap/freeze');
  await settled(page);
  await answer(page, 'f-reference_day', day);
  await answer(page, 'f-explanation', 'Deze cijfers komen uit de brieven.');
  await save(page);
  await page.waitForURL(`**${record}`);
  await settled(page);
}

// Without the purpose the uses are not seen, and so not counted.
async function freezeWithout(page, record) {
  await page.getByRole('link', { name: 'Cijfers vastleggen' }).click();
  await page.waitForURL('**/stap/freeze');
  await settled(page);
  await answer(page, 'f-reference_day', '1-11-2026');
  await answer(page, 'f-explanation', 'Dit mag niet.');
  await save(page);
  await page.getByText(/U ziet niet alle rijen/).first().waitFor();
  check(page.url().includes(record), 'it stays at the step');
}

export async function publish(page, base, record) {
  await go(page, base, record);
  await page.getByRole('link', { name: 'Publiceren' }).click();
  await page.waitForURL('**/stap/publish');
  await settled(page);
  await expectNoViolations(page, 'the step that publishes');
  await save(page);
}

async function published(page, base, record) {
  await publish(page, base, record);
  await page.waitForURL(`**${record}`);
  await page.getByText('Gepubliceerd', { exact: true }).first().waitFor();
}

const kBottleneck = 'bottlenecks/bottleneck';

const reportOne = (page, base, kind, day) => ask(page, base, 'POST', '/v1/records', {
  form: kBottleneck, valid_from: day, fields: {
    what: 'Een verzonnen knelpunt', who: ['young-homeless'], rule_kind: kind, frequency: 'often',
    solver: ['gemeenten'], field_of_work: 'dakloosheid', seen_on: { first: day, last: day },
    source: 'Een verzonnen gesprek' } });

// Reports that nobody has looked at: four about a law, one about land. Once: one that comes later
// would be set apart by what was published before.
export async function report(page, base) {
  const { items } = await ask(page, base, 'POST', '/v1/records/_search', { form: kBottleneck,
    where: 'state = "reported"' });
  if (items.length) return;
  for (const kind of ['law', 'law', 'law', 'law', 'land']) {
    await reportOne(page, base, kind, '2026-05-01');
  }
}

// In the form of a new edition, on a phone too: which one it corrects, and what is different.
async function correcting(page, title) {
  await answer(page, 'f-corrected', title);
  await page.locator('.listbox [role=option]').first().waitFor();
  await page.locator('#f-corrected').press('Enter');
  await page.locator('#f-difference').waitFor({ state: 'attached' });
  await answer(page, 'f-difference', 'De uitleg noemde een verkeerde brief.');
  await expectNoViolations(page, 'what is different, in the form');
}

const kOnPhone = { width: 360, scheme: 'dark' };

// A page of the editor on a phone.
async function fits(page, what) {
  await expectNoViolations(page, what);
  await expectNoSideScroll(page, what);
}

const figuresOf = async (page, base, record) => (
  await (await page.request.get(`${base}/v1${record}`)).json()).fields?.figures;

// The published edition is open data: its file has every figure, and says what is withheld.
async function takeAsOpenData(reader, base, figures, withheld) {
  await go(reader, base, '/open-data');
  await expectNoViolations(reader, 'open data');
  await expectNoSideScroll(reader, 'open data');
  const [file] = await Promise.all([reader.waitForEvent('download'),
    reader.getByRole('link', { name: 'Knelpunten in november als CSV' }).click()]);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  equal(lines.length, 1 + everyFigure(figures).length, 'lines of the file');
  equal(lines.filter((line) => /,ja,[^,]*,nee,/.test(line)).length, withheld, 'withheld lines');
}

// What desks of two organisations recorded. The dates lie in the half year that the pack counts.
async function recordUses(page, base, count, fields) {
  const { items: [place] } = await ask(page, base, 'POST', '/v1/records/_search',
    { form: 'regions/municipality', limit: 1 });
  for (let i = 0; i < count; i += 1) {
    await ask(page, base, 'POST', '/v1/records', { form: 'eu-citizens/use', valid_from: '2026-05-04',
      fields: { used_on: '2026-05-04', municipality: place.id, urgent: false, ...fields } });
  }
}

const everyFigure = (figures) => figures.indicators.flatMap((indicator) => [indicator.total,
  ...indicator.dimensions.flatMap(({ values }) => values)]);

export const journeys = [{
  name: 'real: figures are frozen by one editor, published by another and read by everybody',
  run: async (browser, base) => {
    const first = await as(browser, base, 'editor');
    await report(first, base);
    const record = await make(first, base, 'Knelpunten in november');
    await freeze(first, record);
    await first.getByText(/concept/i).first().waitFor();
    await expectNoViolations(first, 'a draft edition');
    // Two persons have to do this.
    equal(await first.getByRole('link', { name: 'Publiceren' }).count(), 0, 'steps for the first');

    const reader = await visit(browser, base, record);
    await reader.getByRole('heading', { name: 'Deze pagina bestaat niet' }).waitFor();
    const second = await as(browser, base, 'editor-2', kOnPhone);
    await go(second, base, record);
    await fits(second, 'an edition to be looked at');
    await published(second, base, record);
    await fits(second, 'an edition that was just published');

    await go(reader, base, record);
    const figures = await figuresOf(reader, base, record);
    check(figures.released, 'it says when it was published');
    const withheld = everyFigure(figures).filter((figure) => figure.withheld);
    check(withheld.length > 1, 'one report of a kind is withheld, and with it another');
    check(withheld.every(({ number, rows }) => number === null && rows === undefined),
      'nothing of them is told');
    await reader.getByRole('heading', { name: 'Meldingen die niet openbaar zijn' }).waitFor();
    await reader.getByText(/niet getoond/i).first().waitFor();
    for (const width of [360, 1440]) {
      await reader.setViewportSize({ width, height: 900 });
      await expectNoViolations(reader, `an edition at ${width} px`);
      await expectNoSideScroll(reader, `an edition at ${width} px`);
    }
    await reader.emulateMedia({ media: 'print' });
    await expectNoSideScroll(reader, 'an edition in print');
    await reader.emulateMedia({ media: 'screen' });
    await takeAsOpenData(reader, base, figures, withheld.length);
    await finish(reader);

    // The same day again is a correction.
    const again = await make(first, base, 'Knelpunten in november, nog eens');
    await freeze(first, again);
    await publish(second, base, again);
    await second.getByText(/Er is al een editie gepubliceerd met peildatum 1 november 2026/).first()
      .waitFor();
    await fits(second, 'an edition that is refused');
    check(!(await figuresOf(second, base, again)).released, 'it stays as it was');
    await finish(second);
    await finish(first);
  },
}, {
  name: 'real: an editor counts what desks recorded for the monitor, and sees no use otherwise',
  run: async (browser, base, server) => {
    const desk = await as(browser, base, 'desk-employee');
    const other = await newcomer(browser, base, server, 'ander-loket',
      { roles: 'eu-citizens/desk-employee' });
    for (const page of [desk, other]) {
      await recordUses(page, base, 3, { outcome: 'equal', grounds: ['works'] });
      await recordUses(page, base, 4, { outcome: 'undecided', missing: ['work-now', 'means'] });
    }
    await recordUses(other, base, 2, { outcome: 'undecided', missing: ['family'] });
    const first = await as(browser, base, 'monitor-editor');
    await go(first, base, '/overzicht/eu-citizens/eu-desk');
    equal(await first.getByRole('heading', { name: 'Gebruik van de checklist' }).count(), 0,
      'uses without their purpose');
    for (const [purpose, isTold] of [['', false], ['eu-citizens/monitor', true]]) {
      const { items } = await ask(first, base, 'GET', '/v1/indicators', undefined, purpose);
      equal(items.some(({ name }) => name === 'eu-citizens/monitor'), isTold, `for "${purpose}"`);
    }
    const made = await ask(first, base, 'POST', '/v1/records', { form: 'eu-citizens/monitor-edition',
      fields: { title: 'Monitor EU-burgers', planned_for: '2026-12-31' } });
    const record = `/records/${made.id}`;
    await go(first, base, record);
    await freezeWithout(first, record);
    await go(first, base, record);
    await first.getByLabel('Waarvoor bent u hier?').selectOption('eu-citizens/monitor');
    await freeze(first, record);
    await finish(first);
    const second = await as(browser, base, 'editor');
    equal(await second.getByLabel('Waarvoor bent u hier?').count(), 0, 'a purpose of the second');
    await publish(second, base, record);
    await second.waitForURL(`**${record}`);
    await finish(second);

    const reader = await visit(browser, base, '/overzicht/eu-citizens/eu-desk');
    const block = reader.locator('#editions');
    await block.getByRole('link', { name: 'Monitor EU-burgers', exact: true }).click();
    await reader.getByRole('heading', { name: /^Gebruik, uitkomst en ontbrekend bewijs/ }).waitFor();
    // Of the reference day 1 November, and so of the half year before it.
    await reader.getByText('1 januari 2026 t/m 30 juni 2026', { exact: true }).waitFor();
    const { indicators: [monitor] } = await figuresOf(reader, base, record);
    check(Number(monitor.total.number) >= 16, 'uses of all desks are counted');
    const [{ values }] = monitor.dimensions;
    const family = values.find(({ code }) => code === 'undecided-family');
    check(family.withheld && family.number === null, 'two uses are withheld');
    await expectNoViolations(reader, 'the monitor');
    for (const page of [reader, desk, other]) await finish(page);
  },
}, {
  name: 'real: a correction of a published edition says what changed, and both stay readable',
  run: async (browser, base) => {
    const first = await as(browser, base, 'editor', kOnPhone);
    await report(first, base);
    const wrong = await make(first, base, 'Knelpunten in oktober');
    await freeze(first, wrong, '1-10-2026');
    const second = await as(browser, base, 'editor-2', { scheme: 'dark' });
    await published(second, base, wrong);
    const right = await make(first, base, 'Knelpunten in oktober, verbeterd',
      () => correcting(first, 'Knelpunten in oktober'));
    await fits(first, 'a draft of a correction');
    await freeze(first, right, '1-10-2026');
    await fits(first, 'a correction to be looked at');
    await published(second, base, right);
    await expectNoViolations(second, 'a correction');

    const reader = await visit(browser, base, right, kOnPhone);
    await reader.getByText('De uitleg noemde een verkeerde brief.').first().waitFor();
    const figures = [await figuresOf(reader, base, right), await figuresOf(reader, base, wrong)];
    equal(JSON.stringify(figures[0].indicators.map(({ total }) => total.number)),
      JSON.stringify(figures[1].indicators.map(({ total }) => total.number)), 'the same was counted');
    await fits(reader, 'a correction');
    await reader.locator(`main a[href="${wrong}"]`).first().click();
    await reader.waitForURL(`**${wrong}`);
    await reader.getByRole('heading', { level: 1, name: 'Knelpunten in oktober' }).waitFor();
    await settled(reader);
    await reader.getByRole('heading', { name: 'Meldingen die niet openbaar zijn' }).waitFor();
    await reader.getByText('Verbeterd door').first().waitFor();
    await reader.locator(`main a[href="${right}"]`).first().waitFor();
    await fits(reader, 'an edition that was corrected');
    for (const page of [reader, second, first]) await finish(page);
  },
}, {
  name: 'real: an edition that would set somebody apart is refused, and the screen says why',
  run: async (browser, base) => {
    const first = await as(browser, base, 'editor');
    await report(first, base);
    const before = await make(first, base, 'Knelpunten in september');
    await freeze(first, before, '1-9-2026');
    const second = await as(browser, base, 'editor-2', kOnPhone);
    await published(second, base, before);
    const one = await reportOne(first, base, 'law', '2026-11-10');
    const refused = await make(first, base, 'Knelpunten, met een meer');
    await freeze(first, refused, '20-11-2026');
    await publish(second, base, refused);
    await second.getByText(/Deze cijfers kunnen niet openbaar: iemand kan afleiden wat/).waitFor();
    await second.getByText(/Kies een grovere indeling of een hogere drempel/).waitFor();
    check(second.url().endsWith('/stap/publish'), 'it is still at the step');
    await fits(second, 'an edition that is refused with the reason');
    check(!(await figuresOf(second, base, refused)).released, 'it stays as it was');
    const reader = await visit(browser, base, refused);
    await reader.getByRole('heading', { name: 'Deze pagina bestaat niet' }).waitFor();
    // Whoever publishes after this is not held up by it.
    await ask(first, base, 'POST', `/v1/records/${one.id}/_step`, { transition: 'place' },
      undefined, one.version);
    for (const page of [reader, second, first]) await finish(page);
  },
}];
