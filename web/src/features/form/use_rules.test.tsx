// The rules of a form beside what is typed: which fields are asked, what is told beside them and
// why, what is sent. The server is a promise that answers as a form of two fields would.
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Fields, Form, FormEvaluation } from '@/api/types';
import { form, onScreen, rule, show, text, told, type, why } from './plan_fixture';
import { askedOf, hasRules } from './use_rules';

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
  post.mockReset();
  request.mockReset();
  loadEngine.mockReset();
  loadEngine.mockResolvedValue(undefined);
  post.mockImplementation((_path: string, body: { fields: Fields }) => (
    Promise.resolve(told(body.fields))));
  onScreen({ isNarrow: false });
});
afterEach(cleanup);

describe('what is asked', () => {
  const fields = (part: Fields) => askedOf(form, Object.keys(form.fields), told(part));

  it('follows the rules, and the field itself without them', () => {
    expect(fields({})).toEqual(
      { hidden: new Set(), required: new Set(['starts', 'reason']) });
    expect(fields({ starts: '2026-01-01', ends: '2026-01-02' })).toEqual(
      { hidden: new Set(['reason']), required: new Set(['starts', 'ends']) });
  });

  it('is everything, and requires nothing by rule, until the server has answered', () => {
    expect(askedOf(form, ['starts', 'ends', 'reason'], undefined)).toEqual(
      { hidden: new Set(), required: new Set(['starts']) });
  });

  it('is what a step asks, and what a rule requires beside it', () => {
    const step = new Set(['reason']);
    expect(askedOf(form, ['starts', 'ends', 'reason'], told({ starts: '2026-01-01' }), step))
      .toEqual({ hidden: new Set(), required: new Set(['ends', 'reason']) });
  });

  it('asks a server only about a form with rules', () => {
    expect(hasRules(form)).toBe(true);
    expect(hasRules({ ...form, fields: { starts: form.fields.starts } } as Form)).toBe(false);
    expect(hasRules({ ...form, fields: {}, valid_if: [{ ...rule, message: text('m') }] }))
      .toBe(true);
  });
});

describe('a form with rules', () => {
  it('says beside the field what does not go together, and why', async () => {
    show();
    type(/Begin/, '5-1-2026');
    type(/Einde/, '3-1-2026');
    await screen.findByText('Het einde ligt voor het begin.', { selector: '[id]' });
    expect(screen.getByLabelText(/Einde/).getAttribute('aria-describedby')).toContain('error');
    const reasons = screen.getAllByText('Waarom?');
    expect(reasons.length).toBeGreaterThan(0);
    expect(screen.getAllByText('5 januari 2026').length).toBeGreaterThan(0);
    expect(post).toHaveBeenLastCalledWith('/v1/forms/rules/plan/_evaluate',
      { fields: { starts: '2026-01-05', ends: '2026-01-03' } }, expect.anything());
  });

  it('says what is open once somebody began, and never as if it were wrong', async () => {
    post.mockImplementation((_path: string, body: { fields: Fields }) => {
      const facts = [{ name: 'ends', value: 'null' }, { name: 'starts', value: 'null' }];
      const message = { refused: false, text: text('Het einde ligt voor het begin.'),
        why: why({ outcome: 'unknown', facts, missing: ['ends'] }) };
      const answer = told(body.fields);
      answer.fields.ends = { shown: true, required: false, messages: [message], why: {} };
      return Promise.resolve(answer);
    });
    show();
    await screen.findByText('Nog niet te berekenen');
    expect(screen.queryByText(/Of dit klopt/)).toBeNull();
    type(/Begin/, '1-1-2026');
    await screen.findByText('Of dit klopt is nog niet te zeggen. Niet ingevuld: Einde.');
    expect(screen.queryByText('Het einde ligt voor het begin.')).toBeNull();
  });

  it('asks once for a row of key strokes', async () => {
    show();
    await waitFor(() => { expect(post).toHaveBeenCalledTimes(1); });
    for (const typed of ['5', '5-', '5-1', '5-1-', '5-1-2026']) type(/Begin/, typed);
    await waitFor(() => { expect(post).toHaveBeenCalledTimes(2); });
  });

  it('hides a field, says that what it held is not saved, and does not send it', async () => {
    request.mockResolvedValue({ id: '1', form: 'rules/plan' });
    show();
    type(/Begin/, '1-1-2026');
    type(/Uitleg/, 'daarom');
    type(/Einde/, '3-1-2026');
    await screen.findByText(/wordt niet opgeslagen: Uitleg/);
    expect(screen.queryByLabelText(/Uitleg/)).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Opslaan' }));
    await waitFor(() => { expect(request).toHaveBeenCalled(); });
    expect(sent()).toEqual({ starts: '2026-01-01', ends: '2026-01-03' });
  });

  it('sends what an older answer hid, when it is asked again by now', async () => {
    request.mockResolvedValue({ id: '1', form: 'rules/plan' });
    post.mockImplementation((_path: string, body: { fields: Fields }) => {
      const { fields: { ends, ...others }, ...more } = told(body.fields);
      const free = { ...ends, required: false };
      return Promise.resolve({ ...more, fields: { ...others, ends: free } });
    });
    show();
    type(/Begin/, '1-1-2026');
    type(/Uitleg/, 'daarom');
    type(/Einde/, '3-1-2026');
    await screen.findByText(/wordt niet opgeslagen: Uitleg/);
    type(/Einde/, '');
    fireEvent.click(screen.getByRole('button', { name: 'Opslaan' }));
    expect(request).not.toHaveBeenCalled();
    await waitFor(() => { expect(request).toHaveBeenCalledTimes(1); });
    expect(sent()).toEqual({ starts: '2026-01-01', reason: 'daarom' });
  });

  it('does not send before the server has said what is asked', async () => {
    request.mockResolvedValue({ id: '1', form: 'rules/plan' });
    const answers: ((answer: FormEvaluation) => void)[] = [];
    post.mockImplementation(() => new Promise((resolve) => { answers.push(resolve); }));
    show();
    type(/Begin/, '1-1-2026');
    type(/Einde/, '3-1-2026');
    fireEvent.click(screen.getByRole('button', { name: 'Opslaan' }));
    await waitFor(() => { expect(answers.length).toBe(2); });
    expect(screen.getByRole('button', { name: /Bezig met opslaan/ })).toBeTruthy();
    expect(request).not.toHaveBeenCalled();
    answers[1]?.(told({ starts: '2026-01-01', ends: '2026-01-03' }));
    await waitFor(() => { expect(request).toHaveBeenCalledTimes(1); });
  });

  it('shows a computed value and nothing to type, or what it waits for', async () => {
    show();
    await screen.findByText('Nog niet te berekenen');
    await screen.findByText('Nog niet ingevuld: Einde.');
    type(/Begin/, '1-1-2026');
    type(/Einde/, '3-1-2026');
    await waitFor(() => { expect(screen.getByText('3', { selector: 'output' })).toBeTruthy(); });
  });

  it.each([
    ['keeps what the record holds', undefined, { reason: 'daarom' }],
    ['lets it go when somebody clears it', '', {}],
  ])('%s', async (_name, typed, rest) => {
    request.mockResolvedValue({ id: '1', form: 'rules/plan' });
    show({ starts: '2026-01-01', reason: 'daarom' });
    type(/Einde/, '3-1-2026');
    await screen.findByText(/hoort niet bij wat er verder is ingevuld/);
    if (typed !== undefined) {
      type(/Uitleg/, typed);
      await waitFor(() => { expect(screen.queryByLabelText(/Uitleg/)).toBeNull(); });
    }
    fireEvent.click(screen.getByRole('button', { name: 'Opslaan' }));
    await waitFor(() => { expect(request).toHaveBeenCalledTimes(1); });
    expect(sent()).toEqual({ starts: '2026-01-01', ends: '2026-01-03', ...rest });
  });

  it('says aloud which fields come and go, and what does not go together', async () => {
    show();
    type(/Begin/, '5-1-2026');
    await waitFor(() => { expect(post).toHaveBeenCalledTimes(2); });
    const places = screen.getAllByRole('status').map((one) => one.textContent);
    type(/Einde/, '3-1-2026');
    await screen.findByText(
      'Niet meer gevraagd: Uitleg. Einde: Het einde ligt voor het begin.', { selector: '[role]' });
    expect(screen.getAllByRole('status')).toHaveLength(places.length);
    type(/Einde/, '');
    await screen.findByText('Nu wordt ook gevraagd: Uitleg.', { selector: '[role]' });
    expect(screen.getByRole('status', { name: /Dagen/ }).tagName).toBe('OUTPUT');
  });

  it('stays at its question on a phone while others come and go', async () => {
    onScreen({ isNarrow: true });
    post.mockImplementation((_path: string, body: { fields: Fields }) => {
      const answer = told({});
      // The first question goes by the answer to the second.
      const starts = { shown: !body.fields.ends, required: false, messages: [], why: {} };
      return Promise.resolve({ ...answer, fields: { ...answer.fields, starts } });
    });
    show();
    fireEvent.click(screen.getByRole('button', { name: 'Volgende vraag' }));
    await screen.findByText('Vraag 2 van 4');
    type(/Einde/, '3-1-2026');
    await screen.findByText('Vraag 1 van 3');
    expect(screen.getByLabelText(/Einde/).closest('[hidden]')).toBeNull();
    type(/Einde/, '');
    await screen.findByText('Vraag 2 van 4');
    expect(screen.getByLabelText(/Einde/).closest('[hidden]')).toBeNull();
  });
});

describe('a form with rules whose server is away', () => {
  it('goes on without the server: every field is asked', async () => {
    post.mockRejectedValue(new Error('away'));
    show();
    await waitFor(() => { expect(post).toHaveBeenCalled(); });
    expect(screen.getByLabelText(/Uitleg/)).toBeTruthy();
    expect(screen.getByLabelText(/Einde/)).toBeTruthy();
    request.mockResolvedValue({ id: '1', form: 'rules/plan' });
    type(/Begin/, '1-1-2026');
    type(/Uitleg/, 'daarom');
    fireEvent.click(screen.getByRole('button', { name: 'Opslaan' }));
    await waitFor(() => { expect(request).toHaveBeenCalled(); });
    expect(sent()).toEqual({ starts: '2026-01-01', reason: 'daarom' });
  });

  it('asks everything again when the server goes away', async () => {
    show();
    type(/Begin/, '1-1-2026');
    type(/Uitleg/, 'daarom');
    type(/Einde/, '3-1-2026');
    await screen.findByText(/wordt niet opgeslagen: Uitleg/);
    post.mockRejectedValue(new Error('away'));
    type(/Einde/, '4-1-2026');
    await screen.findByLabelText(/Uitleg/);
    request.mockResolvedValue({ id: '1', form: 'rules/plan' });
    fireEvent.click(screen.getByRole('button', { name: 'Opslaan' }));
    await waitFor(() => { expect(request).toHaveBeenCalled(); });
    expect(sent()).toEqual({ starts: '2026-01-01', ends: '2026-01-04', reason: 'daarom' });
  });
});
