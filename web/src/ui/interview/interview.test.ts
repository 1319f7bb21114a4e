// The answers of an interview, as they are sent and as they are read from what is typed.
import { describe, expect, it } from 'vitest';

import type { InterviewQuestion, ModelType } from '@/api/models';
import { makeWords } from '@/lib/i18n';
import { nl } from '@/lib/i18n/nl';
import { endInputsOf, inputsOf, labelOf, replyOf, withReply } from './interview';

const words = makeWords('nl', nl, () => undefined);
const question = (input: string, path: string[] = [], type: ModelType = {
  kind: 'number', text: 'number' }): InterviewQuestion => ({
  name: [input, ...path].join('.'), input, path, type, why: [],
});
const age = question('Kind', ['Leeftijd']);
const place = question('Kind', ['Adres', 'Plaats']);
const hours = question('Uren');

describe('inputsOf', () => {
  it('puts members in their groups, and what is not known as null', () => {
    expect(inputsOf([{ question: age, value: '12' }, { question: hours, value: null },
      { question: place, value: 'x' }]))
      .toEqual({ Kind: { Leeftijd: '12', Adres: { Plaats: 'x' } }, Uren: null });
  });
});

describe('endInputsOf', () => {
  it('puts what stands in where nothing was answered, and where it was not known', () => {
    expect(endInputsOf([{ question: age, value: null }, { question: place, value: 'x' }],
      [{ ...age, value: 12 }, { ...hours, value: 3 }]))
      .toEqual({ Kind: { Leeftijd: 12, Adres: { Plaats: 'x' } }, Uren: 3 });
    expect(endInputsOf([{ question: hours, value: '2' }])).toEqual({ Uren: '2' });
  });
});

describe('withReply', () => {
  it('changes an earlier answer in its place and keeps the later ones', () => {
    const both = withReply(withReply([], { question: age, value: '1' }),
      { question: hours, value: '2' });
    expect(withReply(both, { question: age, value: null }).map(({ value }) => value))
      .toEqual([null, '2']);
  });
});

describe('replyOf', () => {
  it('reads what is typed in the kind of the question', () => {
    expect(replyOf(hours, { Uren: '12,5' }, words)).toEqual({ value: '12.5' });
    expect(replyOf(question('Spoed', [], { kind: 'boolean', text: 'boolean' }),
      { Spoed: 'false' }, words)).toEqual({ value: false });
  });

  it('asks for an answer where there is none, and tells what does not fit', () => {
    expect(replyOf(hours, {}, words).error).toContain('Weet ik niet');
    expect(replyOf(age, { 'Kind.Leeftijd': 'oud' }, words).error)
      .toContain('Kind: Leeftijd: dit is geen getal');
  });
});

describe('labelOf', () => {
  it('takes the words of the author where there are any', () => {
    expect(labelOf({ ...hours, label: 'Hoeveel uren?' })).toBe('Hoeveel uren?');
    expect(labelOf(place)).toBe('Kind: Adres: Plaats');
  });
});
