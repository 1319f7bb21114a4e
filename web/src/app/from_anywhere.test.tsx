// What every page offers to report: who may report what, and that a report points at the record of
// the page, where the form has a field for such a record, else at the page: its path and no query,
// and its title where that says nothing of a person or of what is not public.
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
  return { name: 'p', title: text('P'), version: '1', hash: 'h', from_anywhere: 'gat',
    page_field: 'page', forms: {
    stone: { subject: 'none', fields: {} }, child: { subject: 'person', fields: {} },
    gat: { title: text('Gat'), plural: text('Gaten'), description: text(''), may, fields: {
      words: { type: 'text', label: text('Woorden') },
      page: { type: 'text', max: 40, label: text('Pagina') },
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

// What the report has beforehand, from this page with this heading.
function reportFrom(path: string, heading: string) {
  navigate(path);
  render(<main><h1>{heading}</h1><FromAnywhere /></main>);
  fireEvent.click(screen.getByRole('link', { name: 'Gat melden' }));
  return window.history.state as unknown;
}

it.each([
  [{ form: 'p/stone', audience: 'public' }, 'Kei (/records/x)'],
  [{ form: 'p/stone', audience: 'internal' }, '/records/x'],
  [{ form: 'p/stone' }, '/records/x'],
  [{ form: 'p/child', audience: 'public' }, '/records/x'],
  [{ form: 'q/unknown', audience: 'public' }, '/records/x'],
])('of a record that no field is for, %j, the page is noted: %s', (record, page) => {
  seen.packs = [pack(['read', 'create'])];
  seen.record = { id: 'x', title: 'Kei', ...record };
  expect(reportFrom('/records/x', 'Kei')).toEqual({ fields: { page }, backTo: '/records/x' });
});

it.each([
  ['/overzicht/p/loket', 'Loket (/overzicht/p/loket)'], ['/', 'Loket (/)'],
  ['/zoeken?q=jan', 'Loket (/zoeken)'], ['/records/x/gekeken', '/records/x/gekeken'],
  ['/brieven/x', '/brieven/x'], ['/rondes/p/r/x/y', '/rondes/p/r/x/y'],
])('of %s the report says %s', (path, page) => {
  seen.packs = [pack(['read', 'create'])];
  expect(reportFrom(path, 'Loket'))
    .toEqual({ fields: { page }, backTo: path.split('?')[0] });
});

it.each(['/registers/p/gat', '/registers/p/gat/nieuw', '/jan/jansen',
  `/packs/${'a'.repeat(40)}`])('of %s nothing is noted', (path) => {
  seen.packs = [pack(['read', 'create'])];
  expect(reportFrom(path, 'Loket')).toEqual({ backTo: path });
});

it('a pack that names no field for it gets no page', () => {
  seen.packs = [{ ...pack(['create']), page_field: undefined }];
  expect(reportFrom('/zoeken', 'Zoeken')).toEqual({ backTo: '/zoeken' });
});

it('who may only read gets the register, and who may not even that gets nothing', () => {
  seen.packs = [pack(['read'])];
  const { rerender } = render(<FromAnywhere />);
  expect(screen.getAllByRole('link').map(({ textContent }) => textContent)).toEqual(['Alle gaten']);
  seen.packs = [pack([])];
  rerender(<FromAnywhere />);
  expect(screen.queryByRole('link')).toBeNull();
});
