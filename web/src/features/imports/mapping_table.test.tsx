// By which field of its form a reference is found: offered for a form of any pack.
import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';

import type { SeenFile } from '@/api/imports';
import type { FormRef } from '@/api/metadata';
import { guessed } from './mapping_state';
import { MappingTable } from './mapping_table';

const { useCatalogue } = vi.hoisted(() => ({ useCatalogue: vi.fn() }));
vi.mock('@/api/queries', () => ({ useCatalogue }));

const text = (word: string) => ({ nl: word, en: word });
const place = { fields: { code: { type: 'text', label: text('Code') } } };
const visit = { fields: {
  own: { type: 'reference', form: 'place', label: text('Plek') },
  far: { type: 'reference', form: 'other/place', label: text('Elders') } } };
const pack = { name: 'p', forms: { visit, place } };
const other = { name: 'other', forms: { place: { fields: {
  number: { type: 'integer', label: text('Nummer') } } } } };

it('a reference is matched by a field of its form, of the own pack and of another', () => {
  useCatalogue.mockReturnValue({ data: { packs: [pack, other] } });
  const form = { pack, name: 'p/visit', form: visit } as unknown as FormRef;
  const seen = { numbers: 'comma', dates: 'year_first', header_row: 1, sheets: [],
    fields: ['own', 'far'], columns: [{ name: 'A', samples: [] }, { name: 'B', samples: [] }],
  } as unknown as SeenFile;
  const columns = { A: { field: 'own', match: 'code', clears: false },
    B: { field: 'far', match: '', clears: false } };
  render(<MappingTable form={form} seen={seen} state={{ ...guessed(form, seen), columns }}
    onChange={vi.fn()} />);
  const matchOf = (column: string) => (
    screen.getByRole<HTMLSelectElement>('combobox', { name: `Kolom ${column} is de naam of` }));
  expect(matchOf('A').value).toBe('code');
  expect(matchOf('B').textContent).toContain('Nummer');
});
