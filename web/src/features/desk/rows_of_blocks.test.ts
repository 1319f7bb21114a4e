// Which blocks of a desk stand side by side.
import { expect, it } from 'vitest';

import type { Block } from '@/api/types';
import { rowsOfBlocks } from './rows_of_blocks';

function block(id: string, kind: Block['kind'], by?: string): Block {
  return { id, kind, form: 'a/b', title: { nl: id, en: id }, ...(by ? { by } : {}) };
}

it('numbers without a picture that follow each other stand side by side, nothing else', () => {
  const rows = rowsOfBlocks([block('a', 'indicator'), block('b', 'indicator'),
    block('c', 'indicator', 'year'), block('d', 'indicator'), block('e', 'register'),
    block('f', 'register'), block('g', 'indicator')]);
  expect(rows.map((row) => row.map(({ id }) => id).join(''))).toEqual(
    ['ab', 'c', 'd', 'e', 'f', 'g']);
});

it('a desk without blocks has no rows', () => {
  expect(rowsOfBlocks([])).toEqual([]);
});
