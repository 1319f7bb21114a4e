// The way of the arrow keys over a map of tiles that has holes.
import { describe, expect, it } from 'vitest';

import { inReadingOrder, neighbour } from './tiles';

//   . a b
//   c . d
//   . . .
//   . e .
const tiles = [
  { id: 'e', column: 2, row: 4 }, { id: 'd', column: 3, row: 2 }, { id: 'c', column: 1, row: 2 },
  { id: 'b', column: 3, row: 1 }, { id: 'a', column: 2, row: 1 },
];
const at = (id: string) => tiles.find((tile) => tile.id === id) ?? { id, column: 0, row: 0 };
const to = (id: string, key: string) => neighbour(tiles, at(id), key)?.id;

describe('the arrow keys on a map', () => {
  it.each([
    ['a', 'ArrowRight', 'b'], ['b', 'ArrowLeft', 'a'], ['c', 'ArrowRight', 'd'],
    ['a', 'ArrowLeft', undefined], ['b', 'ArrowDown', 'd'], ['a', 'ArrowDown', 'c'],
    ['c', 'ArrowDown', 'e'], ['d', 'ArrowDown', 'e'], ['e', 'ArrowUp', 'c'],
    ['e', 'ArrowDown', undefined], ['d', 'Home', 'c'], ['c', 'End', 'd'], ['a', 'Enter', undefined],
  ])('lead from %s by %s to %s', (from, key, expected) => {
    expect(to(from, key)).toBe(expected);
  });

  it('reach every tile from the first', () => {
    const seen = new Set<string>(['a']);
    for (const id of seen) {
      for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp']) {
        const next = to(id, key);
        if (next) seen.add(next);
      }
    }
    expect(seen.size).toBe(tiles.length);
  });
});

it('tiles are read row by row, from west to east', () => {
  expect(inReadingOrder(tiles).map(({ id }) => id).join('')).toBe('abcde');
});
