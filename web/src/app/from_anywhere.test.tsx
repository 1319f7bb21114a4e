// What every page offers to report: who may report what, and that a report points at the record of
// the page, where the form has a field for such a record.
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import type { Pack } from '@/api/types';
import { navigate } from '@/lib/router';
import { FromAnywhere } from './from_anywhere';

const text = (word: string) => ({ nl: word, en: word });
const seen = vi.hoisted(() => ({ record: undefined as unknown, packs: [] as unknown[] }));

vi.mock('@/api/queries', () => ({
  useCatalogue: () => ({ data: { packs: seen.packs } }),
  useSeenRecord: (id: string | undefined) => (id ? seen.record : undefined),
}));

function pack(may: string[]): Pack {
  return { name: 'p', title: text('P'), version: '1', hash: 'h', from_anywhere: 'gat', forms: {
    gat: { title: text('Gat'), plural: text('Gaten'), description: text(''), may, fields: {
      words: { type: 'text', label: text('Woorden') },
      of: { type: 'reference', form: 'tree', many: true, label: text('Boom') } } } },
  } as unknown as Pack;
}

afterEach(() => {
  cleanup();
  navigate('/');
  seen.record = undefined;
});

it('who may report gets the form, with the record of the page in it and the way back', () => {
  seen.packs = [pack(['read', 'create'])];
  seen.record = { id: 't1', form: 'p/tree', title: 'Eik' };
  navigate('/records/t1');
  render(<FromAnywhere />);
  fireEvent.click(screen.getByRole('link', { name: 'Gat melden' }));
  expect(window.location.pathname).toBe('/registers/p/gat/nieuw');
  expect(window.location.search).toBe('');
  expect(window.history.state).toEqual({ fields: { of: ['t1'] }, backTo: '/records/t1',
    references: { t1: { form: 'p/tree', title: 'Eik' } } });
});

it('a record that no field is for is left out', () => {
  seen.packs = [pack(['read', 'create'])];
  seen.record = { id: 'x', form: 'p/stone', title: 'Kei' };
  navigate('/records/x');
  render(<FromAnywhere />);
  fireEvent.click(screen.getByRole('link', { name: 'Gat melden' }));
  expect(window.history.state).toEqual({ backTo: '/records/x' });
});

it('who may only read gets the register, and who may not even that gets nothing', () => {
  seen.packs = [pack(['read'])];
  const { rerender } = render(<FromAnywhere />);
  expect(screen.getAllByRole('link').map(({ textContent }) => textContent)).toEqual(['Alle gaten']);
  seen.packs = [pack([])];
  rerender(<FromAnywhere />);
  expect(screen.queryByRole('link')).toBeNull();
});
