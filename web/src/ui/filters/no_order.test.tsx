// An address that asks for an order that a form does not allow: the list comes in the usual order,
// with a word about it, and nothing else of the address is lost.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import type { FormRef } from '@/api/metadata';
import { navigate } from '@/lib/router';
import { useValueContext } from '../values/field_value';
import { NoOrder } from './no_order';
import { searchBody, useListState } from './use_list_state';

const text = (word: string) => ({ nl: word, en: word });
const pack = vi.hoisted(() => ({ name: 'garden', version: '1', forms: {} }));
vi.mock('@/api/queries', () => ({ useCatalogue: () => ({ data: { packs: [pack] } }) }));

const form = { pack, name: 'garden/bed', form: { audience: 'public', subject: 'none', fields: {
  title: { type: 'text', label: text('Naam'), sortable: true },
  yield: { type: 'decimal', label: text('Opbrengst') },
  theme: { type: 'text', label: text('Thema'), filterable: true } } } } as unknown as FormRef;

function List() {
  const control = useListState(form);
  const context = useValueContext(form.pack, {});
  return (
    <>
      <NoOrder context={context} form={form} control={control} />
      <output>{JSON.stringify(searchBody(form, control.state))}</output>
    </>
  );
}

function asked(address: string): unknown {
  navigate(address);
  render(<List />);
  return JSON.parse(document.querySelector('output')?.textContent ?? '');
}

afterEach(() => {
  cleanup();
  navigate('/');
});

it.each([
  ['yield', 'Opbrengst'],
  ['weight', 'weight'],
])('does not ask for an order by %s, and says so', (field, name) => {
  expect(asked(`/registers/garden/bed?sort=-${field}&f.theme=fruit`)).toEqual(
    { form: 'garden/bed', filters: [{ field: 'theme', any_of: ['fruit'] }] });
  expect(screen.getByText(`Op “${name}” wordt hier niet gesorteerd. U ziet de lijst in de gewone `
    + 'volgorde.')).toBeTruthy();
});

it.each(['title', 'changed', 'state'])('asks for an order by %s and says nothing', (field) => {
  expect(asked(`/registers/garden/bed?sort=${field}`)).toEqual(
    { form: 'garden/bed', sort: { field, direction: 'asc' } });
  expect(screen.queryByText(/wordt hier niet gesorteerd/)).toBeNull();
});
