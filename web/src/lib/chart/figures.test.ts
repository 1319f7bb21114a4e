// Bars and points of an indicator: in the order given, from zero, and no line through few points.
import { expect, test } from 'vitest';

import { layoutBars, layoutPoints, scaleOf } from './figures';
import type { ChartValue } from './figures';

const values = (...numbers: (number | null)[]): ChartValue[] => numbers.map((value, index) => ({
  key: String(index), label: `l${index}`, value, text: String(value),
}));

const kBox = { left: 0, right: 90, top: 0, bottom: 100 };

test('bars: keep the order in which they come, whatever they count', () => {
  const bars = layoutBars(values(1, 4, 2), 400);
  expect(bars.map(({ of }) => of.key)).toEqual(['0', '1', '2']);
  expect(bars.map(({ width }) => width)).toEqual([100, 400, 200]);
});

test('bars: start at zero, also below it', () => {
  const [below, above] = layoutBars(values(-1, 3), 400);
  expect(below).toMatchObject({ x: 0, width: 100 });
  expect(above).toMatchObject({ x: 100, width: 300 });
});

test('bars: no number is no bar, and nothing but zero has a scale too', () => {
  expect(layoutBars(values(null, 2), 400)[0]?.width).toBe(0);
  expect(scaleOf(values(0, null))).toEqual({ low: 0, high: 1 });
  expect(scaleOf([])).toEqual({ low: 0, high: 1 });
});

test('points: three are points alone, four are a line', () => {
  expect(layoutPoints(values(1, 2, 3), kBox).lines).toEqual([]);
  const { points, lines } = layoutPoints(values(1, 2, 3, 4), kBox);
  expect(points.map(({ x, y }) => [x, y])).toEqual([[0, 75], [30, 50], [60, 25], [90, 0]]);
  expect(lines).toEqual(['M0.0 75.0L30.0 50.0L60.0 25.0L90.0 0.0']);
});

test('points: a line is broken where there is no number', () => {
  const { lines } = layoutPoints(values(1, 2, null, 3, 4), kBox);
  expect(lines).toHaveLength(2);
});

test('points: a line is broken where a period is missing, which leaves its room', () => {
  const series = values(1, 2, 3, 4).map((value, index) => (
    { ...value, place: [2019, 2020, 2022, 2023][index] ?? 0 }));
  const { points, lines } = layoutPoints(series, { ...kBox, right: 80 });
  expect(points.map(({ x }) => x)).toEqual([0, 20, 60, 80]);
  expect(lines).toEqual(['M0.0 75.0L20.0 50.0', 'M60.0 25.0L80.0 0.0']);
});

test('points: what has no place in time stands one after the other', () => {
  const series = values(1, 2, 3, 4).map((value, index) => (
    index === 1 ? value : { ...value, place: 2000 + index * 5 }));
  expect(layoutPoints(series, kBox).points.map(({ x }) => x)).toEqual([0, 30, 60, 90]);
});

test('points: what is withheld is no point, and breaks the line', () => {
  const series = values(1, 2, null, 3, 4).map((value, index) => (
    { ...value, place: 2000 + index, ...(index === 2 ? { isWithheld: true } : {}) }));
  const { points, lines } = layoutPoints(series, kBox);
  expect(points[2]?.y).toBeNull();
  expect(lines).toHaveLength(2);
});

test('points: a single one stands in the middle, and ticks keep apart', () => {
  expect(layoutPoints(values(5), kBox).points[0]?.x).toBe(45);
  const ticks = layoutPoints(values(1, 1, 1, 1), { ...kBox, right: 150 }).points;
  expect(ticks.map(({ hasTick }) => hasTick)).toEqual([true, false, true, false]);
});
