// An edition on the real program: one editor freezes figures, another publishes them, everybody
// reads them; a second one of the same day is refused until it says what it corrects.
import { readFile } from 'node:fs/promises';

import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { answer, as, ask, check, equal, finish, go, save, settled, visit } from './kit.mjs';

const kForm = '/registers/bottlenecks/bottleneck-edition';

export async function make(page, base, title) {
  await go(page, base, `${kForm}/nieuw`);
  await answer(page, 'f-title', title);
  await answer(page, 'f-planned_for', '31-12-2026');
  await save(page);
  await page.waitForURL(/\/records\/(?!.*nieuw)/);
  await settled(page);
  return new URL(page.url()).pathname;
}

export async function freeze(page, record) {
  await page.getByRole('link', { name: 'Cijfers vastleggen' }).click();
  await page.waitForURL('**/stap/freeze');
  await settled(page);
  await answer(page, 'f-reference_day', '1-11-2026');
  await answer(page, 'f-explanation', 'Deze cijfers komen uit de brieven.');
  await save(page);
  await page.waitForURL(`**${record}`);
  await settled(page);
}

export async function publish(page, base, record) {
  await go(page, base, record);
  await page.getByRole('link', { name: 'Publiceren' }).click();
  await page.waitForURL('**/stap/publish');
  await settled(page);
  await save(page);
}

// Reports that nobody has looked at: four about a law, one about land.
export async function report(page, base) {
  for (const kind of ['law', 'law', 'law', 'law', 'land']) {
    await ask(page, base, 'POST', '/v1/records', { form: 'bottlenecks/bottleneck', fields: {
      what: 'Een verzonnen knelpunt', who: ['young-homeless'], rule_kind: kind,
      frequency: 'often', solver: ['gemeenten'], field_of_work: 'dakloosheid',
      seen_on: { first: '2026-05-01', last: '2026-05-01' }, source: 'Een verzonnen gesprek' },
    valid_from: '2026-05-01' });
  }
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
    const second = await as(browser, base, 'editor-2', { width: 360, scheme: 'dark' });
    await publish(second, base, record);
    await second.waitForURL(`**${record}`);
    await second.getByText('Gepubliceerd', { exact: true }).first().waitFor();

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
    check(!(await figuresOf(second, base, again)).released, 'it stays as it was');
    await finish(second);
    await finish(first);
  },
}];
