// What was said the time before: only where it is at hand and was something else.
import { describe, expect, it } from 'vitest';

import type { Block, RecordItem } from '@/api/types';
import { makeWords } from '@/lib/i18n';
import { nl } from '@/lib/i18n/nl';
import { earlierOf, findingOfEarlier } from './earlier';
import { withoutChoices } from './use_block';

const text = { nl: 'b', en: 'b' };
const block: Block = { kind: 'grid', id: 'b', title: text, form: 'p/f', cell: 'state',
  previous: 'before', one_of: ['edition'] };

function item(id: string, state: string, before?: string): RecordItem {
  return { id, title: id, version: 1, fields: { state, ...(before ? { before } : {}) } };
}

describe('the time before', () => {
  const old = [item('a', 'ready'), item('b', 'ready')];
  const now = [item('c', 'ready', 'a'), item('d', 'busy', 'b'), item('e', 'busy', 'gone'),
    item('f', 'busy')];
  const earlier = earlierOf(block, now, [...old, ...now]);

  it('is told where something else was said', () => {
    expect([...earlier.keys()]).toEqual(['d']);
    expect(earlier.get('d')?.id).toBe('b');
  });

  it('is counted, and not spoken of where nothing differs or records name no predecessor', () => {
    const words = makeWords('nl', nl, () => undefined);
    expect(findingOfEarlier(earlier, words)).toBe(' Anders dan de keer ervoor: 1.');
    expect(findingOfEarlier(new Map(), words)).toBe('');
    expect(earlierOf({ ...block, previous: 'other' }, now, old).size).toBe(0);
  });

  it('is asked for too: what is chosen in the block does not narrow the question', () => {
    const state = { filters: { edition: { anyOf: ['x'] }, place: { anyOf: ['y'] } } } as never;
    expect(withoutChoices(block, state).filters).toEqual({ place: { anyOf: ['y'] } });
    expect(withoutChoices({ ...block, one_of: undefined } as never, state)).toBe(state);
  });
});
