// The rules of a form judged in the browser: at once, without a connection, and by the server where
// the engine leaves it. Method: an engine that answers as a form of four fields would; that the
// true one answers as the server does is tested in tests/engine.
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Fields, FormEvaluation } from '@/api/types';
import type { FormRequest } from '@/lib/engine/types';
import { noteServerTime } from '@/lib/server_clock';
import { form, onScreen, show, text, told, type } from './plan_fixture';
import { formRequest } from './use_form_engine';

const { post, request, loadEngine, catalogue } = vi.hoisted(() => (
  { post: vi.fn(), request: vi.fn(), loadEngine: vi.fn(), catalogue: { packs: [] } }));
vi.mock('@/lib/engine/engine', () => ({ loadEngine }));
vi.mock('@/api/client', () => ({ post, request, currentPurpose: () => '' }));
vi.mock('@/api/queries', () => ({
  keys: { record: () => [], search: () => [], tasks: [] },
  useSession: () => ({ data: { account: { id: 'anna' } } }),
  useCatalogue: () => ({ data: catalogue }),
}));

const sent = () => (request.mock.calls[0]?.[1] as { body: { fields: Fields } }).body.fields;

beforeEach(() => {
  sessionStorage.clear();
  for (const mock of [post, request, loadEngine]) mock.mockReset();
  post.mockImplementation((_path: string, body: { fields: Fields }) => (
    Promise.resolve(told(body.fields))));
  onScreen({ isNarrow: false });
});
afterEach(cleanup);

// An engine that tells what the server would, or leaves a text to it.
function engineThat(judges: (fields: Fields) => FormEvaluation) {
  const form = {
    evaluate: vi.fn((fields: string, _today: string) => judges(JSON.parse(fields) as Fields)),
    release: vi.fn(),
  };
  return { form, engine: { compileForm: vi.fn((_request: FormRequest) => form) } };
}

async function showWith({ engine }: ReturnType<typeof engineThat>) {
  loadEngine.mockResolvedValue(engine);
  show();
  await screen.findByText('Nog niet te berekenen');
  await waitFor(() => { expect(engine.compileForm).toHaveBeenCalledTimes(1); });
  await waitFor(() => { expect(post).toHaveBeenCalled(); });
  post.mockClear();
}

describe('a form whose rules the browser judges', () => {
  it('follows what is typed at once, and asks the server nothing', async () => {
    const judge = engineThat(told);
    await showWith(judge);
    type(/Einde/, '3-1-2026');
    expect(screen.queryByLabelText(/Uitleg/)).toBeNull();
    type(/Einde/, '');
    expect(screen.getByLabelText(/Uitleg/)).toBeTruthy();
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    expect(post).not.toHaveBeenCalled();
    expect(judge.form.evaluate.mock.calls.at(-1)?.[1]).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it('asks again on another day, of the very same fields', async () => {
    const judge = engineThat(told);
    await showWith(judge);
    type(/Begin/, '1-1-2026');
    const [fields, day] = judge.form.evaluate.mock.calls.at(-1) ?? [];
    noteServerTime(new Date(Date.now() + 86_400_000).toUTCString());
    fireEvent.click(screen.getByRole('button', { name: 'Opslaan' }));
    const [sameFields, nextDay] = judge.form.evaluate.mock.calls.at(-1) ?? [];
    noteServerTime(new Date().toUTCString());
    expect(sameFields).toBe(fields);
    expect(nextDay && day && nextDay > day).toBe(true);
  });

  it('gives the engine the form and its lists', async () => {
    const judge = engineThat(told);
    await showWith(judge);
    expect(judge.engine.compileForm).toHaveBeenCalledWith(
      { name: 'rules/plan', form: { fields: form.fields, valid_if: undefined }, lists: {} });
    cleanup();
    expect(judge.form.release).toHaveBeenCalledTimes(1);
  });

  it('goes on without a connection', async () => {
    const judge = engineThat(told);
    await showWith(judge);
    post.mockRejectedValue(new Error('away'));
    type(/Begin/, '1-1-2026');
    type(/Einde/, '3-1-2026');
    expect(screen.queryByLabelText(/Uitleg/)).toBeNull();
    request.mockResolvedValue({ id: '1', form: 'rules/plan' });
    fireEvent.click(screen.getByRole('button', { name: 'Opslaan' }));
    await waitFor(() => { expect(request).toHaveBeenCalledTimes(1); });
    expect(sent()).toEqual({ starts: '2026-01-01', ends: '2026-01-03' });
  });

  it('asks the server what the engine leaves to it', async () => {
    const judge = engineThat((fields) => {
      if (fields.ends) throw new Error('FE-0070');
      return told(fields);
    });
    await showWith(judge);
    type(/Begin/, '1-1-2026');
    expect(post).not.toHaveBeenCalled();
    type(/Einde/, '3-1-2026');
    await waitFor(() => { expect(post).toHaveBeenCalledTimes(1); });
    await waitFor(() => { expect(screen.queryByLabelText(/Uitleg/)).toBeNull(); });
  });

  it('leaves a form that the engine refuses to the server', async () => {
    const judge = engineThat(told);
    judge.engine.compileForm.mockImplementation(() => { throw new Error('FE-0073'); });
    await showWith(judge);
    type(/Einde/, '3-1-2026');
    await waitFor(() => { expect(post).toHaveBeenCalled(); });
    await waitFor(() => { expect(screen.queryByLabelText(/Uitleg/)).toBeNull(); });
  });
});

it('finds the lists of a form, also of other packs and inside groups', () => {
  const codes = { a: { label: text('A') } };
  const pack = { name: 'one', forms: {}, lists: { own: { title: text('o'), codes } } };
  const other = { name: 'two', forms: {}, lists: { far: { title: text('f'), codes } } };
  const fields = {
    kind: { type: 'choice', label: text('k'), list: 'own' },
    rows: { type: 'group', label: text('r'), fields: {
      far: { type: 'choice', label: text('f'), list: 'two/far' },
      gone: { type: 'choice', label: text('g'), list: 'three/gone' },
    } },
  };
  const asked = formRequest({ packs: [pack, other] } as never,
    { pack, name: 'one/form', form: { fields } } as never);
  expect(asked.lists).toEqual({ 'one/own': { codes }, 'two/far': { codes } });
});
