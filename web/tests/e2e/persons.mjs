// Records about persons on the real program, over the pack of tests/packs/probe: choosing people by
// name, adding files and getting them back, the purpose, and who has looked.
import { readFileSync } from 'node:fs';

import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { answer, as, ask, check, choose, equal, finish, go, save, settled } from './kit.mjs';

const kWidths = [360, 1440];

async function make(page, base, form, fields, purpose) {
  const made = await ask(page, base, 'POST', '/v1/records', { form: `probe/${form}`, fields },
    purpose);
  return made.id;
}

async function accountId(browser, base, login) {
  const page = await as(browser, base, login);
  const { account } = await (await page.request.get(`${base}/v1/session`)).json();
  await finish(page);
  return account.id;
}

// A child whom the worker is assigned to.
async function assignedChild(browser, base, name) {
  const holder = await accountId(browser, base, 'worker');
  const page = await as(browser, base, 'planner');
  const child = await make(page, base, 'child', { call_name: name, born_on: '2010-05-01' });
  await make(page, base, 'assignment', { child, holder, since: '2025-01-01' });
  await finish(page);
  return child;
}

async function choosePurpose(page, label) {
  await page.getByLabel('Waarvoor').selectOption({ label });
  await settled(page);
}

async function workerWithPurpose(browser, base, options) {
  const page = await as(browser, base, 'worker', options);
  await choosePurpose(page, 'Hulp verlenen');
  return page;
}

async function looksGood(page, what) {
  await expectNoViolations(page, what);
  await expectNoSideScroll(page, what);
}

const letter = { name: 'brief aan school.txt', mimeType: 'text/plain',
  buffer: Buffer.from('Beste meester,\nmorgen komt Anna niet.\n') };
const program = { name: 'factuur.pdf', mimeType: 'application/pdf',
  buffer: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200, 1)]) };

async function newNote(page, base, child) {
  await go(page, base, '/registers/probe/note/nieuw');
  await choose(page, 'f-child', child);
  await page.fill('#f-happened_on', '2-1-2026');
}

const namesAndFiles = {
  name: 'persons: a planner assigns a worker by name; the worker adds a letter and gets it back',
  run: async (browser, base) => {
    const planner = await as(browser, base, 'planner');
    await make(planner, base, 'child', { call_name: 'Dana', born_on: '2010-05-01' });
    await go(planner, base, '/registers/probe/assignment/nieuw');
    await choose(planner, 'f-child', 'Dana');
    await planner.fill('#f-holder', 'begel');
    await planner.getByRole('option', { name: /^Begeleider/ }).waitFor();
    await looksGood(planner, 'a list of names');
    await planner.locator('#f-holder').press('Enter');
    await planner.getByText('Gekozen: Begeleider').waitFor();
    await planner.fill('#f-since', '1-1-2025');
    await save(planner);
    await planner.waitForURL(/\/records\/(?!.*nieuw)/);
    await settled(planner);
    await planner.locator('dl.facts').getByText('Begeleider', { exact: true }).waitFor();
    await finish(planner);

    const worker = await workerWithPurpose(browser, base);
    await newNote(worker, base, 'Dana');
    await worker.locator('#f-letters').setInputFiles([letter, program]);
    await worker.getByText('brief aan school.txt is toegevoegd.').or(
      worker.getByText('factuur.pdf is niet toegevoegd.')).first().waitFor();
    await worker.getByText(/Dit soort bestand nemen we niet aan/).waitFor();
    await looksGood(worker, 'a refused file');
    await save(worker);
    await worker.locator('.error-summary').getByText(/factuur\.pdf nog niet aangekomen/).waitFor();
    await worker.getByRole('button', { name: 'Haal factuur.pdf weg' }).focus();
    await worker.keyboard.press('Enter');
    await worker.waitForFunction(() => document.activeElement?.id === 'f-letters');
    await save(worker);
    await worker.waitForURL(/\/records\/(?!.*nieuw)/);
    await settled(worker);
    const [file] = await Promise.all([worker.waitForEvent('download'),
      worker.getByRole('button', { name: 'Download brief aan school.txt' }).click()]);
    equal(file.suggestedFilename(), letter.name, 'the name of the file');
    equal(readFileSync(await file.path(), 'utf8'), letter.buffer.toString(), 'its content');
    await looksGood(worker, 'a record with a file');
    await choosePurpose(worker, 'Kies een doel');
    await finish(worker);
  },
};

const filesByHand = {
  name: 'persons: on a phone files are chosen, dropped and taken away again, one too many is told',
  run: async (browser, base) => {
    await assignedChild(browser, base, 'Emma');
    const page = await workerWithPurpose(browser, base, { width: 360, scheme: 'dark' });
    await go(page, base, '/registers/probe/note/nieuw');
    await choose(page, 'f-child', 'Emma');
    await answer(page, 'f-happened_on', '2-1-2026');
    while (!await page.locator('#f-letters').isVisible().catch(() => false)
      && !await page.locator('label[for=f-letters].utrecht-button').isVisible()) {
      await page.getByRole('button', { name: 'Volgende vraag' }).click();
    }
    const names = ['een.txt', 'twee.txt', 'drie.txt', 'vier.txt'];
    const data = await page.evaluateHandle((all) => {
      const transfer = new window.DataTransfer();
      all.forEach((name) => { transfer.items.add(new window.File([`Over ${name}`], name)); });
      return transfer;
    }, names);
    await page.locator('.drop-zone').dispatchEvent('drop', { dataTransfer: data });
    const files = page.locator('.drop-zone').locator('xpath=..');
    await files.locator('progress').first().waitFor({ state: 'detached' });
    await page.getByText('Er passen hoogstens 3 bestanden in dit veld.').waitFor();
    equal(await files.locator('li').count(), 3, 'files taken');
    check(await page.locator('#f-letters').isDisabled(), 'no more can be chosen');
    await looksGood(page, 'a full field');
    await page.getByRole('button', { name: 'Haal twee.txt weg' }).click();
    check(!await page.locator('#f-letters').isDisabled(), 'there is room again');
    await save(page);
    await page.waitForURL(/\/records\/(?!.*nieuw)/);
    await settled(page);
    equal(await page.getByRole('button', { name: /^Download/ }).count(), 2, 'files of the record');
    await looksGood(page, 'a record with files');
    await finish(page);
  },
};

function purpose(width) {
  return {
    name: `persons: a register opens for a purpose and shuts without one, ${width} px`,
    run: async (browser, base) => {
      const name = `Fien ${width}`;
      await assignedChild(browser, base, name);
      const page = await as(browser, base, 'worker', { width });
      await go(page, base, '/registers/probe/child');
      equal(await page.getByRole('link', { name }).count(), 0, 'children without a purpose');
      await looksGood(page, 'no purpose chosen');
      await choosePurpose(page, 'Hulp verlenen');
      await go(page, base, '/registers/probe/child');
      await page.getByRole('link', { name }).waitFor();
      await looksGood(page, 'a purpose chosen');
      await finish(page);
    },
  };
}

function readers(width) {
  return {
    name: `persons: a young person sees who has looked, a privacy officer everything, ${width} px`,
    run: async (browser, base) => {
      const child = await assignedChild(browser, base, `Gijs ${width}`);
      const worker = await workerWithPurpose(browser, base);
      await go(worker, base, `/records/${child}`);
      await worker.getByRole('heading', { level: 1, name: `Gijs ${width}` }).waitFor();
      await finish(worker);
      const client = await accountId(browser, base, 'client');
      const admin = await as(browser, base, 'administrator');
      await ask(admin, base, 'PUT', `/v1/accounts/${client}`, { subject: child });
      await finish(admin);

      const page = await as(browser, base, 'client', { width });
      await go(page, base, `/records/${child}/gekeken`);
      await page.getByRole('heading', { level: 1, name: 'Wie heeft gekeken?' }).waitFor();
      const line = page.getByRole('row', { name: /Verzonnen voorbeeld.*Begeleider.*gelezen/ });
      await line.first().waitFor();
      check(await line.first().getByText('Hulp verlenen').isVisible(), 'the purpose is told');
      await looksGood(page, 'who has looked');
      await finish(page);

      const officer = await as(browser, base, 'privacy-officer', { width });
      await go(officer, base, '/beheer/leeslog');
      await officer.fill('#read-log-subject', child);
      await officer.keyboard.press('Enter');
      await officer.getByRole('row', { name: /Begeleider.*Hulp verlenen.*gelezen/ }).first()
        .waitFor();
      await looksGood(officer, 'the read log');
      await finish(officer);
    },
  };
}

// Somebody who may not see a note opens it with a reason; it is reviewed by somebody else.
function emergency(width) {
  return {
    name: `persons: emergency access opens a note with a reason and is reviewed, ${width} px`,
    run: async (browser, base) => {
      // Of its own: the journey at another width leaves one in the list too.
      const reason = `Het kind is in gevaar (${width})`;
      const child = await assignedChild(browser, base, `Hugo ${width}`);
      const author = await as(browser, base, 'worker');
      const note = await make(author, base, 'note',
        { child, happened_on: '2026-01-02', text: `Gesprek ${width}` }, 'probe/care');
      await finish(author);
      // The worker is no worker of the child any more.
      const planner = await as(browser, base, 'planner');
      const found = await ask(planner, base, 'POST', '/v1/records/_search',
        { form: 'probe/assignment', filters: [{ field: 'child', equals: child }] });
      const tie = await ask(planner, base, 'GET', `/v1/records/${found.items[0].id}`);
      await ask(planner, base, 'PUT', `/v1/records/${tie.id}`,
        { fields: { ...tie.fields, until: '2025-02-01' }, reason: 'Overgedragen' }, undefined,
        tie.version);
      await finish(planner);

      const page = await as(browser, base, 'worker', { width });
      await go(page, base, `/records/${note}`);
      await page.getByRole('link', { name: 'Vraag noodtoegang' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Noodtoegang' }).waitFor();
      await looksGood(page, 'asking for emergency access');
      await page.fill('#break-reason', reason);
      await page.fill('#break-hours', '99');
      await page.keyboard.press('Enter');
      await page.getByText('Dit kan hooguit 24 uur.').waitFor();
      await looksGood(page, 'refused hours');
      await page.fill('#break-hours', '4');
      await page.keyboard.press('Enter');
      await page.getByText(`Gesprek ${width}`).first().waitFor();
      await page.getByText('U kijkt met noodtoegang.').waitFor();
      await looksGood(page, 'a record by emergency access');

      const officer = await as(browser, base, 'privacy-officer', { width });
      await go(officer, base, '/noodtoegang');
      const item = officer.getByRole('listitem').filter({ hasText: reason });
      await item.first().waitFor();
      await looksGood(officer, 'the list of emergency access');
      await item.first().getByLabel('Toelichting').fill('Gebeld, het klopt');
      await item.first().getByRole('button', { name: 'Terecht', exact: true }).focus();
      await officer.keyboard.press('Enter');
      await item.first().getByText('Gebeld, het klopt').waitFor();
      await item.first().getByRole('button', { name: 'Beëindig nu' }).click();
      await item.first().getByText('Voorbij').waitFor();
      await looksGood(officer, 'a reviewed break');
      await finish(officer);

      await go(page, base, `/records/${note}`);
      await page.getByRole('link', { name: 'Vraag noodtoegang' }).waitFor();
      check(!await page.getByText('U kijkt met noodtoegang.').isVisible(), 'it is over');
      await finish(page);
    },
  };
}

function processing(width) {
  return {
    name: `persons: the privacy officer reads and keeps the processing register, ${width} px`,
    run: async (browser, base) => {
      const page = await as(browser, base, 'privacy-officer', { width });
      await go(page, base, '/beheer/verwerkingsregister');
      await page.getByRole('heading', { level: 2, name: 'Proefdossier: Notities' }).waitFor();
      await looksGood(page, 'the processing register');
      const button = page.getByRole('button', { name: 'Markdown' });
      await button.focus();
      const [file] = await Promise.all([page.waitForEvent('download'),
        page.keyboard.press('Enter')]);
      check(readFileSync(await file.path(), 'utf8').startsWith('# Verwerkingsregister'),
        'the register as Markdown');
      await page.getByRole('link', { name: 'Pre-DPIA' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('5. Op grote schaal').waitFor();
      await looksGood(page, 'the pre-DPIA');
      await finish(page);
    },
  };
}

export const journeys = [namesAndFiles, filesByHand, ...kWidths.map(purpose),
  ...kWidths.map(readers), ...kWidths.map(emergency),
  ...kWidths.map(processing)];
