// The address as the state of a list: writing and reading back, and lists beside each other.
import { expect, it } from 'vitest';

import { kEmptyList, readList, writeList } from './url_state';
import type { ListState } from './url_state';

const kFull: ListState = {
  filters: { theme: { anyOf: ['a', 'b'] }, due: { from: '2026-01-01', to: '2026-12-31' },
    open: { from: '2026-01-01' } },
  text: 'twee woorden', sort: { field: 'due', direction: 'desc' }, group: 'letter', view: 'table',
  columns: ['state', 'due'],
};

it('a list reads back the state that it wrote', () => {
  expect(readList(writeList(new URLSearchParams(), 'x.', kFull, true), 'x.')).toEqual(kFull);
});

it('search words are left out where they may name a person', () => {
  const params = writeList(new URLSearchParams(), '', kFull, false);
  expect(params.toString()).not.toContain('woorden');
  expect(readList(params, '').text).toBe('');
});

it('two lists on one page do not touch each other', () => {
  const one = writeList(new URLSearchParams('validOn=2025-01-01'), 'a.', kFull, true);
  const both = writeList(one, 'b.', { ...kEmptyList, group: 'theme' }, true);
  const cleared = writeList(both, 'a.', kEmptyList, true);
  expect(readList(both, 'a.')).toEqual(kFull);
  expect(cleared.toString()).toBe('validOn=2025-01-01&b.group=theme');
});

it('an empty or unknown query is an empty list', () => {
  expect(readList(new URLSearchParams('utm=1&f.=&sort='), 'x.')).toEqual(kEmptyList);
});
