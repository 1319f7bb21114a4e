// The two languages side by side: the same holes to fill, nothing left empty.
import { expect, it } from 'vitest';

import { en } from './en';
import { fill } from './index';
import { nl } from './nl';
import type { MessageKey } from './nl';

const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

it('every sentence has the same holes in Dutch and English', () => {
  for (const key of Object.keys(nl) as MessageKey[]) {
    expect(holes(en[key]), key).toEqual(holes(nl[key]));
    expect(en[key].length, key).toBeGreaterThan(0);
  }
});

it('how far a round is reads well for one place as for many', () => {
  const one = { done: 1, all: 45, late: 1 };
  expect(fill(nl['rounds.overviewLead'], one)).toBe('Klaar: 1 van 45 plaatsen. Te laat: 1.');
  expect(fill(en['rounds.overviewLead'], one)).toBe('Ready: 1 of 45 places. Late: 1.');
});

it('words that we do not use on the screen do not occur', () => {
  const all = Object.values(nl).join('\n').toLowerCase();
  for (const word of ['daklozen', 'onhandelbaar', 'ranglijst', 'risicoprofiel', 'foutmelding']) {
    expect(all).not.toContain(word);
  }
});

it('filling leaves a hole without a value as it stands', () => {
  expect(fill('{a} en {b}', { a: 1 })).toBe('1 en {b}');
});
