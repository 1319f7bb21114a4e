// The page of webhooks: what is wrong stands beside its field, a change sends what is on screen,
// and a trial message says what came of it. The server is a table of answers.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ApiProblem } from '@/api/problem';
import WebhooksPage from './webhooks_page';

const { post, request } = vi.hoisted(() => ({ post: vi.fn(), request: vi.fn() }));
vi.mock('@/api/client', () => ({ post, request }));
vi.mock('@/api/queries', () => ({ useCatalogue: () => ({ data: { packs: [] } }) }));

const hook = { id: 'h1', title: 'Zaken', url: 'https://zaken.example/in', forms: ['old/form'],
  events: ['created'], active: true };
const list = { items: [hook], forms: ['a/one', 'a/two'], events: ['created', 'changed'] };
const refused = (places: string[]) => new ApiProblem(400, { title: 'Niet alles klopt',
  problems: places.map((where) => ({ id: 'AP-0122', where, message: `Fout bij ${where}.`,
    hint: 'Verbeter het.' })) });

function show() {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<QueryClientProvider client={queries}><WebhooksPage /></QueryClientProvider>);
}

const describedOf = (label: string) => {
  const field = screen.getAllByLabelText(label)[0] as HTMLElement;
  return (field.getAttribute('aria-describedby') ?? '').split(' ')
    .map((id) => document.getElementById(id)?.textContent).join(' ');
};

beforeEach(() => {
  post.mockReset();
  request.mockReset();
  request.mockImplementation((_: string, options?: { method?: string }) => (
    Promise.resolve(options?.method === 'PUT' ? hook : list)));
});
afterEach(cleanup);

describe('the page of webhooks', () => {
  it('says beside each field what is wrong with it, and above them all', async () => {
    post.mockRejectedValue(refused(['/title', '/url', '/forms']));
    show();
    fireEvent.click(await screen.findByText('Maak webhook'));
    const summary = await screen.findByRole('alert');
    expect(within(summary).getAllByRole('link').map((link) => link.getAttribute('href')))
      .toEqual(['#webhook-title', '#webhook-url', '#webhook-forms']);
    expect(describedOf('Naam')).toContain('Fout bij /title. Verbeter het.');
    expect(describedOf('Adres')).toContain('Fout bij /url.');
    expect(document.getElementById('webhook-forms-error')?.textContent)
      .toContain('Fout bij /forms.');
    expect(document.getElementById('webhook-events-error')).toBeNull();
    expect(document.activeElement).toBe(summary);
  });

  it('changes what is on the screen, a register that is gone included', async () => {
    show();
    fireEvent.click(await screen.findByLabelText('Wijzig webhook Zaken'));
    const drawer = screen.getByRole('dialog');
    fireEvent.change(within(drawer).getByLabelText('Adres'),
      { target: { value: 'https://nieuw.example/' } });
    fireEvent.click(within(drawer).getByLabelText('old/form'));
    fireEvent.click(within(drawer).getByLabelText('a/two'));
    fireEvent.click(within(drawer).getByLabelText('De webhook staat aan'));
    fireEvent.click(within(drawer).getByText('Opslaan'));
    await screen.findByText('Opgeslagen.');
    expect(screen.queryByRole('dialog')).toBeNull();
    const [path, options] = request.mock.calls.find(([, given]) => given?.method === 'PUT') ?? [];
    expect(path).toBe('/v1/webhooks/h1');
    expect(options.body).toEqual({ title: 'Zaken', url: 'https://nieuw.example/',
      forms: ['a/two'], events: ['created'], active: false });
  });

  it('keeps a change that was refused open, with what is wrong', async () => {
    request.mockImplementation((_: string, options?: { method?: string }) => (
      options?.method === 'PUT' ? Promise.reject(refused(['/url'])) : Promise.resolve(list)));
    show();
    fireEvent.click(await screen.findByLabelText('Wijzig webhook Zaken'));
    fireEvent.click(within(screen.getByRole('dialog')).getByText('Opslaan'));
    await waitFor(() => {
      expect(document.getElementById('change-webhook-url-error')?.textContent)
        .toContain('Fout bij /url.');
    });
  });

  it('says what came of a trial message', async () => {
    post.mockResolvedValueOnce({ sent: true });
    show();
    fireEvent.click(await screen.findByLabelText('Stuur een proefbericht aan Zaken'));
    await screen.findByText(/Zaken heeft het proefbericht aangenomen/);
    expect(post).toHaveBeenCalledWith('/v1/webhooks/h1/_try', undefined);
    post.mockResolvedValueOnce({ sent: false, error: { id: 'EX-0012',
      message: { nl: 'Geen antwoord.', en: 'No answer.' },
      hint: { nl: 'Kijk of het aan staat.', en: 'See whether it is on.' } } });
    fireEvent.click(screen.getByLabelText('Stuur een proefbericht aan Zaken'));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Zaken heeft het proefbericht niet aangenomen.');
    expect(alert.textContent).toContain('Geen antwoord. Kijk of het aan staat.');
  });
});
