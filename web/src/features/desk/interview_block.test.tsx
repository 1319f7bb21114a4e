// What goes from an interview to the form that counts its use: what came out and by which rules,
// and nothing of the person.
import { renderHook } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';

import type { FormRef } from '@/api/metadata';
import type { DecisionTrace, InterviewQuestion } from '@/api/models';
import type { Block } from '@/api/types';
import type { End } from '@/ui/interview/use_interview';
import { codesCalled, countedFields, stepsOf, useTaken } from './interview_block';

const text = (nl: string, en: string) => ({ nl, en });
const form = {
  name: 'p/use',
  form: { fields: {
    outcome: { type: 'choice', list: 'outcomes', label: text('U', 'O') },
    lacking: { type: 'choice', list: 'proofs', many: true, label: text('O', 'L') } } },
  pack: { name: 'p', forms: {}, lists: { outcomes: { title: text('', ''), codes: {
    yes: { label: text('Wel recht', 'Entitled') }, no: { label: text('Geen recht', 'Not') } } },
    proofs: { title: text('', ''), codes: {
      work: { label: text('bewijs van werk', 'proof of work') },
      stay: { label: text('bewijs van verblijf', 'proof of stay') } } } } },
} as unknown as FormRef;
const block = { decisions: ['A', 'B'], outcomes: ['outcome', 'lacking'],
  version: 'rules' } as unknown as Block;
const trace = (decision: string) => ({ decision, file: 'm.dmn' } as unknown as DecisionTrace);
const end = (decision: string, value: unknown, steps: string[] = []): End => ({ decision,
  standIns: [], answer: { outcome: 'value', value, missing: [], errors: [],
    explanation: steps.map(trace) } });

it('an outcome is counted by the code that is called like it, in either language', () => {
  expect(codesCalled(form, 'outcome', ['Geen recht'])).toEqual(['no']);
  expect(codesCalled(form, 'outcome', ['Entitled'])).toEqual(['yes']);
  expect(codesCalled(form, 'outcome', ['iets anders'])).toEqual([]);
  expect(codesCalled(form, 'what', ['Geen recht'])).toEqual([]);
});

it('what came of each decision and the version of the rules are filled in, no answer is', () => {
  expect(countedFields(block, form, { ends: [end('A', 'Wel recht'), end('B', [])] },
    'Pak 1.0.0')).toEqual({ outcome: 'yes', rules: 'Pak 1.0.0' });
  expect(countedFields(block, form, {
    ends: [end('A', 'Nog niet'), end('B', ['bewijs van verblijf', 'proof of work', 'iets'])] },
  'Pak 1.0.0')).toEqual({ lacking: ['stay', 'work'], rules: 'Pak 1.0.0' });
  expect(countedFields(block, form, { ends: [end('A', null)] }, 'Pak 1.0.0'))
    .toEqual({ rules: 'Pak 1.0.0' });
});

it('every decision on the way is told once, in the order in which one rests on the other', () => {
  const ends = [end('A', 1, ['ground', 'A']), end('B', 2, ['ground', 'A', 'B'])];
  expect(stepsOf({ ends }).map(({ decision }) => decision)).toEqual(['ground', 'A', 'B']);
});

describe('what another interview ended in', () => {
  const asked = { name: 'Checklist', input: 'input-checklist' } as unknown as InterviewQuestion;
  const other = { name: 'Iets anders', input: 'input-other' } as unknown as InterviewQuestion;
  const held = (question: InterviewQuestion, value?: string, error = '') => ({
    question, isBusy: false, error, failure: null, ask: vi.fn(),
    replies: value === undefined ? [] : [{ question: asked, value }] });
  const take = (of: ReturnType<typeof held>, outcome: unknown) => renderHook(
    (props) => useTaken(props.of, 'Checklist', props.outcome), { initialProps: { of, outcome } });

  it('answers the question that takes it, and no other', () => {
    const before = held(asked);
    expect(take(before, 'Wel recht').result.current).toBe('Wel recht');
    expect(before.ask).toHaveBeenCalledExactlyOnceWith([{ question: asked, value: 'Wel recht' }]);
    const elsewhere = held(other);
    take(elsewhere, 'Wel recht');
    expect(elsewhere.ask).not.toHaveBeenCalled();
    const nothingYet = held(asked);
    expect(take(nothingYet, undefined).result.current).toBeUndefined();
    expect(nothingYet.ask).not.toHaveBeenCalled();
  });

  it('changes no answer that stands, so that the page can say that they differ', () => {
    const { result, rerender } = take(held(other, 'Wel recht'), 'Wel recht');
    const later = held(other, 'Wel recht');
    rerender({ of: later, outcome: 'Geen recht' });
    expect(result.current).toBe('Wel recht');
    expect(later.ask).not.toHaveBeenCalled();
  });

  it('is not sent again after it was refused', () => {
    const refused = held(asked, undefined, 'Dit past niet.');
    take(refused, 'Wel recht');
    expect(refused.ask).not.toHaveBeenCalled();
  });
});
