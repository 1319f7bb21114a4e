// A time axis: days to pixels, and ticks at round moments (years, half years, quarters, months).
import { dayNumber, isoOf } from '../dates';

export interface Axis {
  first: number;         // day numbers
  last: number;
  x: (day: number) => number;
}

export function makeAxis(first: number, last: number, left: number, right: number): Axis {
  const span = Math.max(1, last - first);
  return { first, last, x: (day) => left + ((day - first) / span) * (right - left) };
}

export interface Tick {
  day: number;
  label: string;
  isYear: boolean;
}

const kShort = ['jan', 'feb', 'mrt', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'];

// Ticks at least `gap` pixels apart; a year's tick carries the year, others the month.
export function ticksOf(axis: Axis, gap = 64): Tick[] {
  const perMonth = axis.x(axis.first + 30.4) - axis.x(axis.first);
  const step = [1, 3, 6, 12, 24, 60, 120].find((months) => months * perMonth >= gap) ?? 240;
  const start = new Date(axis.first * 86_400_000).getUTCFullYear();
  const end = new Date(axis.last * 86_400_000).getUTCFullYear();
  const ticks: Tick[] = [];
  for (let month = 0; month <= (end - start) * 12 + 12; month += step) {
    const year = start + Math.floor(month / 12);
    const inYear = month % 12;
    const day = dayNumber(isoOf(year, inYear + 1, 1));
    if (day < axis.first || day > axis.last) continue;
    const isYear = inYear === 0;
    ticks.push({ day, isYear, label: isYear ? String(year) : kShort[inYear] ?? '' });
  }
  return ticks;
}
