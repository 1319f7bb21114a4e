// A sheet as one uses it: rows that open and close, what is typed and taken back, and what is sent.
// The server is a sheet that the test changes, and a list of what was sent to it.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ApiProblem } from '@/api/problem';
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

// Others changed the sheet, and the page hears of it, as when one comes back to it.
async function meanwhile(queries: QueryClient, rows: SheetRow[]) {
  sheet = sheetOf(rows);
  await act(() => queries.refetchQueries({ queryKey: ['rounds'] }));
}

const press = (name: string) => { fireEvent.click(screen.getByRole('button', { name })); };
const rowOf = (id: string) => screen.getByRole('region', { name: `Rij ${id}` });
const isOpen = (id: string) => rowOf(id).classList.contains('is-open');
const before = (who: string) => ({ ...record('l', { how: 'Gereed', who }), references: {} });

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

describe('a closed row', () => {
  it('says of which place it was what was said the time before', async () => {
    await show([row('a', { last: before('w') }), row('b', { last: before('old') })],
      { old: { title: 'Oud-Oost', form: 'p/w' } });
    expect(rowOf('a').textContent).toContain('Vorige keer:Gereed');
    expect(rowOf('b').textContent).toContain('Vorige keer, van Oud-Oost:Gereed');
  });

  it('shows what is asked first, and every number that is taken over, with its word', async () => {
    const fields = { how: 'Gereed', why: 'Omdat', note: 'Stil', count: 12, seen: 7, who: 'w' };
    const last = { ...record('l', fields), references: {} };
    await show([row('a', { last })]);
    expect(rowOf('a').textContent).toContain('Vorige keer:GereedAantal: 12Omdat');
    expect(rowOf('a').textContent).not.toMatch(/Stil|Gezien/);
  });
});

describe('rows that are open', () => {
  it('are closed one by one after all were opened, by hand or as still right', async () => {
    await show([row('a', { last: before('w') }), row('b', { last: before('w') }), row('c')]);
    press('Alles openen');
    expect(['a', 'b', 'c'].map(isOpen)).toEqual([true, true, true]);
    press('Rij c');
    press('Klopt nog: Rij a');
    expect(['a', 'b', 'c'].map(isOpen)).toEqual([false, true, false]);
    press('Alles openen');
    press('Alles sluiten');
    expect(['a', 'b', 'c'].map(isOpen)).toEqual([false, false, false]);
  });

  it('with a problem open when it is told, each time, and may be closed', async () => {
    const problem = new ApiProblem(422, { problems: [
      { where: '/rows/0/fields/why', message: 'Dit moet.' }] });
    post.mockRejectedValue(problem);
    await show([row('a', { last: before('w') })]);
    press('Klopt nog: Rij a');
    for (const attempt of [1, 2]) {
      expect(isOpen('a')).toBe(false);
      press('Concept bewaren (1)');
      await waitFor(() => { expect(isOpen('a')).toBe(true); });
      expect(screen.getByLabelText(/^Waarom/)).toBeTruthy();
      expect(sent()).toHaveLength(attempt);
      press('Rij a');
    }
  });

  it('where somebody else wrote meanwhile open at once, and may be closed', async () => {
    const queries = await show([row('a', { last: before('w') }), row('b')]);
    press('Klopt nog: Rij a');
    await meanwhile(queries, [row('a', { last: before('w'), now: record('n', { how: 'Nee' }) }),
      row('b')]);
    await waitFor(() => { expect(['a', 'b'].map(isOpen)).toEqual([true, false]); });
    press('Rij a');
    expect(isOpen('a')).toBe(false);
  });
});

describe('what is not saved yet', () => {
  it('is told of at the bar to save it, where the keyboard goes after taking all', async () => {
    await show([row('a', { last: before('w') }), row('b', { last: before('w') })]);
    press('De rest klopt nog: neem over (2)');
    await waitFor(() => { expect(document.activeElement?.id).toBe('sheet-save'); });
    expect(document.activeElement?.textContent).toBe('Concept bewaren (2)');
  });

  it('is taken back for one row, with what was wrong with it', async () => {
    post.mockRejectedValue(new ApiProblem(422, { problems: [
      { where: '/rows/1/fields/why', message: 'Dit moet.' }] }));
    await show([row('a', { last: before('w') }), row('b')]);
    press('Klopt nog: Rij a');
    press('Invullen: Rij b');
    fireEvent.change(screen.getByLabelText(/^Hoe/), { target: { value: 'Goed' } });
    press('Concept bewaren (2)');
    await screen.findByRole('alert');
    press('Ongedaan maken: Rij b');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(isOpen('b')).toBe(false);
    expect(rowOf('b').textContent).toContain('Nog niet ingevuld');
    expect(screen.getByText('Concept bewaren (1)')).toBeTruthy();
    press('Ongedaan maken: Rij a');
    await waitFor(() => { expect(document.activeElement?.id).toBe('take-a'); });
    expect(screen.getByText('Concept bewaren')).toBeTruthy();
    expect(window.sessionStorage).toHaveLength(0);
  });

  it('is dropped as a whole only after a question', async () => {
    await show([row('a', { last: before('w') })]);
    press('Klopt nog: Rij a');
    press('Weggooien wat nog niet bewaard is');
    press('Annuleren');
    expect(rowOf('a').textContent).toContain('Overgenomen');
    press('Weggooien wat nog niet bewaard is');
    press('Weggooien');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(rowOf('a').textContent).toContain('Na te kijken');
    await waitFor(() => { expect(document.activeElement?.id).toBe('sheet-save'); });
  });
});

describe('what somebody else saved meanwhile', () => {
  const theirs = (version: number) => [row('a', { last: before('w'),
    now: { ...record('n', { how: `Zij ${version}` }, [step('', { kind: 'change' })]), version } })];
  const mine = (version?: number) => ['_save', { rows: [
    { row: 'a', fields: { how: 'Gereed' }, ...(version ? { version } : {}) }] }];
  const isSaidToBeReplaced = () => rowOf('a').textContent.includes('Bewaart u opnieuw');

  it('is told before it is saved over, also when it was read before saving', async () => {
    const queries = await show([row('a', { last: before('w') })]);
    press('Klopt nog: Rij a');
    for (const version of [2, 3]) {
      await meanwhile(queries, theirs(version));
      await waitFor(() => { expect(rowOf('a').textContent).toContain(`Zij ${version}`); });
      expect(isSaidToBeReplaced()).toBe(false);
      press('Concept bewaren (1)');
      expect(screen.getByRole('alert').textContent).toContain('Rij a: Iemand anders heeft');
      expect(isSaidToBeReplaced()).toBe(true);
    }
    expect(sent()).toEqual([]);
    press('Concept bewaren (1)');
    await screen.findByText('Bewaard.');
    expect(sent()).toEqual([mine(3)]);
  });

  it('is told by the server where it was not read yet, and once', async () => {
    post.mockRejectedValueOnce(new ApiProblem(409, { problems: [
      { where: '/rows/0', message: 'Iemand was eerder.' }] }));
    await show([row('a', { last: before('w') })]);
    press('Klopt nog: Rij a');
    sheet = sheetOf(theirs(2));
    press('Concept bewaren (1)');
    expect((await screen.findByRole('alert')).textContent).toContain('Iemand was eerder.');
    await waitFor(() => { expect(isSaidToBeReplaced()).toBe(true); });
    press('Concept bewaren (1)');
    await screen.findByText('Bewaard.');
    expect(sent()).toEqual([mine(), mine(2)]);
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
