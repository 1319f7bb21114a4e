// Several decisions gone through with the same answers.
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Contradiction, InterviewStep, ModelQuestion } from '@/api/models';
import { useInterview } from './use_interview';

const { interviewModel } = vi.hoisted(() => ({ interviewModel: vi.fn() }));
vi.mock('@/api/models', () => ({ interviewModel }));

const decisions = ['First', 'Second', 'Third'].map((name) => ({ name, needs: ['Fact'] }));
const asks = { next: { name: 'More', input: 'More' }, open: ['More'], end: null };
const ends = (outcome: string) => ({ next: null, open: [], end: { outcome, value: null } });

async function interviewOf(...steps: object[]) {
  for (const step of steps) interviewModel.mockResolvedValueOnce(step as InterviewStep);
  const { result } = renderHook(() => useInterview({ pack: 'p', model: 'm', decisions,
    prefix: 'q' }));
  await act(async () => { await result.current.ask([]); });
  return result.current;
}

beforeEach(() => { interviewModel.mockReset(); });
afterEach(cleanup);

it('asks for the next decision where the one before came to something', async () => {
  const held = await interviewOf(ends('value'), asks);
  expect(held.question?.name).toBe('More');
  expect(held.isDone).toBe(false);
  expect(held.ends.map(({ decision }) => decision)).toEqual(['First']);
});

it('asks nothing more once one cannot be determined, and tells what is settled', async () => {
  const held = await interviewOf(ends('unknown'), asks, ends('value'));
  expect(held.question).toBeNull();
  expect(held.isDone).toBe(true);
  expect(held.ends.map(({ decision }) => decision)).toEqual(['First', 'Third']);
});

describe('answers that contradict each other', () => {
  const doubt: Contradiction = { decision: 'Odd', answers: ['Fact'], may_stand: true };
  const clash = { next: null, open: [], end: null, contradictions: [doubt] };
  const reply = (value: string) => ({ value, question: { name: 'Fact', input: 'Fact', why: [],
    type: { kind: 'string', text: 'string' } } });
  const asked = (call: number) => (interviewModel.mock.calls[call]?.[2] as ModelQuestion);

  it('hold back what rests on them, and nothing more is asked', async () => {
    const held = await interviewOf(clash, asks, ends('value'));
    expect(held.contradictions).toEqual([doubt]);
    expect(held.question).toBeNull();
    expect(held.isDone).toBe(false);
    expect(held.ends.map(({ decision }) => decision)).toEqual(['Third']);
  });

  it('may stand when the person says so, until one of them is changed', async () => {
    const { result } = renderHook(() => useInterview({ pack: 'p', model: 'm', prefix: 'q',
      decisions: [{ name: 'First', needs: ['Fact'] }] }));
    interviewModel.mockResolvedValueOnce(clash);
    await act(async () => { await result.current.ask([reply('a')]); });
    interviewModel.mockResolvedValueOnce(ends('value'));
    await act(async () => { await result.current.accept(doubt); });
    expect(asked(1)).toEqual({ decision: 'First', inputs: { Fact: 'a' }, accepted: ['Odd'] });
    expect(result.current.isDone).toBe(true);
    expect(result.current.accepted).toEqual([doubt]);
    interviewModel.mockResolvedValueOnce(clash);
    await act(async () => { await result.current.ask([reply('b')]); });
    expect(asked(2)).toEqual({ decision: 'First', inputs: { Fact: 'b' } });
    expect(result.current.accepted).toEqual([]);
  });

  it('are looked for among answers to other decisions too', async () => {
    const { result } = renderHook(() => useInterview({ pack: 'p', model: 'm', prefix: 'q',
      decisions: [{ name: 'First', needs: [] }], alsoTold: ['Fact'] }));
    interviewModel.mockResolvedValueOnce(ends('value'));
    await act(async () => { await result.current.ask([reply('a')]); });
    expect(asked(0).inputs).toEqual({ Fact: 'a' });
  });
});
