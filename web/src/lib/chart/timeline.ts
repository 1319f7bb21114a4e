// The time line of promises as numbers: where each bar, hatch, shape and label stands. Drawing is
// left to others, so this can be tested without a browser.
//
// A bar runs from the promise to the due window. What is certain is solid, what is uncertain is
// hatched: the start's window, and the window in which the term may end. Without a due date there
// is only a dashed line that runs on to today.
import type { DateWindow } from '../dates';
import { dayNumber } from '../dates';
import { makeAxis, ticksOf } from './axis';
import type { Axis, Tick } from './axis';

export interface TimeRow {
  id: string;
  title: string;
  group: string;
  from?: DateWindow | undefined;
  due?: DateWindow | undefined;
  done?: DateWindow | undefined;
}

export interface Span {
  x: number;
  width: number;
}

export interface Placed {
  row: TimeRow;
  y: number;             // middle of the bar
  labelY: number;        // first line of the label
  lines: string[];
  top: number;
  height: number;
  solid: Span | null;
  early: Span | null;    // the window of an uncertain start, hatched
  late: Span | null;     // the window in which an uncertain term ends, hatched
  open: Span | null;     // runs on: no due date named
  end: number;           // where the outcome's shape stands
}

export interface Layout {
  width: number;
  height: number;
  plotTop: number;
  axis: Axis;
  ticks: Tick[];
  todayX: number;
  labelWidth: number;
  groups: { title: string; y: number }[];
  placed: Placed[];
}

export interface LayoutOptions {
  width: number;
  today: string;
  charWidth?: number;    // of the label font, in pixels
}

const kLine = 19;
const kAxisHeight = 34;

// Words into at most `max` lines; what does not fit ends in an ellipsis.
export function wrapWords(text: string, perLine: number, max: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1] ?? '';
    if (!last || last.length + word.length + 1 <= perLine) {
      lines[lines.length - 1] = last ? `${last} ${word}` : word;
    } else if (lines.length < max) lines.push(word);
    else {
      lines[lines.length - 1] = `${last.slice(0, Math.max(1, perLine - 1)).trimEnd()}…`;
      return lines;
    }
  }
  return lines.map((line) => (line.length > perLine ? `${line.slice(0, perLine - 1)}…` : line));
}

function days(window: DateWindow): [number, number] {
  return [dayNumber(window.first), dayNumber(window.last) + 1];
}

function boundsOf(rows: TimeRow[], today: string): [number, number] {
  const all = rows.flatMap((row) => [row.from, row.due, row.done]
    .flatMap((window) => (window ? days(window) : [])));
  const first = Math.min(dayNumber(today) - 30, ...all);
  const last = Math.max(dayNumber(today) + 30, ...all);
  const margin = Math.ceil((last - first) * 0.02);
  return [first - margin, last + margin];
}

function span(axis: Axis, first: number, last: number): Span {
  const x = axis.x(first);
  return { x, width: Math.max(1, axis.x(last) - x) };
}

type Bars = Pick<Placed, 'solid' | 'early' | 'late' | 'open' | 'end'>;

export function barsOf(row: TimeRow, axis: Axis, today: number): Bars {
  const start = row.from ?? row.due ?? row.done;
  const bars: Bars = { solid: null, early: null, late: null, open: null, end: axis.x(today) };
  if (!start) return bars;
  const [startFirst, startLast] = days(start);
  const isStartCertain = startLast - startFirst === 1;
  if (row.from && !isStartCertain) bars.early = span(axis, startFirst, startLast);
  const solidFrom = isStartCertain ? startFirst : startLast;
  if (row.due) {
    const [dueFirst, dueLast] = days(row.due);
    const isCertain = dueLast - dueFirst === 1;
    const solidTo = isCertain ? dueLast : dueFirst;
    if (row.from && solidTo > solidFrom) bars.solid = span(axis, solidFrom, solidTo);
    if (!row.from && isCertain) bars.solid = span(axis, dueFirst, dueLast);
    if (!isCertain) bars.late = span(axis, dueFirst, dueLast);
    bars.end = axis.x(dueLast);
  } else {
    const until = row.done ? outcomeDay(row.done) : today;
    if (until > solidFrom) bars.open = span(axis, solidFrom, until);
  }
  if (row.done) endAtOutcome(row, row.done, axis, bars);
  return bars;
}

// The day of the outcome, or the last on which it may have been.
function outcomeDay(done: DateWindow): number {
  const [first, last] = days(done);
  return last - first === 1 ? first : last;
}

// An outcome after the due window is joined to it.
function endAtOutcome(row: TimeRow, done: DateWindow, axis: Axis, bars: Bars) {
  const end = outcomeDay(done);
  bars.end = axis.x(end);
  const dueLast = row.due ? days(row.due)[1] : end;
  if (dueLast < end) bars.open = span(axis, dueLast, end);
}

// Rows stand in the order given; a group's title precedes its first row.
export function layoutTimeline(rows: TimeRow[], options: LayoutOptions): Layout {
  const { width, today } = options;
  const isNarrow = width < 640;
  const labelWidth = isNarrow ? 0 : Math.min(340, Math.round(width * 0.34));
  const perLine = Math.floor((isNarrow ? width - 16 : labelWidth - 16)
    / (options.charWidth ?? 7.6));
  const [first, last] = boundsOf(rows, today);
  const axis = makeAxis(first, last, labelWidth + 12, width - 20);
  const layout: Layout = {
    width, height: 0, plotTop: kAxisHeight, axis, labelWidth, groups: [], placed: [],
    ticks: ticksOf(axis), todayX: axis.x(dayNumber(today)),
  };
  let y = kAxisHeight + 6;
  let group = '';
  for (const row of rows) {
    if (row.group && row.group !== group) {
      layout.groups.push({ title: row.group, y: y + 24 });
      y += 38;
    }
    group = row.group;
    const lines = wrapWords(row.title, perLine, 2);
    const height = isNarrow ? lines.length * kLine + 34 : Math.max(44, lines.length * kLine + 12);
    const barY = isNarrow ? y + lines.length * kLine + 18 : y + height / 2;
    const labelY = isNarrow ? y + 16 : y + height / 2 - ((lines.length - 1) * kLine) / 2 + 5;
    layout.placed.push({
      row, lines, top: y, height, y: barY, labelY, ...barsOf(row, axis, dayNumber(today)),
    });
    y += height;
  }
  layout.height = y + 8;
  return layout;
}

// Slanting lines within a box: 'somewhere in this time', without patterns, for screen and export.
export function hatchPath(box: Span, top: number, height: number, gap = 5): string {
  const parts: string[] = [];
  for (let x = box.x - height; x < box.x + box.width; x += gap) {
    const x1 = Math.max(x, box.x);
    const x2 = Math.min(x + height, box.x + box.width);
    if (x2 <= x1) continue;
    const y1 = top + height - (x1 - x);
    const y2 = top + height - (x2 - x);
    parts.push(`M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}`);
  }
  return parts.join('');
}
