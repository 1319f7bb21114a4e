// What stands side by side for an area: every series of it alone, in order of time, by name.
import { expect, it } from 'vitest';

import type { RecordItem } from '@/api/types';
import { areasNamed, areasOf, chosenArea, placesInTime, seriesOf } from './beside_rows';

const record = (id: string, fields: Record<string, unknown>) => (
  { id, title: id, fields } as unknown as RecordItem);
const day = (text: string) => ({ first: text, last: text });
const nameOf = (id: string) => ({ r1: 'Zeeland', r2: 'Drenthe', m1: 'Assen', s1: 'Tweede reeks',
  s2: 'Eerste reeks' })[id] ?? id;
const kItems = [
  record('a', { series: 's1', region: 'r1', period: day('2024-12-31'), value: 9 }),
  record('b', { series: 's1', region: 'r1', period: day('2023-12-31'), value: 8 }),
  record('c', { series: 's2', region: 'r1', period: day('2024-12-31'), value: 900 }),
  record('d', { series: 's2', region: 'r2', period: day('2025-12-31'), value: 1 }),
  record('e', { series: 's1', municipality: 'm1', period: day('2022-12-31'), value: 2 }),
  record('f', { series: 's1', period: day('2026-12-31'), value: 3 }),
];
const areas = areasOf(kItems, ['region', 'municipality'], nameOf, 'nl');
const noWish = () => undefined;

it('areas stand by field and name, each once; a record without one adds none', () => {
  expect(areas.map(({ field, label }) => `${field} ${label}`))
    .toEqual(['region Drenthe', 'region Zeeland', 'municipality Assen']);
});

it('without a wish the area of the newest record is shown, else the one that was asked for', () => {
  expect(chosenArea(areas, kItems, 'period', noWish)?.id).toBe('r2');
  expect(chosenArea(areas, kItems, 'period', (field) => (field === 'municipality' ? ['m1']
    : undefined))?.id).toBe('m1');
  expect(chosenArea([], [], 'period', noWish)).toBeUndefined();
});

it('series of the area stand alone, by name and not by number, the oldest value first', () => {
  const found = seriesOf(kItems, { field: 'region', id: 'r1' }, 'series', 'period', nameOf, 'nl');
  expect(found.map(({ id, items }) => [id, items.map((item) => item.id)]))
    .toEqual([['s2', ['c']], ['s1', ['b', 'a']]]);
});

it('where not all records can be looked through every area can be chosen, by name', () => {
  const named = [{ field: 'region', items: ['r1', 'r2'].map((id) => (
    { ...record(id, {}), title: nameOf(id) })) }, { field: 'municipality', items: [] }];
  expect(areasNamed(named, 'nl').map(({ label }) => label)).toEqual(['Drenthe', 'Zeeland']);
});

it('periods of one length are counted, so that a year that is missing leaves its room', () => {
  const year = (n: number) => ({ first: `${n}-01-01`, last: `${n}-12-31` });
  expect(placesInTime([2019, 2020, 2024].map(year))).toEqual([2019, 2020, 2024]);
  const months = [{ first: '2023-12-01', last: '2023-12-31' },
    { first: '2024-02-01', last: '2024-02-29' }];
  expect(placesInTime(months)).toEqual([2023 * 12 + 11, 2024 * 12 + 1]);
  expect(placesInTime([{ first: '2024-04-01', last: '2024-06-30' }])).toEqual([2024 * 4 + 1]);
});

it('periods of different length stand at their last day, and one without a day nowhere', () => {
  const places = placesInTime([{ first: '2023-01-01', last: '2023-12-31' },
    { first: '2024-01-01', last: '2024-03-31' }]);
  expect((places[1] ?? 0) - (places[0] ?? 0)).toBe(91);
  expect(placesInTime([undefined])).toEqual([undefined]);
});
