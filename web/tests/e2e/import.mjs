// Importing a public series on the real program: a file of Windows-1252 with a kept mapping of the
// pack, a wrong year that is confirmed by name, errors that come as a file, a workbook that is a
// bomb, and the same file again, which changes nothing. With the keyboard, and on a phone.
import { readFile } from 'node:fs/promises';

import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { as, check, equal, finish, go, settled, tabTo } from './kit.mjs';

const kRegister = '/registers/regional-picture/observation';
const kPage = `${kRegister}/inlezen`;
const kHeader = 'Gemeente;Gemeentecode;Jaar;Waarde;Onderdrukt;Opmerking';

const csv = (...rows) => Buffer.from([kHeader, ...rows, ''].join('\r\n'), 'latin1');

async function give(page, name, buffer) {
  await page.setInputFiles('#import-file', { name, mimeType: 'text/csv', buffer });
  await page.locator('#import-header').waitFor();
}

async function rehearse(page) {
  await page.getByRole('button', { name: 'Verschil bekijken' }).click();
  await page.getByRole('heading', { name: 'Verschil', exact: true }).waitFor();
}

const countsOf = (page) => page.locator('[role=status]', { hasText: 'met een fout' }).innerText();

export const journeys = [{
  name: 'real: a public series is imported, looked at before, and stands there with its source',
  run: async (browser, base) => {
    const page = await as(browser, base, 'editor');
    await go(page, base, kRegister);
    await tabTo(page, 'Inlezen uit een bestand');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${kPage}`);
    await settled(page);
    await expectNoViolations(page, 'an import without a file');

    await give(page, 'monitor.csv', csv('Súdwest-Fryslân;GM1900;2019;1.234,5;;=1+1',
      'Utrecht;GM0344;2019;.;ja;'));
    await page.getByText('windows-1252', { exact: false }).waitFor();
    equal(await page.locator('#import-mapping').inputValue(), '0', 'the mapping of the pack');
    await expectNoViolations(page, 'a mapping');
    await rehearse(page);
    check((await countsOf(page)).startsWith('2 nieuw, 0 gewijzigd, 0 gelijk, 0 met'), 'counts');
    await page.getByText('Súdwest-Fryslân').first().waitFor();
    const accept = page.getByRole('button', { name: 'Overnemen' });
    check(await accept.isDisabled(), 'another year waits for a person');
    await expectNoViolations(page, 'a difference');
    await page.locator('#question-year').waitFor();
    await tabTo(page, 'Ik heb dit nagekeken: het klopt.');
    await page.keyboard.press('Space');
    await tabTo(page, 'Overnemen');
    await page.keyboard.press('Enter');
    await page.getByText('Overgenomen: 2 nieuw').waitFor();
    await expectNoViolations(page, 'what was accepted');
    await page.getByRole('link', { name: 'Naar Waarnemingen per regio' }).click();
    await page.waitForURL(`**${kRegister}`);
    await settled(page);
    await page.locator('a[data-row]', { hasText: 'Súdwest-Fryslân' }).first().click();
    await settled(page);
    await page.getByText(/ingelezen: bestand [0-9a-f]{12}, invoer [0-9a-f]{12}, regel 2/).waitFor();
    await page.getByText('=1+1').first().waitFor();
    await finish(page);
  },
}, {
  name: 'real: a file with errors changes nothing, on a phone; a bomb and a broken file say so',
  run: async (browser, base) => {
    const page = await as(browser, base, 'editor', { width: 360, scheme: 'dark' });
    await go(page, base, kPage);
    await give(page, 'monitor.csv', csv('Utrecht;GM0344;2019;12.5;;', 'Nergens;GM9999;2019;1;;',
      'Utrecht;GM0344;2019;2;;'));
    await rehearse(page);
    check((await countsOf(page)).includes('2 met een fout'), 'two errors');
    await expectNoViolations(page, 'errors on a phone');
    await expectNoSideScroll(page, 'errors on a phone');
    equal(await page.getByRole('button', { name: 'Overnemen' }).count(), 0, 'nothing to accept');
    const [file] = await Promise.all([page.waitForEvent('download'),
      page.getByRole('button', { name: 'Fouten als CSV' }).click()]);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
    check(lines.some((line) => line.startsWith('2,Waarde,')), lines.join('|'));
    check(lines.some((line) => line.startsWith('3,Gemeentecode,')), lines.join('|'));

    await page.setInputFiles('#import-file', { name: 'leeg.csv', mimeType: 'text/csv',
      buffer: Buffer.from('a;b\r\n"open;1\r\n') });
    await page.getByText('aanhalingsteken', { exact: false }).first().waitFor();
    await page.setInputFiles('#import-file', { name: 'x.exe', mimeType: 'text/csv',
      buffer: Buffer.from('MZ\0\0\0') });
    await page.getByText('pdf, docx, xlsx', { exact: false }).first().waitFor();
    await finish(page);
  },
}];
