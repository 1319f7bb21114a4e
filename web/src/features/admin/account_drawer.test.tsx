// Which person an account is: chosen by name among the forms of persons that one may read, by id
// where one may read none, taken away again, and sent only when it changed.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ApiProblem } from '@/api/problem';
import type { Catalogue } from '@/api/types';
import { AccountDrawer } from './account_drawer';
import type { Account } from './accounts';

const { request, useCatalogue, useSearch } = vi.hoisted(() => (
  { request: vi.fn(), useCatalogue: vi.fn(), useSearch: vi.fn() }));
vi.mock('@/api/client', () => ({ request }));
vi.mock('@/api/queries', () => (
  { useCatalogue, useSearch, keys: { record: (id: string) => ['record', id] } }));

const account: Account = { id: 'a1', login: 'lot', name: 'Lot', roles: [], active: true,
  organisation: { id: 'north', name: 'Noord' } };
const text = (word: string) => ({ nl: word, en: word });
const form = (plural: string, may: string[], person = true) => ({ title: text(plural),
  plural: text(plural), subject: 'person', person, may, fields: {} });

function persons(may: string[]): Catalogue {
  return { packs: [{ name: 'p', title: text('P'), forms: { child: form('Kinderen', may),
    note: form('Notities', may, false) } }] } as unknown as Catalogue;
}

function show(one: Account, catalogue: Catalogue) {
  useCatalogue.mockReturnValue({ data: catalogue });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <AccountDrawer account={one} organisations={[]} onClose={() => undefined} />
    </QueryClientProvider>);
}

const kField = /Welke persoon is dit zelf/;
const question = () => (
  screen.getByLabelText(kField, { selector: 'input' }) as HTMLInputElement);
const sent = () => request.mock.calls.filter(([, options]) => options?.method === 'PUT')
  .map(([, options]) => options.body);

async function save() {
  const before = sent().length;
  fireEvent.click(screen.getByText('Opslaan'));
  await waitFor(() => { expect(sent()).toHaveLength(before + 1); });
  return sent()[before];
}

beforeEach(() => {
  request.mockReset();
  request.mockResolvedValue({ ...account, title: 'Anna' });
  useSearch.mockReset();
  useSearch.mockReturnValue({ data: { pages: [{ items: [{ id: 'c1', title: 'Anna' }] }] } });
});
afterEach(cleanup);

describe('which person an account is', () => {
  it('is chosen by name, among persons alone', async () => {
    show(account, persons(['read']));
    const field = question();
    fireEvent.change(field, { target: { value: 'an' } });
    expect(useSearch.mock.lastCall?.[0]).toMatchObject({ form: 'p/child' });
    expect(screen.queryByText('Notities')).toBeNull();
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(screen.getByText('Gekozen: Anna')).toBeTruthy();
    expect(await save()).toMatchObject({ name: 'Lot', subject: 'c1' });
  });

  it('is shown by name, left alone when nothing changes, and taken away', async () => {
    show({ ...account, subject: 'c1' }, persons(['read']));
    await screen.findByText('Gekozen: Anna');
    expect(await save()).not.toHaveProperty('subject');
    fireEvent.click(screen.getByLabelText(/Anna/));
    expect(await save()).toMatchObject({ subject: '' });
  });

  it('is given by its id where one may see no persons, and nothing is looked up', async () => {
    show({ ...account, subject: 'c1' }, persons([]));
    expect(request).not.toHaveBeenCalled();
    const field = question();
    expect(field.value).toBe('c1');
    fireEvent.change(field, { target: { value: ' c2 ' } });
    expect(await save()).toMatchObject({ subject: 'c2' });
    fireEvent.click(screen.getByText('Maak los van deze persoon'));
    expect(await save()).toMatchObject({ subject: '' });
  });

  it('stands beside its field when it is no person', async () => {
    request.mockRejectedValue(new ApiProblem(400, { problems: [
      { id: 'AP-0054', where: '/subject', message: 'Dit is geen dossier van een persoon.' }] }));
    show(account, persons([]));
    fireEvent.change(question(), { target: { value: 'x' } });
    fireEvent.click(screen.getByText('Opslaan'));
    await waitFor(() => {
      expect(document.getElementById('edit-subject-error')?.textContent)
        .toContain('Dit is geen dossier van een persoon.');
    });
    expect(question().getAttribute('aria-invalid')).toBe('true');
  });
});
