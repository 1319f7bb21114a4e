// Rows as CSV: what must be quoted, and what a spreadsheet must not run.
import { expect, test } from 'vitest';

import { csvText } from './csv';

test.each([
  ['gewoon', 'gewoon'], ['a,b', '"a,b"'], ['zegt "ja"', '"zegt ""ja"""'], ['a\nb', '"a\nb"'],
  [' rand', '" rand"'], ['=1+1', "'=1+1"], ['-weg', "'-weg"], ['-12.5', '-12.5'], ['', ''],
])('csv: %j is written as %j', (text, written) => {
  expect(csvText([[text]])).toBe(`${written}\r\n`);
});

test('csv: a line for each row, a comma between cells', () => {
  expect(csvText([['a', 'b'], ['1', '2']])).toBe('a,b\r\n1,2\r\n');
});
