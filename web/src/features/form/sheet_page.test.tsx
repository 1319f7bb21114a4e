// A sheet as one uses it: rows that open and close, what is typed and taken back, and what is sent.
// The server is a sheet that the test changes, and a list of what was sent to it.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { RoundSheet, SheetRow } from '@/api/rounds';
import type { References } from '@/api/types';
import { form, record, row, sheetOf, step } from './sheet_fixture';
import SheetPage from './sheet_page';

const { post, request } = vi.hoisted(() => ({ post: vi.fn(), request: vi.fn() }));
vi.mock('@/api/client', () => ({ post, request, setCsrfToken: () => undefined }));

let sheet: RoundSheet;

async function show(rows: SheetRow[], references: References = {}) {
  sheet = { ...sheetOf(rows), references };
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<QueryClientProvider client={queries}>
    <SheetPage round="p/r" of="e" who="w" />
  </QueryClientProvider>);
  await screen.findByRole('heading', { name: 'Oost: Nu' });
  return queries;
}

const sent = () => (post.mock.calls as [string, unknown][]).map(([path, body]) => (
  [path.replace('/v1/rounds/p/r/e/w/', ''), body]));

beforeEach(() => {
  window.sessionStorage.clear();
  post.mockReset();
  post.mockImplementation(() => Promise.resolve(sheet));
  request.mockImplementation((path: string) => Promise.resolve(
    path === '/v1/catalogue' ? { packs: [form.pack] }
      : path === '/v1/session' ? { account: { id: 'anna' } } : sheet));
});
afterEach(cleanup);

const before = (who: string) => ({ ...record('l', { how: 'Gereed', who }), references: {} });
const rowOf = (id: string) => screen.getByRole('region', { name: `Rij ${id}` });

describe('a closed row', () => {
  it('says of which place it was what was said the time before', async () => {
    await show([row('a', { last: before('w') }), row('b', { last: before('old') })],
      { old: { title: 'Oud-Oost', form: 'p/w' } });
    expect(rowOf('a').textContent).toContain('Vorige keer:Gereed');
    expect(rowOf('b').textContent).toContain('Vorige keer, van Oud-Oost:Gereed');
  });
});

describe('a step for all rows', () => {
  it('is taken by Enter in its reason, and saves nothing', async () => {
    const now = record('n', {}, [step('ask', { reason: 'required' })]);
    await show([row('a', { now })]);
    const reason = screen.getByLabelText(/^ask: Waarom/);
    fireEvent.submit(reason.closest('form') as HTMLFormElement);
    fireEvent.change(reason, { target: { value: ' Zo is het ' } });
    fireEvent.submit(reason.closest('form') as HTMLFormElement);
    await screen.findByText('Gedaan.');
    expect(sent()).toEqual([['_step',
      { transition: 'ask', rows: [{ id: 'n', version: 2 }], reason: 'Zo is het' }]]);
    expect(screen.queryByText('Er is niets gewijzigd.')).toBeNull();
  });
});
