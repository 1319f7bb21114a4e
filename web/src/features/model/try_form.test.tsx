// Trying decisions that share an input. Method: two forms with what is typed and the latest answer
// above them, as on the page of a model.
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { ModelAnswer, ModelDecision, ModelInput } from '@/api/models';
import { TryForm } from './try_form';
import type { Typed } from '@/ui/interview/question';

const { askModel } = vi.hoisted(() => ({ askModel: vi.fn() }));
vi.mock('@/api/models', () => ({ askModel }));

const number = { kind: 'number', text: 'number' };
const inputs: ModelInput[] = [{ name: 'Uren', type: number }, { name: 'Dagen', type: number }];
const decisionOf = (name: string) => (
  { name, type: number, needs: [], requires: [], logic: null } as unknown as ModelDecision);
const answerOf = (value: string): ModelAnswer => (
  { outcome: 'value', value, missing: [], errors: [], explanation: [] });

function Two() {
  const [typed, setTyped] = useState<Typed>({});
  const [answer, setAnswer] = useState<ModelAnswer | null>(null);
  const rest = { pack: 'p', model: 'm', typed, answer, onAnswer: setAnswer,
    onType: (path: string, value: string | string[]) => {
      setTyped((last) => ({ ...last, [path]: value }));
    } };
  return (
    <>
      <div data-testid="one">
        <TryForm {...rest} decision={decisionOf('A')} prefix="a" inputs={inputs.slice(0, 1)} />
      </div>
      <div data-testid="two">
        <TryForm {...rest} decision={decisionOf('B')} prefix="b" inputs={inputs} />
      </div>
      <p data-testid="marks">{answer ? String(answer.value) : 'none'}</p>
    </>
  );
}

const at = (place: string) => within(screen.getByTestId(place));
const type = (place: string, label: RegExp, text: string) => {
  fireEvent.change(at(place).getByLabelText(label), { target: { value: text } });
};
const told = (place: string) => at(place).getByRole('status', { hidden: true }).textContent;
const marks = () => screen.getByTestId('marks').textContent;

async function ask(place: string, value: string) {
  askModel.mockResolvedValueOnce(answerOf(value));
  fireEvent.click(at(place).getByText('Wat komt eruit?'));
  await waitFor(() => { expect(told(place)).toContain(value); });
}

beforeEach(() => {
  askModel.mockReset();
  render(<Two />);
});
afterEach(cleanup);

it('tells what comes out in a place that was there before', async () => {
  const place = at('one').getByRole('status', { hidden: true });
  expect(place.textContent).toBe('');
  type('one', /Uren/, '3');
  await ask('one', 'veel');
  expect(place.isConnected).toBe(true);
  expect(place.textContent).toContain('veel');
});

it('takes away what came out, and its marks, once something else is typed', async () => {
  type('one', /Uren/, '3');
  await ask('one', 'veel');
  expect(marks()).toBe('veel');
  type('one', /Uren/, '4');
  expect([told('one'), marks()]).toEqual(['', 'none']);
  type('one', /Uren/, '3');
  expect([told('one'), marks()]).toEqual(['', 'none']);
});

it('takes it away too when what is shared is typed elsewhere, but no later marks', async () => {
  type('one', /Uren/, '3');
  await ask('one', 'veel');
  await ask('two', 'weinig');
  type('two', /Dagen/, '1');
  expect([told('one').includes('veel'), told('two'), marks()]).toEqual([true, '', 'none']);
  await ask('two', 'weinig');
  type('one', /Uren/, 'x');
  expect([told('one'), told('two'), marks()]).toEqual(['', '', 'none']);
});

it('keeps the marks of another decision', async () => {
  type('two', /Dagen/, '1');
  await ask('two', 'weinig');
  await ask('one', 'veel');
  type('two', /Dagen/, '2');
  expect([told('one').includes('veel'), told('two'), marks()]).toEqual([true, '', 'veel']);
});

it('does not show an answer to what is no longer typed', async () => {
  let answer: (made: ModelAnswer) => void = () => undefined;
  askModel.mockReturnValueOnce(new Promise((resolve) => { answer = resolve; }));
  type('one', /Uren/, '3');
  fireEvent.click(at('one').getByText('Wat komt eruit?'));
  type('one', /Uren/, '4');
  answer(answerOf('veel'));
  const button = at('one').getByText<HTMLButtonElement>('Wat komt eruit?');
  await waitFor(() => { expect([button.disabled, marks()]).toEqual([false, 'none']); });
  expect(told('one')).toBe('');
});
