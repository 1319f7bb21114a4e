// The page of retention: what it shows of a record, that nothing is asked of the server before the
// last question is answered, and what it says of the outcome. The server is a table of answers.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import RetentionPage from './retention_page';

const { post } = vi.hoisted(() => ({ post: vi.fn() }));
vi.mock('@/api/client', () => ({ post }));

const kAdult = { nl: 'Volwassene', en: 'Adult' };
const north = { id: 'north', name: 'Noord' };
const due = (id: string, more = {}) => ({ id, form: 'probe/adult', form_title: kAdult,
  person: false, organisation: north, version: 3, changed: '2020-01-10', due: '2025-01-11',
  retention: 'P5Y', law: 'Verzonnen wet', article: '1', ...more });
const page = { items: [due('aaaaaaaaaaaaaaaaaaaa123456', { person: true }),
  due('bb', { title: 'Moeder' })], count: 2, may: ['erase'] };
const none = { items: [] };

let answers: Record<string, unknown>;

function show() {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<QueryClientProvider client={queries}><RetentionPage /></QueryClientProvider>);
}

const asked = (path: string) => post.mock.calls.filter(([to]) => to === `/v1/retention/${path}`);

beforeEach(() => {
  answers = { _search: page, _erasures: none, _approve: { erased: 1, left: [], wiped: true } };
  post.mockReset();
  post.mockImplementation((path: string) => (
    Promise.resolve(answers[path.replace('/v1/retention/', '')])));
});
afterEach(cleanup);

describe('the page of retention', () => {
  it('says of each record why it may go, and its name only where that came along', async () => {
    show();
    const row = (await screen.findByText('Moeder')).closest('tr') as HTMLElement;
    expect(within(row).getByText('10 januari 2020')).toBeTruthy();
    expect(within(row).getByText('5 jaar')).toBeTruthy();
    expect(within(row).getByText('Verzonnen wet, artikel 1')).toBeTruthy();
    expect(within(row).getByText('11 januari 2025')).toBeTruthy();
    const other = screen.getByText('Volwassene …123456').closest('tr') as HTMLElement;
    expect(within(other).getByText(/Het dossier van de persoon zelf/)).toBeTruthy();
    expect(screen.getByText(/Aan vernietiging toe: 2 dossiers/)).toBeTruthy();
    expect(screen.getByText('Er is nog niets vernietigd.')).toBeTruthy();
  });

  it('asks once more, and sends what was chosen with its version', async () => {
    show();
    fireEvent.click(await screen.findByLabelText('Moeder'));
    fireEvent.click(screen.getByText('Vernietig wat u koos (1)'));
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getByText('1 × Volwassene, Noord')).toBeTruthy();
    expect(within(dialog).queryByText(/Van een persoon verdwijnen/)).toBeNull();
    fireEvent.click(within(dialog).getByText('Vernietig voorgoed'));
    expect(within(dialog).getByRole('alert').textContent).toContain('Zet hier een vinkje');
    expect(within(dialog).getByRole('checkbox').getAttribute('aria-invalid')).toBe('true');
    expect(asked('_approve')).toHaveLength(0);
    fireEvent.click(within(dialog).getByRole('checkbox'));
    fireEvent.click(within(dialog).getByText('Vernietig voorgoed'));
    await screen.findByText('Vernietigd: 1 dossier.');
    expect(asked('_approve')).toEqual([
      ['/v1/retention/_approve', { records: [{ record: 'bb', version: 3 }] }]]);
    await waitFor(() => { expect(asked('_search')).toHaveLength(2); });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says what stayed, and wipes again what was busy', async () => {
    answers['_approve'] = { erased: 1, left: ['bb'], wiped: false };
    show();
    fireEvent.click(await screen.findByText('Kies alles op de lijst'));
    fireEvent.click(screen.getByText('Vernietig wat u koos (2)'));
    expect(screen.getByText(/Van een persoon verdwijnen/)).toBeTruthy();
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('checkbox'));
    fireEvent.click(screen.getByText('Vernietig voorgoed'));
    await screen.findByText(/Niet vernietigd: 1 dossier/);
    fireEvent.click(screen.getByText('Ruim de resten op'));
    await waitFor(() => { expect(asked('_approve')).toHaveLength(2); });
    expect(asked('_approve')[1]).toEqual(asked('_approve')[0]);
  });

  it('sends more than one request may name in several, and adds up what came of them', async () => {
    const many = Array.from({ length: 1001 }, (_, at) => due(`r${at}`, { title: `Brief ${at}` }));
    answers['_search'] = { ...page, items: many, count: 1001 };
    answers['_approve'] = { erased: 3, left: ['r7'], wiped: true };
    show();
    fireEvent.click(await screen.findByText('Kies alles op de lijst'));
    fireEvent.click(screen.getByText(/^Vernietig wat u koos/));
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('checkbox'));
    fireEvent.click(screen.getByText('Vernietig voorgoed'));
    await screen.findByText('Vernietigd: 6 dossiers.');
    const sent = asked('_approve').map((call) => (call[1] as { records: unknown[] }).records);
    expect(sent.map(({ length }) => length)).toEqual([1000, 1]);
    expect(sent[1]).toEqual([{ record: 'r1000', version: 3 }]);
  }, 30_000);

  it('gives who may only look nothing to choose', async () => {
    answers['_search'] = { ...page, may: [] };
    show();
    await screen.findByText('Moeder');
    expect(screen.queryAllByRole('checkbox')).toHaveLength(0);
    expect(screen.queryByText(/^Vernietig/)).toBeNull();
    expect(screen.getByText(/Een beheerder keurt de lijst goed\./)).toBeTruthy();
  });

  it('says what was destroyed, why and by whom', async () => {
    answers['_search'] = { items: [], count: 0, may: ['erase'] };
    answers['_erasures'] = { items: [
      { seq: 9, at: '2026-01-31T09:00:00.000000Z', by: { id: 'a', name: 'Ada' },
        organisation: north, cause: 'request', reason: 'Op verzoek', accounts: 1,
        records: [{ form: 'probe/adult', form_title: kAdult, count: 2 }] },
      { seq: 7, at: '2026-01-30T09:00:00.000000Z', by: { id: 'a', name: 'Ada' },
        organisation: north, cause: 'retention', accounts: 0,
        records: [{ form: 'gone/form', count: 1 }] }] };
    show();
    const row = (await screen.findByText('Persoon gewist: Op verzoek')).closest('tr') as
      HTMLElement;
    expect(within(row).getByText('2 × Volwassene, 1 × account')).toBeTruthy();
    expect(within(row).getByText('Ada')).toBeTruthy();
    expect(screen.getByText('Bewaartermijn voorbij')).toBeTruthy();
    expect(screen.getByText('1 × gone/form')).toBeTruthy();
    expect(screen.getByText('Geen dossier is aan vernietiging toe.')).toBeTruthy();
  });
});
