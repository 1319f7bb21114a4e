// Several decisions gone through with the same answers.
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { InterviewStep } from '@/api/models';
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
