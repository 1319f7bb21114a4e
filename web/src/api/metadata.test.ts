// Figures that a step counts, among the fields of a form: asked by no form, and never sent. And the
// field of a form that says from which page something was reported.
import { expect, it } from 'vitest';

import { fieldsOfSteps, isPageField, openFields, sendable } from './metadata';
import type { Field, Form, Pack } from './types';

const label = { nl: 'Veld', en: 'Field' };
const fields: Record<string, Field> = {
  heading: { type: 'text', label }, gone: { type: 'text', label, retired: '2020-01-01' },
  figures: { type: 'figures', label }, old: { type: 'figures', label, retired: '2020-01-01' },
};
const form = { title: label, fields } as unknown as Form;

it('nobody fills in figures, nor what is retired', () => {
  expect(openFields(form).map(([id]) => id)).toEqual(['heading']);
});

it('a new record does not keep figures for later', () => {
  const pack = { name: 'p', title: label, version: '1', hash: 'h',
    forms: { f: { ...form, process: 'life' } }, processes: { life: { title: label, start: 'a',
      states: {}, transitions: { count: { label, from: ['a'], to: 'b',
        fields: { figures: 'required', heading: 'optional' } } } } } } as unknown as Pack;
  const ref = { pack, name: 'p/f', form: pack.forms.f as Form };
  expect([...fieldsOfSteps({ packs: [pack] }, ref)]).toEqual(['heading']);
});

it('all that a record holds may be sent but its figures', () => {
  const held = { heading: 'a', gone: 'b', figures: { tables: [] }, old: { tables: [] } };
  expect(sendable(form, held)).toEqual({ heading: 'a', gone: 'b' });
});

it('the page stands in the field that the pack names, of the form that every page offers', () => {
  const pack = { name: 'p', from_anywhere: 'f', page_field: 'heading' } as unknown as Pack;
  expect(isPageField({ pack, name: 'p/f', form }, 'heading')).toBe(true);
  expect(isPageField({ pack, name: 'p/f', form }, 'gone')).toBe(false);
  expect(isPageField({ pack, name: 'p/g', form }, 'heading')).toBe(false);
  expect(isPageField({ pack: { name: 'p' } as unknown as Pack, name: 'p/f', form }, 'heading'))
    .toBe(false);
});
