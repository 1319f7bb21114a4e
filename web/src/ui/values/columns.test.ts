// Which fields may be columns: figures never, however they are asked for.
import { expect, it } from 'vitest';

import type { FormRef } from '@/api/metadata';
import type { Form, Pack } from '@/api/types';
import { makeWords } from '@/lib/i18n';
import { nl } from '@/lib/i18n/nl';
import { columnsOf, defaultColumns, exportColumns } from './columns';
import type { ValueContext } from './field_value';

const label = { nl: 'Veld', en: 'Field' };
const form = { title: label, plural: label, may: ['read'], name: ['heading'], fields: {
  heading: { type: 'text', label }, figures: { type: 'figures', label },
  day: { type: 'date', label } } } as unknown as Form;
const pack: Pack = { name: 'p', title: label, version: '1', hash: 'h', forms: { f: form } };
const ref: FormRef = { pack, name: 'p/f', form };
const context: ValueContext = {
  catalogue: { packs: [pack] }, pack, words: makeWords('nl', nl, () => undefined), references: {} };

it('figures are no column: not at first, not chosen, not in a file', () => {
  expect(defaultColumns(context, ref)).toEqual(['day']);
  expect(columnsOf(context, ref, ['figures', 'day']).map(({ id }) => id)).toEqual(['day']);
  expect(exportColumns(ref, ['figures', 'day'])).toEqual(['heading', 'day']);
});
