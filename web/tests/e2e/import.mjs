// Importing a public series on the real program: a file of Windows-1252 with a kept mapping of the
// pack, a wrong year that is confirmed by name, errors that come as a file, a workbook that is a
// bomb, and the same file again, which changes nothing. With the keyboard, and on a phone.
import { readFile } from 'node:fs/promises';
import { crc32, deflateRawSync } from 'node:zlib';

import { expectNoSideScroll, expectNoViolations } from './axe.mjs';
import { as, check, equal, finish, go, settled, tabTo } from './kit.mjs';
import { isOnPaper, looksGood } from './looks.mjs';

const kRegister = '/registers/regional-picture/observation';
const kPage = `${kRegister}/inlezen`;
const kHeader = 'Gemeente;Gemeentecode;Jaar;Waarde;Onderdrukt;Opmerking';

const csv = (...rows) => Buffer.from([kHeader, ...rows, ''].join('\r\n'), 'latin1');

// An archive of these members: names and contents (APPNOTE 6.3, method 8).
function zipped(members) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, text] of Object.entries(members)) {
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    const file = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(file.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const local = [Buffer.from('PK\x03\x04'), fields, file, packed];
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields, place, file);
    parts.push(...local);
    offset += local.reduce((size, part) => size + part.length, 0);
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(members).length, 4);
  end.writeUInt16LE(Object.keys(members).length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06'), end]);
}

const kBook = {
  '[Content_Types].xml': '<Types/>',
  'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Type="worksheet" '
    + 'Target="worksheets/sheet1.xml"/></Relationships>',
  'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row r="1">${
    kHeader.split(';').map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`).join('')
  }</row><row r="2"><c t="inlineStr"><is><t>Utrecht</t></is></c><c t="inlineStr"><is><t>GM0344</t>`
    + '</is></c><c><v>2018</v></c><c><f>1+1</f><v>2.5</v></c></row></sheetData></worksheet>',
};

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
    await page.locator('#question-year').waitFor();
    const question = await page.locator('#question-year').innerText();
    await looksGood(page, 'a difference');
    // Who looks it over on paper needs the file, the mapping and every row of the difference.
    await isOnPaper(page, ['monitor.csv', 'windows-1252', 'Gemeentecode', '2 nieuw', question,
      'Súdwest-Fryslân', 'Utrecht', '1.234,5', '=1+1'],
    ['Verschil bekijken', 'Overnemen']);
    await tabTo(page, 'Ik heb dit nagekeken: het klopt.');
    await page.keyboard.press('Space');
    await tabTo(page, 'Overnemen');
    await page.keyboard.press('Enter');
    await page.getByText('Overgenomen: 2 nieuw').waitFor();
    await looksGood(page, 'what was accepted');
    await isOnPaper(page, ['Overgenomen: 2 nieuw'], ['Naar Waarnemingen per regio']);
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
    await page.getByText('Dit soort bestand kan hier niet worden ingelezen.').waitFor();
    const bomb = zipped({ ...kBook, 'xl/sharedStrings.xml': ' '.repeat(64 << 20) });
    check(bomb.length < 200_000, 'the bomb is small');
    await page.setInputFiles('#import-file', { name: 'x.xlsx', mimeType: 'text/csv', buffer: bomb });
    await page.getByText('pakt uit tot veel meer dan het is', { exact: false }).first().waitFor();

    await give(page, 'monitor.xlsx', zipped(kBook));
    await page.getByText('monitor.xlsx: 1 rij, ', { exact: false }).waitFor();
    await rehearse(page);
    check((await countsOf(page)).startsWith('1 nieuw'), 'a row of the workbook');
    await page.getByText('2,5', { exact: false }).first().waitFor();
    await finish(page);
  },
}];
