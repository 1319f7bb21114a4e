// The main jobs on the real program with the real packs and facts, and a sweep with axe over every
// desk, register, form and a record of each, found by reading the catalogue.
import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { as, ask, check, equal, finish, go, password, settled, visit } from './kit.mjs';

// RFC 6238: what an authenticator app shows now.
function totp(secret) {
  const bits = [...secret.replace(/\s/g, '')].map((letter) => (
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function newCommitment(page, base, what) {
  await go(page, base, '/registers/commitments/commitment/nieuw');
  await page.fill('#f-what', what);
  await page.getByRole('radio', { name: 'Toezegging' }).or(
    page.locator('#f-nature')).first().waitFor();
  const nature = page.locator('select#f-nature');
  if (await nature.count()) await nature.selectOption('toezegging');
  else await page.getByRole('radio', { name: 'Toezegging' }).check();
  await page.locator('select#f-actor').selectOption({ index: 1 });
  const field = page.locator('select#f-field_of_work');
  if (await field.count()) await field.selectOption({ index: 1 });
  else await page.locator('#f-field_of_work input[type=radio]').first().check();
  await page.fill('#f-promised_on-words', '15 april 2026');
  await page.fill('#f-due-words', 'eind 2027');
  await page.fill('#f-due-written', '15-4-2026');
  await page.locator('#f-due-written').press('Tab');
  await page.waitForFunction(() => document.querySelector('#f-due-last').value !== '');
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await page.waitForURL(/\/records\/(?!.*nieuw)/);
  await settled(page);
}

async function firstId(page, base, form) {
  const answer = await page.request.post(`${base}/v1/records/_search`,
    { data: { form, limit: 1 } });
  return (await answer.json()).items?.[0]?.id;
}

const catalogue = async (page, base) => (
  (await (await page.request.get(`${base}/v1/catalogue`)).json()).packs);

// Every place that this caller's catalogue knows of; of forms with which the caller may do no more
// than a visitor none: a visitor looks at those.
async function placesOf(page, base, visitors) {
  const packs = await catalogue(page, base);
  const places = ['/', '/packs', '/mijn-werk'];
  for (const pack of packs) {
    places.push(`/packs/${pack.name}`);
    const models = await page.request.get(`${base}/v1/packs/${pack.name}/models`);
    places.push(...(await models.json()).items.map(({ id }) => (
      `/packs/${pack.name}/modellen/${id}`)));
    places.push(...Object.keys(pack.desks).map((desk) => `/overzicht/${pack.name}/${desk}`));
    for (const [id, { may }] of Object.entries(pack.forms)) {
      const form = `${pack.name}/${id}`;
      const before = visitors?.find(({ name }) => name === pack.name)?.forms[id]?.may;
      if (before && may.every((act) => before.includes(act))) continue;
      if (may.includes('read')) places.push(`/registers/${form}`);
      if (may.includes('create')) places.push(`/registers/${form}/nieuw`);
      const record = may.includes('read') && await firstId(page, base, form);
      if (record) places.push(`/records/${record}`);
    }
  }
  return places;
}

// One page after another, each in all looks; a look is a width in px and a colour scheme.
async function lookAt(page, base, places, looks) {
  for (const place of places) {
    await go(page, base, place);
    for (const [width, colorScheme] of looks) {
      await page.setViewportSize({ width, height: page.viewportSize().height });
      await page.emulateMedia({ colorScheme });
      await settled(page);
      const what = `${place} at ${width} px, ${colorScheme}`;
      await expectNoViolations(page, what);
      await expectNoSideScroll(page, what);
    }
  }
}

// By two readers side by side, since there are many pages.
function sweep(login, ...looks) {
  const seen = looks.map(([width, scheme]) => `${width} px, ${scheme}`).join(' and ');
  return {
    name: `real: every page of ${login ?? 'a visitor'} at ${seen}`,
    minutes: 20,
    run: async (browser, base) => {
      const options = { width: looks[0][0], scheme: looks[0][1] };
      const open = () => (login ? as(browser, base, login, options)
        : visit(browser, base, '/', options));
      const readers = [await open(), await open()];
      const visitor = login && await visit(browser, base, '/', options);
      const places = await placesOf(readers[0], base, visitor && await catalogue(visitor, base));
      if (visitor) await finish(visitor);
      console.log(`        ${places.length} pages`);
      check(places.length > 20, 'the catalogue names many pages');
      await Promise.all(readers.map((page, at) => (
        lookAt(page, base, places.filter((_, i) => i % readers.length === at), looks))));
      for (const page of readers) await finish(page);
    },
  };
}

export const journeys = [
  {
    name: 'real: the promise desk answers without signing in, filters, and shares by address',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/');
      await page.locator('svg.timeline').first().waitFor();
      const all = await page.locator('section.block p[role=status]').first().textContent();
      check(/^\d+ toezeggingen.+Nagekomen: \d+/.test(all), `the finding: ${all}`);
      await page.getByRole('button', { name: 'Stand' }).first().click();
      await page.getByRole('checkbox', { name: 'Nagekomen', exact: true }).first().check();
      await page.waitForFunction((old) => document
        .querySelector('section.block p[role=status]').textContent !== old, all);
      const other = await visit(browser, base, page.url().slice(base.length));
      equal(await other.locator('section.block p[role=status]').first().textContent(),
        await page.locator('section.block p[role=status]').first().textContent(), 'shared view');
      await finish(other);
      await finish(page);
    },
  },
  {
    name: 'real: a value of a province stands on its tile, for a reader without an account',
    run: async (browser, base) => {
      const page = await as(browser, base, 'editor');
      const find = async (body) => (await ask(page, base, 'POST', '/v1/records/_search', body)).items;
      const provinces = await find({ form: 'regions/region', limit: 50,
        filters: [{ field: 'kind', any_of: ['province'] }] });
      const [series] = await find({ form: 'regional-picture/public-series', limit: 1 });
      const place = provinces.find(({ title }) => title === 'Drenthe');
      const reader = await visit(browser, base,
        `/overzicht/regional-picture/regional-picture?provinces.f.series=${series.id}`);
      const map = reader.locator('#provinces');
      await map.getByText("Regio's: 12. Met een waarde: 0.").waitFor();
      equal(await map.locator('.tile').count(), provinces.length, 'tiles');
      const made = await ask(page, base, 'POST', '/v1/records', { form: 'regional-picture/observation',
        reason: 'verzonnen', fields: { series: series.id, region: place.id, area_name: 'Drenthe',
          period: { first: '2025-01-01', last: '2025-12-31', words: '2025' }, value: '12.50' } });
      await reader.reload();
      await map.getByRole('link', { name: /^Drenthe: 12,5/ }).waitFor();
      await map.getByText("Regio's: 12. Met een waarde: 1.").waitFor();
      await map.getByRole('link', { name: /^Groningen: Niets bekend/ }).focus();
      await reader.keyboard.press('ArrowDown');
      await expectNoViolations(reader, 'a map with a value');
      await reader.keyboard.press('Enter');
      await reader.waitForURL(`**/records/${made.id}`);
      await finish(reader);
      await finish(page);
    },
  },
  {
    name: 'real: a measure of unknown date shows the interval in which its term ends, and why',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/registers/supervision/measure');
      await page.getByRole('link', { name: /^Aanwijzing aan Focus/ }).click();
      await page.waitForURL('**/records/*');
      await settled(page);
      await page.getByText('Eindigt tussen 1 april 2025 en 30 april 2025.').waitFor();
      await page.locator('.record-side').getByRole('button', { name: /Waarom/ }).first().click();
      await page.getByText('3 maanden').first().waitFor();
      await finish(page);
    },
  },
  {
    name: 'real: an editor adds a promise, moves its date with a reason and reports it as kept',
    run: async (browser, base) => {
      const page = await as(browser, base, 'editor');
      await newCommitment(page, base, 'Een proef met een vaste contactpersoon');
      const record = page.url();
      await page.getByText('“eind 2027”').first().waitFor();
      await page.getByRole('link', { name: 'Nieuwe termijn vastleggen' }).click();
      await page.waitForURL('**/stap/reschedule');
      await settled(page);
      await page.fill('#f-due-words', 'maart 2028');
      await page.fill('#f-due_reading', 'In maart 2028');
      await page.fill('#f-change_source', 'Brief van mei');
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.locator('.error-summary').waitFor();
      await page.fill('#f-reason', 'De aanbesteding duurt langer');
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.waitForURL(record);
      await page.getByText('Reden: De aanbesteding duurt langer').waitFor();
      await page.getByRole('link', { name: 'Nagekomen melden' }).click();
      await page.waitForURL('**/stap/fulfil');
      await settled(page);
      await page.fill('#f-met_on-words', '1 november 2026');
      await page.fill('#f-met_source', 'Kamerbrief');
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.waitForURL(record);
      await page.getByText('Nagekomen', { exact: true }).first().waitFor();
      await finish(page);
    },
  },
  {
    name: 'real: a form says at once what does not go together and why, and asks what that needs',
    run: async (browser, base) => {
      const page = await as(browser, base, 'editor');
      await go(page, base, '/registers/funds/fund/nieuw');
      await page.fill('#f-programme', 'Een verzonnen programma');
      await page.fill('#f-from_date-words', '2025');
      await page.fill('#f-to_date-words', '2024');
      await page.locator('#f-to_date-words').press('Tab');
      await page.locator('#f-to_date-error, [id="f-to_date-error"]').first().waitFor();
      const wrong = 'Het tijdvak eindigt voordat het begint.';
      await page.getByText(wrong).first().waitFor();
      await page.getByText('Waarom?', { exact: true }).first().click();
      await page.getByText('Vergeleken is:').waitFor();
      await expectNoViolations(page, 'a form with a rule that is not met');
      await page.fill('#f-to_date-words', '2026');
      await page.locator('#f-to_date-words').press('Tab');
      await page.getByText(wrong).first().waitFor({ state: 'detached' });
      // An amount asks for its rhythm.
      await page.fill('#f-amount', '1.000');
      await page.getByText('Dit is verplicht door wat u invulde:').waitFor({ state: 'attached' });
      await page.fill('#f-purpose', 'Een proef');
      await page.fill('#f-source', 'Verzonnen brief');
      const work = page.locator('select#f-field_of_work');
      if (await work.count()) await work.selectOption({ index: 1 });
      else await page.locator('#f-field_of_work input[type=radio]').first().check();
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.locator('.error-summary').waitFor();
      const rhythm = page.locator('select#f-rhythm');
      if (await rhythm.count()) await rhythm.selectOption({ index: 1 });
      else await page.locator('#f-rhythm input[type=radio]').first().check();
      await page.getByRole('button', { name: 'Opslaan' }).click();
      await page.waitForURL(/\/records\/(?!.*nieuw)/);
      await settled(page);
      await finish(page);
    },
  },
  {
    name: 'real: two editors change the same promise; the second sees both and loses nothing',
    run: async (browser, base) => {
      const first = await as(browser, base, 'editor');
      await newCommitment(first, base, 'Een gids voor gemeenten');
      const path = new URL(first.url()).pathname;
      await go(first, base, `${path}/wijzigen`);
      await first.fill('#f-what', 'Een gids voor alle gemeenten');
      await first.fill('#f-reason', 'Zo staat het er');
      const second = await as(browser, base, 'editor-2');
      await go(second, base, `${path}/wijzigen`);
      await second.fill('#f-what', 'Een gids voor grote gemeenten');
      await second.fill('#f-reason', 'Beter gelezen');
      await second.getByRole('button', { name: 'Opslaan' }).click();
      await second.waitForURL(`**${path}`);
      await first.getByRole('button', { name: 'Opslaan' }).click();
      await first.getByRole('heading', { name: 'Iemand anders heeft dit' }).waitFor();
      equal(await first.inputValue('#f-what'), 'Een gids voor alle gemeenten', 'typed text');
      await expectNoViolations(first, 'conflict');
      await first.getByRole('button', { name: 'Opslaan' }).click();
      await first.waitForURL(`**${path}`);
      await first.getByRole('heading', { name: 'Een gids voor alle gemeenten' }).waitFor();
      await finish(second);
      await finish(first);
    },
  },
  {
    name: 'real: a code from an app is turned on and then asked for',
    run: async (browser, base) => {
      const page = await as(browser, base, 'client-council-2');
      await go(page, base, '/account');
      await page.getByRole('button', { name: 'Zet aan' }).click();
      await page.locator('.totp-key').waitFor();
      const secret = await page.locator('.totp-key').textContent();
      await page.fill('#totp-code', totp(secret));
      await page.getByRole('button', { name: 'Bevestig de code' }).click();
      await page.getByText('Inloggen met een code staat aan.').waitFor();
      await page.getByRole('button', { name: 'Uitloggen' }).click();
      await page.getByRole('link', { name: 'Inloggen' }).waitFor();
      await go(page, base, '/inloggen');
      await page.fill('#login', 'client-council-2');
      await page.fill('#password', password('client-council-2'));
      await page.keyboard.press('Enter');
      await page.locator('#code').waitFor();
      await page.fill('#code', '000000');
      await page.keyboard.press('Enter');
      await page.getByText('Controleer gebruikersnaam, wachtwoord en code').waitFor();
      await finish(page);
    },
  },
  {
    name: 'real: after too many wrong passwords signing in waits, and says how long',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/inloggen', { width: 360, scheme: 'dark' });
      for (let i = 0; i < 6; i += 1) {
        await page.fill('#login', 'inspector-3');
        await page.fill('#password', `fout ${i}`);
        await Promise.all([page.waitForResponse('**/v1/session'), page.keyboard.press('Enter')]);
      }
      await page.getByText(/Te vaak geprobeerd. Wacht \d+ seconden/).waitFor();
      await expectNoViolations(page, 'locked out');
      await finish(page);
    },
  },
  {
    name: 'real: words are searched in all registers, and chosen rows go to CSV and XLSX',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/');
      await page.fill('#header-search', 'dakloosheid');
      await page.keyboard.press('Enter');
      await page.getByText(/Gevonden in \d+ registers?/).waitFor();
      check(await page.locator('.hit mark').count() > 3, 'words are marked');
      await expectNoViolations(page, 'search');
      await go(page, base, '/registers/commitments/commitment');
      for (const at of [0, 2]) await page.locator('tbody input[type=checkbox]').nth(at).check();
      const title = await page.locator('tbody th a').nth(2).textContent();
      const files = [];
      for (const name of ['(CSV)', '(Excel)']) {
        const [file] = await Promise.all([page.waitForEvent('download'),
          page.getByRole('button', { name: `Exporteer gekozen ${name}` }).click()]);
        files.push(readFileSync(await file.path()));
      }
      const lines = files[0].toString().split('\r\n').filter(Boolean);
      check(lines.some((line) => line.includes(title)), 'the chosen row is in the file');
      check(lines.length < 8, `only what was chosen: ${lines.length} lines`);
      equal(files[1].subarray(0, 2).toString(), 'PK', 'an XLSX is a ZIP');
      await finish(page);
    },
  },
  {
    name: 'real: another word in a pack is there without a restart, while the page is open',
    run: async (browser, base, server) => {
      const page = await visit(browser, base, '/registers/funds/fund');
      const packs = server.copyOfPacks();
      const pack = join(packs, 'funds');
      const form = join(pack, 'forms/fund.yaml');
      const text = readFileSync(form, 'utf8');
      const old = /^plural: \{nl: '?([^',]+)/m.exec(text)[1];
      await page.getByRole('heading', { level: 1, name: old }).waitFor();
      writeFileSync(form, text.replace(/^(plural: \{nl: '?)[^',]+/m, '$1Bedragen met een ander woord'));
      const about = join(pack, 'pack.yaml');
      writeFileSync(about, readFileSync(about, 'utf8').replace(/^version: .*$/m, 'version: 1.9.0'));
      await server.activate(packs);
      await page.getByRole('heading', { level: 1, name: 'Bedragen met een ander woord' }).waitFor();
      await finish(page);
    },
  },
  {
    name: 'real: an administrator makes an account, an auditor reads the journal',
    run: async (browser, base) => {
      const page = await as(browser, base, 'administrator');
      await go(page, base, '/beheer/accounts');
      await page.fill('#account-login', 'nieuwe.collega');
      await page.fill('#account-name', 'Nieuwe Collega');
      await page.locator('#account-organisation').selectOption({ index: 1 });
      await page.locator('#account-roles input').first().check();
      await page.getByRole('button', { name: 'Maak account' }).click();
      await page.locator('.totp-key').waitFor();
      await expectNoViolations(page, 'accounts');
      await finish(page);
      const auditor = await as(browser, base, 'auditor');
      await go(auditor, base, '/beheer/journaal');
      await auditor.getByRole('rowheader').first().waitFor();
      await expectNoViolations(auditor, 'journal');
      await finish(auditor);
    },
  },
  sweep(null, [1440, 'light'], [360, 'dark']),
  sweep('editor', [360, 'light']),
  sweep('inspector', [1440, 'dark']),
];
