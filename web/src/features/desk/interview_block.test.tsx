// What goes from an interview to the form that counts its use: what came out and by which rules,
// and nothing of the person.
import { expect, it } from 'vitest';

import type { FormRef } from '@/api/metadata';
import type { DecisionTrace } from '@/api/models';
import type { Block } from '@/api/types';
import type { End } from '@/ui/interview/use_interview';
import { codeCalled, countedFields, stepsOf } from './interview_block';

const text = (nl: string, en: string) => ({ nl, en });
const form = {
  name: 'p/use',
  form: { fields: { outcome: { type: 'choice', list: 'outcomes', label: text('U', 'O') } } },
  pack: { name: 'p', forms: {}, lists: { outcomes: { title: text('', ''), codes: {
    yes: { label: text('Wel recht', 'Entitled') }, no: { label: text('Geen recht', 'Not') } } } } },
} as unknown as FormRef;
const block = { outcome: 'outcome', version: 'rules' } as unknown as Block;
const trace = (decision: string) => ({ decision, file: 'm.dmn' } as unknown as DecisionTrace);
const end = (decision: string, value: unknown, steps: string[] = []): End => ({ decision,
  standIns: [], answer: { outcome: 'value', value, missing: [], errors: [],
    explanation: steps.map(trace) } });

it('an outcome is counted by the code that is called like it, in either language', () => {
  expect(codeCalled(form, 'outcome', 'Geen recht')).toBe('no');
  expect(codeCalled(form, 'outcome', 'Entitled')).toBe('yes');
  expect(codeCalled(form, 'outcome', 'iets anders')).toBeUndefined();
  expect(codeCalled(form, undefined, 'Geen recht')).toBeUndefined();
});

it('what came out first and the version of the rules are filled in, and no answer is', () => {
  expect(countedFields(block, form, { ends: [end('A', 'Wel recht'), end('B', 'Geen recht')] },
    'Pak 1.0.0')).toEqual({ outcome: 'yes', rules: 'Pak 1.0.0' });
  expect(countedFields(block, form, { ends: [end('A', null)] }, 'Pak 1.0.0'))
    .toEqual({ rules: 'Pak 1.0.0' });
});

it('every decision on the way is told once, in the order in which one rests on the other', () => {
  const ends = [end('A', 1, ['ground', 'A']), end('B', 2, ['ground', 'A', 'B'])];
  expect(stepsOf({ ends }).map(({ decision }) => decision)).toEqual(['ground', 'A', 'B']);
});
