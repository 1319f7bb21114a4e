// What is chosen on the page becomes the mapping that the server is given, and back.
import { expect, test } from 'vitest';

import type { FormRef } from '@/api/metadata';
import type { SeenFile } from '@/api/imports';
import { guessed, mappingOf, stateOf } from './mapping_state';

const form = { name: 'p/f', form: { fields: {
  name: { required: true }, kind: { required: true }, size: {}, place: {} } } } as unknown as
  FormRef;
const seen = { numbers: 'comma', dates: 'day_first', header_row: 1, sheets: [], columns: [
  { name: 'Naam', samples: [], field: 'name' }, { name: 'Maat', samples: [], field: 'size' },
  { name: 'Los', samples: [] }] } as unknown as SeenFile;

test('a guess maps what has the name of a field, and keeps what is required in the key', () => {
  expect(mappingOf(form, seen, guessed(form, seen))).toEqual({
    form: 'p/f', numbers: 'comma', dates: 'day_first', fixed: {}, key: ['name'],
    columns: [{ column: 'Naam', field: 'name' }, { column: 'Maat', field: 'size' }] });
});

test('a kept mapping keeps what the page does not show', () => {
  const mapping = { form: 'p/f', key: ['name'], no_value: ['.'], ask: { factor: 3 },
    columns: [{ column: 'Naam', field: 'name', split: '|' },
      { column: 'Maat', field: 'place', match: 'code', empty: 'clear' as const }] };
  const state = stateOf({ name: 'x', title: { nl: 'x', en: 'x' }, form: 'p/f', mapping });
  expect(mappingOf(form, seen, state)).toEqual({ ...mapping, fixed: {}, numbers: 'comma',
    dates: 'year_first' });
  const other = { ...state, columns: { ...state.columns,
    Maat: { field: 'size', match: '', clears: false } } };
  expect(mappingOf(form, seen, other).columns[1]).toEqual({ column: 'Maat', field: 'size' });
});

test('a field that lost its column leaves the key', () => {
  const state = guessed(form, seen);
  const without = { ...state, columns: { ...state.columns,
    Naam: { field: '', match: '', clears: false } } };
  expect(mappingOf(form, seen, without).key).toEqual([]);
});

test('where the names of the columns stand goes along', () => {
  const elsewhere = { ...seen, header_row: 4, sheet: 'Twee', sheets: ['Een', 'Twee'] };
  const mapping = mappingOf(form, elsewhere, guessed(form, elsewhere));
  expect(mapping.header_row).toBe(4);
  expect(mapping.sheet).toBe('Twee');
});
