// The geometry of the time line: properties that hold for any rows, and chosen cases by hand.
import { describe, expect, it } from 'vitest';

import { makeAxis, ticksOf } from './axis';
import { barsOf, hatchPath, layoutTimeline, wrapWords } from './timeline';
import type { TimeRow } from './timeline';

const day = (first: string, last = first) => ({ first, last });
const row = (part: Partial<TimeRow>): TimeRow => (
  { id: 'a', title: 'Een rij', group: '', ...part });
const kToday = 20_000;
const axis = makeAxis(19_000, 21_000, 0, 2000);     // one pixel a day

describe('bars', () => {
  it('a certain promise with a certain due date is one solid bar', () => {
    const bars = barsOf(row({ from: day('2024-01-01'), due: day('2024-01-10') }), axis, kToday);
    expect(bars).toMatchObject({ early: null, late: null, open: null });
    expect(bars.solid?.width).toBeCloseTo(10);
  });
  it('uncertain ends are hatched, and the solid part lies only between them', () => {
    const bars = barsOf(row({ from: day('2024-01-01', '2024-01-31'),
      due: day('2024-03-01', '2024-03-31') }), axis, kToday);
    expect([bars.early?.width, bars.late?.width].map((w) => Math.round(w ?? 0))).toEqual([31, 31]);
    expect(bars.solid?.width).toBeCloseTo(29);
    expect(bars.end).toBeCloseTo((bars.late?.x ?? 0) + 31);
  });
  it('windows that overlap have no solid part', () => {
    const bars = barsOf(row({ from: day('2024-01-01', '2024-12-31'),
      due: day('2024-06-01', '2024-12-31') }), axis, kToday);
    expect(bars.solid).toBeNull();
  });
  it('without a due date a dashed line runs on to today, or to the day it was done', () => {
    const open = barsOf(row({ from: day('2024-01-01') }), axis, kToday);
    expect(open.end).toBe(axis.x(kToday));
    const done = barsOf(row({ from: day('2024-01-01'), done: day('2024-02-01') }), axis, kToday);
    expect((done.open?.x ?? 0) + (done.open?.width ?? 0)).toBeCloseTo(done.end);
  });
});

it('every mark lies within the picture, on any width, for any rows', () => {
  let seed = 7;
  const random = (n: number) => { seed = (seed * 48_271) % 2_147_483_647; return seed % n; };
  const date = () => day(`${2010 + random(20)}-0${1 + random(9)}-1${random(9)}`);
  for (let round = 0; round < 200; round += 1) {
    const rows = Array.from({ length: 1 + random(12) }, (_, index) => row({
      id: String(index), group: `g${index % 3}`, title: 'woord '.repeat(1 + random(30)),
      ...(random(5) ? { from: date() } : {}), ...(random(2) ? { due: date() } : {}),
      ...(random(3) ? {} : { done: date() }),
    }));
    const width = 320 + random(1200);
    const layout = layoutTimeline(rows, { width, today: '2025-06-01' });
    expect(layout.placed).toHaveLength(rows.length);
    for (const { end, y, lines, solid, top, height } of layout.placed) {
      expect(end).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThanOrEqual(width);
      expect(lines.length).toBeLessThanOrEqual(2);
      expect((solid?.x ?? 0) + (solid?.width ?? 0)).toBeLessThanOrEqual(width);
      expect(y).toBeLessThan(layout.height);
      expect(y).toBeGreaterThan(top);
      expect(height).toBeGreaterThanOrEqual(44);
    }
  }
});

it('ticks never crowd and name years where a year begins', () => {
  for (const days of [90, 400, 2000, 9000]) {
    const wide = makeAxis(19_000, 19_000 + days, 0, 800);
    const xs = ticksOf(wide).map((tick) => wide.x(tick.day));
    xs.slice(1).forEach((x, index) => { expect(x - (xs[index] ?? 0)).toBeGreaterThan(55); });
  }
});

it('long words are cut with an ellipsis and nothing is wider than the line', () => {
  expect(wrapWords('een twee drie vier vijf', 9, 2)).toEqual(['een twee', 'drie vie…']);
  expect(wrapWords('onuitspreekbaar', 8, 2).every((line) => line.length <= 8)).toBe(true);
});

it('hatching stays inside its box', () => {
  const numbers = [...hatchPath({ x: 10, width: 20 }, 5, 14).matchAll(/[ML]([\d.]+) ([\d.]+)/g)];
  expect(numbers.length).toBeGreaterThan(4);
  for (const [, x, y] of numbers) {
    expect(Number(x)).toBeGreaterThanOrEqual(10);
    expect(Number(x)).toBeLessThanOrEqual(30);
    expect(Number(y)).toBeGreaterThanOrEqual(5);
    expect(Number(y)).toBeLessThanOrEqual(19);
  }
});
