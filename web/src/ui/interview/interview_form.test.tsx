// A decision question by question, where a request fails or lasts.
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { InterviewStep, ModelDecision, ModelQuestion } from '@/api/models';
import { InterviewForm } from './interview_form';

const { interviewModel } = vi.hoisted(() => ({ interviewModel: vi.fn() }));
vi.mock('@/api/models', () => ({ interviewModel }));

const number = { kind: 'number', text: 'number' };
const decision = { name: 'Bijdrage', type: number, needs: ['Uren', 'Dagen'], requires: [],
  logic: null } as unknown as ModelDecision;
const asks = (name: string): InterviewStep => (
  { next: { name, input: name, type: number, why: [] }, open: [name], end: null });
const given = (call: number) => (
  (interviewModel.mock.calls[call]?.[2] as ModelQuestion | undefined)?.inputs);

async function reply(label: RegExp, text: string) {
  fireEvent.change(await screen.findByLabelText(label), { target: { value: text } });
  fireEvent.click(screen.getByText('Volgende'));
}

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn();
  interviewModel.mockReset();
  interviewModel.mockResolvedValueOnce(asks('Uren'));
  render(<InterviewForm pack="p" model="m" decision={decision} prefix="q" onAnswer={vi.fn()} />);
  const details = screen.getByText('Vraag voor vraag').closest('details');
  if (details) details.open = true;
});
afterEach(cleanup);

it('asks again with the answer that a failed request had', async () => {
  interviewModel.mockRejectedValueOnce(new Error('away')).mockResolvedValueOnce(asks('Dagen'));
  await reply(/Uren/, '12');
  fireEvent.click(await screen.findByText('Probeer opnieuw'));
  await screen.findByLabelText(/Dagen/);
  expect([given(0), given(1), given(2)]).toEqual([{}, { Uren: '12' }, { Uren: '12' }]);
  expect(screen.getByText('12')).toBeTruthy();
});

it('tells at the end what changes nothing, and with which example it was worked out', async () => {
  interviewModel.mockResolvedValueOnce({ next: null, open: [],
    end: { outcome: 'value', value: 5, missing: [], errors: [], explanation: [] },
    stand_ins: [{ name: 'Dagen', input: 'Dagen', value: 3 }] });
  await reply(/Uren/, '12');
  expect((await screen.findByText(/^Maakt niet uit/)).textContent).toContain('Dagen (3)');
});

it('lets no answer be changed while the next question is awaited', async () => {
  interviewModel.mockResolvedValueOnce(asks('Dagen'));
  await reply(/Uren/, '12');
  let answer: (step: InterviewStep) => void = () => undefined;
  interviewModel.mockReturnValueOnce(new Promise((resolve) => { answer = resolve; }));
  await reply(/Dagen/, '3');
  const buttons = () => ['Wijzig', 'Begin opnieuw'].map((name) => (
    screen.getAllByText<HTMLButtonElement>(name)[0]?.disabled));
  await waitFor(() => { expect(buttons()).toEqual([true, true]); });
  answer(asks('Weken'));
  await screen.findByLabelText(/Weken/);
  expect(buttons()).toEqual([false, false]);
});

it('asks which of two answers is right, and changes it without losing the other', async () => {
  interviewModel.mockResolvedValueOnce(asks('Dagen'));
  await reply(/Uren/, '12');
  interviewModel.mockResolvedValueOnce({ next: null, open: [], end: null, contradictions: [
    { decision: 'Vreemd', question: 'Zo veel op een dag?', answers: ['Uren', 'Dagen'],
      may_stand: false }] });
  await reply(/Dagen/, '1');
  expect((await screen.findByRole('alert')).textContent).toContain('Zo veel op een dag?');
  expect(screen.queryByText('Het klopt allemaal')).toBeNull();
  fireEvent.click(screen.getByText(/^Wijzig “Dagen”/));
  expect(screen.queryByRole('alert')).toBeNull();
  interviewModel.mockResolvedValueOnce({ next: null, open: [],
    end: { outcome: 'value', value: 5, missing: [], errors: [], explanation: [] } });
  await reply(/^Dagen/, '3');
  await waitFor(() => { expect(given(3)).toEqual({ Uren: '12', Dagen: '3' }); });
  expect(screen.queryByRole('alert')).toBeNull();
});
