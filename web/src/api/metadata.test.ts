// Figures that a step counts, among the fields of a form: asked by no form, and never sent.
import { expect, it } from 'vitest';

import { openFields, sendable } from './metadata';
import type { Field, Form } from './types';

const label = { nl: 'Veld', en: 'Field' };
const fields: Record<string, Field> = {
  heading: { type: 'text', label }, gone: { type: 'text', label, retired: '2020-01-01' },
  figures: { type: 'figures', label }, old: { type: 'figures', label, retired: '2020-01-01' },
};
const form = { title: label, fields } as unknown as Form;

it('nobody fills in figures, nor what is retired', () => {
  expect(openFields(form).map(([id]) => id)).toEqual(['heading']);
});

it('all that a record holds may be sent but its figures', () => {
  const held = { heading: 'a', gone: 'b', figures: { tables: [] }, old: { tables: [] } };
  expect(sendable(form, held)).toEqual({ heading: 'a', gone: 'b' });
});
