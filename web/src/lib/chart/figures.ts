// Where the bars and points of one indicator stand. Scales start at zero. Values keep the order in
// which they come: nothing is sorted by what it counts.

export interface ChartValue {
  key: string;
  label: string;
  value: number | null;                  // null: there is no number
  text: string;                          // the number as people read it
  place?: number;                        // in time: periods that follow each other differ by one
  isWithheld?: boolean;                  // there is a number that is not shown
}

export interface Scale {
  low: number;
  high: number;
}

// Holds zero and every value; never empty.
export function scaleOf(values: ChartValue[]): Scale {
  const numbers = values.flatMap(({ value }) => (value === null ? [] : [value]));
  const low = Math.min(0, ...numbers);
  const high = Math.max(0, ...numbers);
  return low === high ? { low, high: low + 1 } : { low, high };
}

export interface Bar {
  of: ChartValue;
  top: number;
  x: number;
  width: number;
}

export const kRowHeight = 48;

export function layoutBars(values: ChartValue[], width: number): Bar[] {
  const { low, high } = scaleOf(values);
  const x = (value: number) => ((value - low) / (high - low)) * width;
  return values.map((of, index) => {
    const value = of.value ?? 0;
    const left = Math.min(x(0), x(value));
    return { of, top: index * kRowHeight, x: left, width: Math.abs(x(value) - x(0)) };
  });
}

export interface Point {
  of: ChartValue;
  x: number;
  y: number | null;                      // null: there is no number
  hasTick: boolean;
}

export interface Points {
  points: Point[];
  zero: number;
  lines: string[];                       // paths through neighbours; none through few points
}

const kFewestForLine = 4;
const kTickGap = 100;

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

// Where each value stands on the axis: at its place in time, so that a period that is not there
// leaves its room; else one after the other.
function placesOf(values: ChartValue[]): number[] {
  const first = values[0]?.place ?? 0;
  const places = values.flatMap(({ place }) => (place === undefined ? [] : [place - first]));
  return places.length === values.length ? places : values.map((_, index) => index);
}

// Points along the axis; a line through them from four on, broken where there is no number and
// where a period is missing.
export function layoutPoints(values: ChartValue[], box: Box): Points {
  const { low, high } = scaleOf(values);
  const places = placesOf(values);
  const span = places.at(-1) ?? 0;
  const step = span > 0 ? (box.right - box.left) / span : 0;
  const y = (value: number) => box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top);
  const every = Math.max(1, Math.ceil(kTickGap / Math.max(1, step)));
  let nextTick = 0;
  const points = values.map((of, index) => {
    const place = places[index] ?? 0;
    const hasTick = place >= nextTick;
    if (hasTick) nextTick = place + every;
    return {
      of, hasTick,
      x: span > 0 ? box.left + place * step : (box.left + box.right) / 2,
      y: of.value === null ? null : y(of.value),
    };
  });
  return { points, zero: y(0), lines: linesThrough(points, places) };
}

function linesThrough(points: Point[], places: number[]): string[] {
  if (points.filter(({ y }) => y !== null).length < kFewestForLine) return [];
  const runs: Point[][] = [[]];
  points.forEach((point, index) => {
    const isAfterGap = index > 0 && (places[index] ?? 0) - (places[index - 1] ?? 0) > 1;
    if (point.y === null || isAfterGap) runs.push([]);
    if (point.y !== null) runs.at(-1)?.push(point);
  });
  return runs.filter((run) => run.length > 1).map((run) => (
    `M${run.map(({ x, y }) => `${x.toFixed(1)} ${(y ?? 0).toFixed(1)}`).join('L')}`));
}
