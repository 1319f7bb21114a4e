// A progress letter on the real program: made from the public facts of several packs, edited with
// the keyboard, kept from a second reader while a sentence has no source, filled again, compared,
// signed by one editor and made final by another, and taken as files.
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { as, ask, check, choose, equal, finish, go, settled, tabTo, visit } from './kit.mjs';

const letterOf = async (page, base) => {
  const id = new URL(page.url()).pathname.split('/').at(-1);
  return (await page.request.get(`${base}/v1/letters/${id}`)).json();
};

export async function makeDraft(page, base) {
  await go(page, base, '/brieven');
  await page.getByRole('button', { name: 'Concept maken' }).click();
  await page.waitForURL(/\/brieven\/[0-9a-z]{26}$/);
  await settled(page);
  return new URL(page.url()).pathname;
}

// Every sentence and table of a draft names where it comes from, and the links lead there.
async function checkSources(page, base) {
  const letter = await letterOf(page, base);
  const parts = letter.sections.flatMap(({ sentences, tables }) => [...sentences, ...tables]);
  check(parts.length > 10, 'the letter tells the promises of the packs');
  for (const { id, sources } of parts) check(sources.length > 0, `${id} has a source`);
  const record = parts.find(({ sources }) => sources[0].kind === 'record');
  const shown = await page.request.get(`${base}/v1/records/${record.sources[0].ref}`);
  equal(String((await shown.json()).version), record.sources[0].version, 'the version that is told');
  return letter;
}

// Bottlenecks and the latest figures are records of other packs: each source opens, as it was read.
async function checkOtherPacks(page, base, letter) {
  for (const [part, form, many] of [['bottlenecks-open', 'bottlenecks/bottleneck', 1],
    ['homelessness-values', 'homelessness-dashboard/region-value', 3],
    ['protected-home-values', 'protected-home-dashboard/region-value', 3]]) {
    const told = letter.sections.flatMap(({ sentences }) => sentences)
      .filter(({ id }) => id.startsWith(`${part}/`));
    check(told.length > 0, `the letter tells ${part}`);
    const [{ text, sources }] = told;
    equal(sources.length, many, `what ${part} rests on`);
    for (const { ref, version } of sources) {
      const shown = await (await page.request.get(`${base}/v1/records/${ref}`)).json();
      equal(String(shown.version), version, `the version of ${part} that is told`);
    }
    const first = await (await page.request.get(`${base}/v1/records/${sources[0].ref}`)).json();
    equal(first.form, form, `where ${part} comes from`);
    const sentence = page.locator('.letter-sentence', { hasText: text });
    await sentence.locator(`a[href$="/records/${sources[0].ref}"]`).waitFor();
  }
  // Of each indicator one value, the newest; the one before it is not in the letter.
  const values = letter.sections.flatMap(({ sentences }) => sentences)
    .filter(({ id }) => id.startsWith('homelessness-values/'));
  const indicators = values.map(({ sources }) => sources[1].ref);
  equal(new Set(indicators).size, indicators.length, 'one value of each indicator');
  check(values.some(({ text }) => text.includes('Getal: 95')), 'the newest value');
  check(!values.some(({ text }) => text.includes('Getal: 82')), 'and none before it');
}

async function editWithKeyboard(page) {
  await tabTo(page, 'Wijzigen');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Zin wijzigen' });
  await dialog.waitFor();
  await expectNoViolations(page, 'changing a sentence');
  await page.fill('#letter-text', 'Deze brief is voor u geschreven.');
  await tabTo(page, 'Zin bewaren');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Deze brief is voor u geschreven.').first().waitFor();
  await page.getByText(/^Bewerkt door .* Het sjabloon zegt nu: Deze brief vertelt/).waitFor();
}

async function addOwn(page) {
  await page.getByRole('button', { name: 'Zin toevoegen aan Nagekomen' }).click();
  await page.fill('#letter-text', 'Wij weten nog meer.');
  await page.getByRole('button', { name: 'Zin bewaren' }).click();
  await page.getByText('Zonder bron').waitFor();
}

const kSign = 'Tekenen en voorleggen aan een tweede lezer';

// A letter is long: a link at its head leads past it, by keyboard too.
async function toActs(page) {
  await page.getByRole('link', { name: 'Wat u kunt doen' }).focus();
  await page.keyboard.press('Enter');
}

// Whoever signs hands it to a second reader, and cannot make it final.
async function sign(page) {
  await toActs(page);
  await tabTo(page, kSign);
  await page.keyboard.press('Enter');
}

async function waitsForSecond(page) {
  await page.getByText('Bij een tweede lezer', { exact: true }).waitFor();
  await page.getByText(/^Definitief maken: /).waitFor();
  equal(await page.getByRole('button', { name: 'Definitief maken' }).count(), 0,
    'who signed makes it final');
  equal(await page.getByRole('button', { name: 'Wijzigen', exact: true }).count(), 0,
    'it changes meanwhile');
  await expectNoViolations(page, 'a letter with a second reader');
}

// Another editor reads it and makes it final. That it is a task: src/app/letters_test.cc.
async function finishAsSecond(browser, base, path) {
  const second = await as(browser, base, 'editor-2');
  await go(second, base, path);
  await toActs(second);
  await tabTo(second, 'Definitief maken');
  await second.keyboard.press('Enter');
  await second.getByRole('button', { name: 'Ja, maak definitief' }).click();
  await second.getByText(/^Definitief gemaakt door/).waitFor();
  await finish(second);
}

// The text comes first: on the page, and for who listens to it or walks through it.
async function readsFirst(page) {
  const order = await page.evaluate(() => {
    const after = (one, other) => Boolean(one.compareDocumentPosition(other)
      & document.DOCUMENT_POSITION_FOLLOWING);
    return after(document.querySelector('.letter-sentence'), document.querySelector('#acts'));
  });
  check(order, 'the text stands before the acts');
  await page.setViewportSize({ width: 1440, height: 900 });
  const [text, acts] = await Promise.all(['.letter-sentence', '#acts'].map(
    (part) => page.locator(part).first().boundingBox()));
  check(acts.x > text.x + text.width && acts.y < text.y + 200, 'the acts stand beside the text');
  await page.setViewportSize({ width: 360, height: 780 });
  await page.getByRole('link', { name: 'Wat u kunt doen' }).click();
  check(await page.locator('#acts').isVisible(), 'a link leads to the acts');
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function giveSource(page) {
  const own = page.locator('.letter-sentence', { hasText: 'Wij weten nog meer.' });
  await own.getByRole('button', { name: 'Wijzigen' }).click();
  await page.selectOption('#letter-source', { label: 'Een dossier uit Brieven' });
  await choose(page, 'letter-record', 'Fokus');
  await page.getByRole('button', { name: 'Zin bewaren' }).click();
  await page.getByText('Zonder bron').waitFor({ state: 'detached' });
}

// A promise that is running is reported as kept: filled again, the letter tells it elsewhere.
async function changeUnderneath(page, base, letter) {
  const running = letter.sections.flatMap(({ sentences }) => sentences)
    .find(({ id }) => id.startsWith('running'));
  const [{ ref, version }] = running.sources;
  await ask(page, base, 'POST', `/v1/records/${ref}/_step`, { transition: 'fulfil', fields: {
    met_on: { first: '2026-05-01', last: '2026-05-01' }, met_source: 'Een verzonnen bron' } },
  undefined, version);
  await page.getByRole('button', { name: 'Opnieuw vullen' }).click();
  await page.getByText('De brief is opnieuw gevuld.').waitFor();
  const table = page.getByRole('table', { name: 'Versies vergelijken' });
  await table.getByText('Erbij').first().waitFor();
  await table.getByText('Weg', { exact: true }).first().waitFor();
  await page.getByText(/Een verzonnen bron/).first().waitFor();
  await page.getByText('Deze brief is voor u geschreven.').first().waitFor();
}

async function take(page, name) {
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: 90_000 }),
    page.getByRole('button', { name }).click()]);
  return file.path();
}

// Where LibreOffice is not installed, the page says so.
async function takeFiles(page) {
  const html = await readFile(await take(page, 'Webpagina (HTML)'), 'utf8');
  check(html.includes('<html lang="nl">') && html.includes('<th scope="col">'), 'the page');
  const odt = await readFile(await take(page, 'Tekstdocument (ODT)'));
  check(odt.includes('application/vnd.oasis.opendocument.text'), 'the text document');
  try {
    execFileSync('soffice', ['--version'], { stdio: 'ignore' });
  } catch {
    await page.getByRole('button', { name: 'Pdf' }).click();
    await page.getByText(/libreoffice-writer-nogui/).waitFor();
    return;
  }
  const pdf = await take(page, 'Pdf');
  const told = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' });
  check(/Tagged:\s+yes/.test(told), `a tagged PDF: ${told}`);
  const tree = execFileSync('pdfinfo', ['-struct', pdf], { encoding: 'utf8' });
  for (const tag of ['H1', 'H2', 'Table', 'TH']) {
    check(new RegExp(`\\b${tag}\\b`).test(tree), `${tag} in the tags of the PDF`);
  }
  check(/Scope/.test(tree), 'heads of the table say what they head');
  execFileSync('qpdf', ['--check', pdf], { stdio: 'ignore' });
  const plain = execFileSync('qpdf', ['--qdf', '--object-streams=disable', pdf, '-'],
    { maxBuffer: 1 << 28, encoding: 'latin1' });
  check(/\/Lang \(nl/.test(plain), 'the language of the PDF');
}

async function lookAround(page, what) {
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoViolations(page, `${what} at ${width} px`);
    await expectNoSideScroll(page, `${what} at ${width} px`);
  }
  await page.emulateMedia({ media: 'print' });
  await expectNoSideScroll(page, `${what} in print`);
  equal(await page.getByRole('button', { name: 'Wijzigen' }).count(), 0, 'buttons in print');
  await page.emulateMedia({ media: 'screen' });
}

export const journeys = [{
  name: 'real: a letter is made from records, edited, filled again, made final by two, taken along',
  run: async (browser, base) => {
    const page = await as(browser, base, 'editor');
    await go(page, base, '/packs/commitments');
    await page.getByRole('link', { name: 'Naar de eigen brieven' }).click();
    await page.waitForURL('**/brieven');
    await settled(page);
    await expectNoViolations(page, 'the letters');
    const path = await makeDraft(page, base);
    const letter = await checkSources(page, base);
    await checkOtherPacks(page, base, letter);
    await readsFirst(page);
    await editWithKeyboard(page);
    await addOwn(page);
    await sign(page);
    await page.getByText(/niet elke zin heeft een bron/).waitFor();
    await giveSource(page);
    await changeUnderneath(page, base, letter);
    await lookAround(page, 'a draft');
    await sign(page);
    await waitsForSecond(page);
    await page.getByRole('button', { name: 'Terughalen om te wijzigen' }).click();
    await page.getByRole('button', { name: 'Opnieuw vullen' }).waitFor();
    await sign(page);
    await waitsForSecond(page);
    await finishAsSecond(browser, base, path);
    await go(page, base, path);
    await page.getByText(/^Definitief gemaakt door/).waitFor();
    equal(await page.getByRole('button', { name: 'Opnieuw vullen' }).count(), 0, 'acts when final');
    await takeFiles(page);

    // Another editor reads it, in the dark and on a phone; a visitor is told nothing of it.
    const other = await as(browser, base, 'editor-2', { width: 360, scheme: 'dark' });
    await go(other, base, path);
    await other.getByText('Deze brief is voor u geschreven.').first().waitFor();
    await expectNoViolations(other, 'a final letter in the dark');
    await expectNoSideScroll(other, 'a final letter on a phone');
    await finish(other);
    const visitor = await visit(browser, base, path);
    await visitor.getByRole('heading', { name: 'Deze pagina bestaat niet' }).waitFor();
    await finish(visitor);
    await finish(page);
  },
  minutes: 10,
}];
