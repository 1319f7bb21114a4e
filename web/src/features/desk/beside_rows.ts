// From records of many series to what stands side by side for one area: each series on its own,
// with its own values in order of time. Series stand by name, never by what they say, and no two
// of them share a picture: they do not count the same.
import type { RecordItem } from '@/api/types';
import type { DateWindow } from '@/lib/dates';
import { valueOf } from './grid_rows';
import { newestFirst } from './map_rows';
import { windowOf } from './use_block';

export interface Area {
  field: string;                 // that names it
  id: string;
}

export interface AreaHead extends Area {
  label: string;
}

// Every area that some record names, by field and then by name.
export function areasOf(items: RecordItem[], fields: string[], nameOf: (id: string) => string,
  lang: string): AreaHead[] {
  return fields.flatMap((field) => {
    const ids = new Set(items.map((item) => valueOf(item, field)).filter(Boolean));
    return [...ids].map((id) => ({ field, id, label: nameOf(id) }))
      .sort((a, b) => a.label.localeCompare(b.label, lang, { numeric: true }));
  });
}

// Every area that there is, where the records that could be looked through are not all.
export function areasNamed(named: { field: string; items: RecordItem[] }[], lang: string):
AreaHead[] {
  return named.flatMap(({ field, items }) => items
    .map(({ id, title }) => ({ field, id, label: title }))
    .sort((a, b) => a.label.localeCompare(b.label, lang, { numeric: true })));
}

// Without a wish that of the newest record, so that there is something to see.
export function chosenArea(areas: AreaHead[], items: RecordItem[], date: string | undefined,
  wanted: (field: string) => string[] | undefined): AreaHead | undefined {
  const asked = areas.find(({ field, id }) => wanted(field)?.includes(id));
  if (asked) return asked;
  const newest = [...items].sort(newestFirst(date));
  for (const item of newest) {
    const found = areas.find(({ field, id }) => valueOf(item, field) === id);
    if (found) return found;
  }
  return undefined;
}

const kUnits = [1, 3, 12];               // months that a period lasts: a month, a quarter, a year
const kMsOfDay = 86_400_000;

// Which of the periods of that length a window is; undefined: it is none.
function periodNumber(window: DateWindow, months: number): number | undefined {
  const [year = 0, month = 0, day = 0] = window.first.split('-').map(Number);
  const at = year * 12 + month - 1;
  const last = new Date(Date.UTC(year, month - 1 + months, 0)).toISOString().slice(0, 10);
  return day === 1 && at % months === 0 && window.last === last ? at / months : undefined;
}

// Where each value stands in time. Periods of one length are counted, so that neighbours are joined
// by a line; others stand at their last day, each alone: between them nothing is known.
export function placesInTime(windows: (DateWindow | undefined)[]): (number | undefined)[] {
  for (const months of kUnits) {
    const places = windows.map((window) => window && periodNumber(window, months));
    if (places.every((place) => place !== undefined)) return places;
  }
  return windows.map((window) => window && Date.parse(window.last) / kMsOfDay);
}

export interface SeriesOfArea {
  id: string;
  items: RecordItem[];           // the oldest first
}

export function seriesOf(items: RecordItem[], area: Area, apart: string,
  date: string | undefined, nameOf: (id: string) => string, lang: string): SeriesOfArea[] {
  const here = items.filter((item) => valueOf(item, area.field) === area.id);
  const dayOf = (item: RecordItem) => windowOf(item, date)?.last ?? '';
  return [...Map.groupBy(here, (item) => valueOf(item, apart))]
    .map(([id, some]) => ({ id, items: some.sort((a, b) => dayOf(a).localeCompare(dayOf(b))) }))
    .sort((a, b) => nameOf(a.id).localeCompare(nameOf(b.id), lang, { numeric: true }));
}
