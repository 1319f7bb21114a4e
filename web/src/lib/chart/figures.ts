// Where the bars and points of one indicator stand. Scales start at zero. Values keep the order in
// which they come: nothing is sorted by what it counts.

export interface ChartValue {
  key: string;
  label: string;
  value: number | null;                  // null: there is no number
  text: string;                          // the number as people read it
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

// Points at equal distances; a line through them from four on, broken where there is no number.
export function layoutPoints(values: ChartValue[], box: Box): Points {
  const { low, high } = scaleOf(values);
  const step = values.length > 1 ? (box.right - box.left) / (values.length - 1) : 0;
  const y = (value: number) => box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top);
  const every = Math.max(1, Math.ceil(kTickGap / Math.max(1, step)));
  const points = values.map((of, index) => ({
    of,
    x: values.length > 1 ? box.left + index * step : (box.left + box.right) / 2,
    y: of.value === null ? null : y(of.value),
    hasTick: index % every === 0,
  }));
  return { points, zero: y(0), lines: linesThrough(points) };
}

function linesThrough(points: Point[]): string[] {
  if (points.filter(({ y }) => y !== null).length < kFewestForLine) return [];
  const runs: Point[][] = [[]];
  for (const point of points) {
    if (point.y === null) runs.push([]);
    else runs.at(-1)?.push(point);
  }
  return runs.filter((run) => run.length > 1).map((run) => (
    `M${run.map(({ x, y }) => `${x.toFixed(1)} ${(y ?? 0).toFixed(1)}`).join('L')}`));
}
