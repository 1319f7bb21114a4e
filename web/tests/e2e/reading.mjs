// Reading without signing in: the desk, its filters and address, the picture, registers, records.
import { readFile } from 'node:fs/promises';

import { check, equal, finish, go, settled, visit } from './kit.mjs';

export const journeys = [
  {
    name: 'a desk says what it found, and a filter changes sentence, picture and address',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/');
      await page.locator('#lijn p').getByText('6 afspraken.').waitFor();
      equal(await page.locator('#lijn .tl-row').count(), 6, 'rows in the picture');
      await page.locator('#lijn').getByRole('button', { name: 'Hoek' }).click();
      await page.getByRole('checkbox', { name: 'Water' }).check();
      await page.locator('#lijn p').getByText('2 afspraken.').waitFor();
      equal(await page.locator('#lijn .tl-row').count(), 2, 'rows after the filter');
      check(page.url().includes('lijn.f.corners=water'), 'the filter is in the address');
      await go(page, base, new URL(page.url()).pathname + new URL(page.url()).search);
      await page.locator('#lijn p').getByText('2 afspraken.').waitFor();
      await finish(page);
    },
  },
  {
    name: 'the time line is walked and opened with the keyboard alone, and T shows the table',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/');
      await page.locator('#lijn .tl-row[tabindex="0"]').focus();
      await page.keyboard.press('ArrowDown');
      const spoken = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
      check(/Vanaf .+Termijn .+\./.test(spoken), `a row is spoken in full: ${spoken}`);
      await page.keyboard.press('t');
      await page.locator('#lijn table').waitFor();
      await page.keyboard.press('t');
      await page.locator('#lijn svg.timeline').waitFor();
      await page.locator('#lijn .tl-row[tabindex="0"]').focus();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/records/*');
      await settled(page);
      equal(await page.evaluate(() => document.activeElement.tagName), 'H1', 'focus after opening');
      await finish(page);
    },
  },
  {
    name: 'an edition shows its figures as published, hidden ones as hidden, and is kept as CSV',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/records/e2');
      await page.getByText('30 juni 2026').first().waitFor();
      await page.getByText('2 juli 2026 om 11:00').first().waitFor();
      const table = page.getByRole('table',
        { name: 'Wat is beloofd. Naar Hoek van de tuin' });
      const rows = await table.locator('tr').evaluateAll((all) => (
        all.map((row) => [...row.cells].map((cell) => cell.innerText).join(' | '))));
      equal(rows.join('\n'), ['Hoek van de tuin | Wat is beloofd (afspraken) | Vorige editie',
        'Fruit | 431 | 410', 'Groente | 0 | 502', 'Water | niet getoond | 180',
        'Paden | niet getoond | 88', 'Niet bekend | 12 | niet te vergelijken'].join('\n'),
      'the table beside the edition before');
      equal(await page.locator('.fc-withheld').count(), 2 + 1 + 2, 'hidden values in pictures');
      equal(await page.locator('.fc-line').count(), 3, 'pieces of a line with gaps');
      await page.getByText('De definitie is anders dan in de vorige editie.').waitFor();
      check(!await page.getByText('Telwerk').isVisible(), 'the counts are for staff');
      await page.getByText('3 cijfers met peildatum 30 juni 2026, een concept').first().waitFor();
      check(!(await page.locator('body').innerText()).includes('{"'), 'no JSON on the page');
      await page.getByRole('button', { name: /^Exporteren: / }).first().click();
      const [file] = await Promise.all([page.waitForEvent('download'),
        page.getByRole('button', { name: 'CSV', exact: true }).click()]);
      equal(file.suggestedFilename(), 'cijfers-2026-06-30.csv', 'file name');
      const asked = (await readFile(await file.path(), 'utf8')).trim();
      check(/^\/v1\/open-data\/editions\/e2\/\w+\?format=csv&language=nl$/.test(asked), asked);
      await page.getByRole('link', { name: 'De editie met peildatum 31 december 2025' }).click();
      await page.waitForURL('**/records/e1');
      await page.getByText('er is geen eerdere editie').waitFor();
      await finish(page);
    },
  },
  {
    name: 'open data lists what can be taken, with licence, day and files, and leads to it',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/');
      await page.locator('footer').getByRole('link', { name: 'Open data' }).click();
      await page.waitForURL('**/open-data');
      await settled(page);
      await page.getByText('30 juni 2026').waitFor();
      await page.getByText('Milieu').waitFor();
      equal(await page.getByRole('link', { name: 'CC0 1.0' }).count(), 2, 'licences');
      equal(await page.getByRole('link', { name: 'Keuringen als CSV' }).getAttribute('href'),
        '/v1/open-data/registers/tuin/keuring?format=csv&language=nl', 'the file of a register');
      const [file] = await Promise.all([page.waitForEvent('download'),
        page.getByRole('link', { name: 'Tuincijfers als CSV' }).click()]);
      check((await readFile(await file.path(), 'utf8')).includes('/editions/e2/'), 'the file');
      await page.locator('main').getByRole('link', { name: 'Keuringen', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/registers/tuin/keuring');
      await settled(page);
      await finish(page);
    },
  },
  {
    name: 'an edition that was not published says that it is a draft, and what it corrects',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/records/e3');
      await page.getByText('Dit is een concept. Deze cijfers zijn nog niet gepubliceerd.')
        .waitFor();
      await page.getByRole('link', { name: 'een eerdere editie' }).click();
      await page.waitForURL('**/records/e2');
      await go(page, base, '/registers/tuin/editie');
      await page.getByRole('button', { name: 'Kolommen' }).click();
      await page.getByRole('checkbox', { name: 'Peildatum' }).waitFor();
      equal(await page.getByRole('checkbox', { name: /^(De cijfers|Telwerk)$/ }).count(), 0,
        'figures to choose as a column');
      await go(page, base, '/zoeken');
      await page.fill('#search-words', 'tuincijfers');
      await page.keyboard.press('Enter');
      await page.locator('.hit').first().waitFor();
      equal(await page.locator('.hit').count(), 3, 'editions that were found');
      await finish(page);
    },
  },
  {
    name: 'the picture is saved as SVG and PNG, the rows as CSV',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/');
      await page.locator('#lijn').getByRole('button', { name: 'Exporteren' }).click();
      for (const [button, ending] of [['SVG', 'svg'], ['PNG', 'png'], ['CSV', 'csv']]) {
        const [file] = await Promise.all([page.waitForEvent('download'),
          page.locator('#lijn').getByRole('button', { name: button, exact: true }).click()]);
        equal(file.suggestedFilename(), `tuin-afspraak.${ending}`, 'file name');
      }
      await finish(page);
    },
  },
  {
    name: 'figures keep words as words, with definition, date, who says so and the caution',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/');
      const block = page.locator('#cijfers');
      await block.getByText('ruim 1.700').waitFor();
      await block.getByText('30.600').waitFor();
      await block.getByText('De telpoort stond in mei stil').waitFor();
      equal(await block.locator('svg.timeline, polyline').count(), 0, 'no line through two points');
      await finish(page);
    },
  },
  {
    name: 'amounts stand as bars only where they are for the same time',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/');
      const block = page.locator('#geld');
      await block.getByText('€ 12.500').waitFor();
      equal(await block.locator('.amount-bar').count(), 2, 'bars');
      await block.getByText('niet genoemd').waitFor();
      await finish(page);
    },
  },
  {
    name: 'a register is searched, walked and opened with the keyboard alone',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/registers/tuin/keuring');
      await page.keyboard.press('/');
      await page.keyboard.type('schommel');
      await page.getByText('1 getoond, dit is de enige.').waitFor();
      await page.keyboard.press('Escape');
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press('j');
      equal(await page.evaluate(() => document.activeElement.textContent),
        'Schommel bij de ingang', 'the row with focus');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/records/k1');
      await finish(page);
    },
  },
  {
    name: 'search words of a form that is not about persons are in the address',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/registers/tuin/keuring');
      await page.fill('#list-search', 'schommel');
      await page.waitForURL('**?q=schommel');
      await finish(page);
    },
  },
  {
    name: 'words are searched in all registers from the header, and stand in no address',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/');
      const addresses = [];
      page.on('request', (request) => { addresses.push(request.url()); });
      await page.keyboard.press('/');
      await page.keyboard.type('Bank nummer');
      await page.keyboard.press('Enter');
      await page.getByText('Gevonden in 1 register.').waitFor();
      equal(await page.locator('.hit').count(), 6, 'first hits');
      equal(await page.locator('.hit mark').first().textContent(), 'Bank', 'what is marked');
      await page.getByRole('button', { name: 'Toon meer keuringen' }).click();
      await page.waitForFunction(() => document.querySelectorAll('.hit').length === 50);
      equal(new URL(page.url()).pathname + new URL(page.url()).search, '/zoeken', 'address');
      check(!addresses.some((url) => /bank/i.test(url)), 'no request has the words in its address');
      await page.reload();
      await page.getByText('Gevonden in 1 register.').waitFor();
      await page.fill('#search-words', 'onvindbaar');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Niets gevonden' }).waitFor();
      await page.goBack();
      await page.waitForURL(`${base}/`);
      await finish(page);
    },
  },
  {
    name: 'who goes back to a register finds the place again',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/registers/tuin/keuring');
      await page.getByRole('button', { name: 'Meer laden' }).click();
      await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 72);
      const link = page.locator('tbody tr').nth(60).getByRole('link').first();
      await link.scrollIntoViewIfNeeded();
      const before = await page.evaluate(() => window.scrollY);
      check(before > 500, 'the place is far down');
      await link.click();
      await page.waitForURL('**/records/*');
      await settled(page);
      equal(await page.evaluate(() => window.scrollY), 0, 'a new page starts at its top');
      await page.goBack();
      await page.waitForURL('**/registers/tuin/keuring');
      await settled(page);
      await page.waitForFunction((y) => Math.abs(window.scrollY - y) < 5, before);
      await finish(page);
    },
  },
  {
    name: 'chosen rows go to CSV and XLSX, and only those are asked for',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/registers/tuin/keuring');
      await page.getByLabel('Kies Bank nummer 70').check();
      await page.getByLabel('Kies Bank nummer 69').check();
      for (const [button, ending] of [['(CSV)', 'csv'], ['(Excel)', 'xlsx']]) {
        const [asked, file] = await Promise.all([
          page.waitForRequest('**/v1/records/_export'), page.waitForEvent('download'),
          page.getByRole('button', { name: `Exporteer gekozen ${button}` }).click()]);
        equal(asked.postDataJSON().ids.length, 2, 'rows asked');
        equal(file.suggestedFilename(), `tuin-keuring.${ending}`, 'file name');
      }
      await finish(page);
    },
  },
  {
    name: 'a register loads more, sorts, hides a column and keeps a view',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/registers/tuin/keuring');
      equal(await page.locator('tbody tr').count(), 50, 'first page');
      await page.getByRole('button', { name: 'Meer laden' }).click();
      await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 72);
      await page.getByRole('button', { name: 'Kolommen' }).click();
      await page.getByRole('checkbox', { name: 'Aantal kinderen' }).check();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /Aantal kinderen/ }).click();
      await page.waitForURL('**sort=children**');
      await page.getByRole('button', { name: 'Bewaarde weergaven' }).click();
      await page.fill('#view-name', 'Op aantal');
      await page.getByRole('button', { name: 'Deze weergave bewaren' }).click();
      await go(page, base, '/registers/tuin/keuring');
      await page.getByRole('button', { name: 'Bewaarde weergaven' }).click();
      await page.getByRole('link', { name: 'Op aantal' }).click();
      await page.waitForURL('**sort=children**');
      await finish(page);
    },
  },
  {
    name: 'no results say which filter to drop, and one button drops it',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/registers/tuin/keuring?q=schommel&f.state=hersteld');
      await page.getByText('Geen keuringen gevonden').waitFor();
      await page.getByRole('button', { name: 'Zonder “Stand”' }).click();
      await page.getByRole('link', { name: 'Schommel bij de ingang' }).waitFor();
      await finish(page);
    },
  },
  {
    name: 'a record shows the interval of its deadline and why, and links both ways',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/records/k1');
      await page.getByText('Eindigt tussen 1 april 2025 en 30 april 2025.').waitFor();
      await page.getByRole('button', { name: 'Waarom? Herstel uiterlijk' }).click();
      await page.getByText('De hersteltermijn is 3 maanden').waitFor();
      await page.getByText('Tuinreglement, artikel 4').waitFor();
      await page.keyboard.press('Escape');
      equal(await page.evaluate(() => document.activeElement.textContent), 'Waarom?',
        'focus after closing the drawer');
      await go(page, base, '/records/a4');
      await page.getByText('Eerder beloofd?').waitFor();
      await go(page, base, '/records/a1');
      await page.getByText('Later opnieuw').waitFor();
      check(!(await page.content()).includes('Alleen voor het bestuur'), 'nothing confidential');
      await finish(page);
    },
  },
  {
    name: '“Zoals op” puts the day in the address and offers the way back',
    run: async (browser, base) => {
      const page = await visit(browser, base, '/records/a1');
      await page.getByRole('button', { name: 'Zoals op' }).click();
      await page.fill('#as-of', '31 februari 2025');
      await page.keyboard.press('Enter');
      await page.getByText('een dag in die bestaat').waitFor();
      await page.fill('#as-of', '1-6-2025');
      await page.keyboard.press('Enter');
      await page.waitForURL('**validOn=2025-06-01');
      await page.getByText('U ziet dit zoals het was op 1 juni 2025.').waitFor();
      await page.getByRole('button', { name: 'Terug naar nu' }).click();
      await page.waitForURL('**/records/a1');
      await finish(page);
    },
  },
];
