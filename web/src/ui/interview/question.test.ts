// What is typed in the form of a decision, as the inputs that are sent.
import { describe, expect, it } from 'vitest';

import type { ModelInput } from '@/api/models';
import { makeWords } from '@/lib/i18n';
import { nl } from '@/lib/i18n/nl';
import { placeOf, questionOf } from './question';

const words = makeWords('nl', nl, () => undefined);
const inputs: ModelInput[] = [
  { name: 'Uren', type: { kind: 'number', text: 'number' } },
  { name: 'Begin', type: { kind: 'date', text: 'date' } },
  { name: 'Spoed', type: { kind: 'boolean', text: 'boolean' } },
  { name: 'Soort', type: { kind: 'string', text: 'string', choices: ['a'] } },
  { name: 'Kind', type: { kind: 'context', text: 'context', members: [
    { name: 'Leeftijd', kind: 'number', text: 'number' }] } },
  { name: 'Bedragen', type: { kind: 'list', text: 'list<number>',
    item: { kind: 'number', text: 'number' } } },
  { name: 'Iets', type: { kind: 'any', text: 'Any' } },
];

describe('questionOf', () => {
  it('gives each value in the kind that the type says', () => {
    expect(questionOf(inputs, {
      Uren: '1.250,50', Begin: '31-1-2025', Spoed: 'false', Soort: 'a', 'Kind.Leeftijd': '12',
      Bedragen: '1\n2,5\n', Iets: 'ja',
    }, words)).toEqual({
      inputs: { Uren: '1250.50', Begin: '2025-01-31', Spoed: false, Soort: 'a',
        Kind: { Leeftijd: '12' }, Bedragen: ['1', '2.5'], Iets: true },
      errors: new Map(),
    });
  });

  it('leaves out what is empty: it is not known', () => {
    expect(questionOf(inputs, { Uren: ' ', Bedragen: [] }, words).inputs).toEqual({});
  });

  it('tells what is no number or date, at its place', () => {
    const { errors } = questionOf(inputs,
      { Uren: 'veel', 'Kind.Leeftijd': 'oud', Begin: '31-2-2025' }, words);
    expect([...errors.keys()]).toEqual(['Uren', 'Begin', 'Kind.Leeftijd']);
    expect(errors.get('Kind.Leeftijd')).toContain('Leeftijd: dit is geen getal');
  });

  it('takes a value without a type for what it looks like', () => {
    const iets = (text: string) => questionOf(inputs, { Iets: text }, words).inputs['Iets'];
    expect([iets('nee'), iets('2,5'), iets('2025-01-31'), iets('roos')])
      .toEqual([false, 2.5, '2025-01-31', 'roos']);
  });

  it('gives names with blanks and signs places of their own', () => {
    expect(placeOf('d0', 'Uren per week')).not.toBe(placeOf('d0', 'Uren_per_week'));
    expect(placeOf('d1', 'Uren (max.)')).toMatch(/^[\w-]+$/);
  });
});
