// From records to the tiles of a map: the places with what is known of each, newest first. A place
// without a position of its own, and a record of a place that is not on the map, stand beside it:
// nothing is lost. Places stand where they lie, or by name; never by what is known of them.
import type { RecordItem } from '@/api/types';
import { valueOf } from './grid_rows';
import { windowOf } from './use_block';

export interface Place {
  id: string;                    // kNone: records that do not say
  name: string;
  short: string;
  column?: number | undefined;
  row?: number | undefined;
}

export interface PlaceRow {
  place: Place;
  items: RecordItem[];           // newest first; none: nothing is known
  isKnown: boolean;              // the place is one of those of the map
}

export interface PlacedRow extends PlaceRow {
  column: number;
  row: number;
}

export interface PlaceRows {
  placed: PlacedRow[];
  beside: PlaceRow[];
}

export interface PlaceFields {
  column?: string | undefined;
  row?: string | undefined;
  short?: string | undefined;
}

function wholeNumber(item: RecordItem, field: string | undefined): number | undefined {
  const value = field ? item.fields[field] : undefined;
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

export function placesOf(items: RecordItem[], { column, row, short }: PlaceFields): Place[] {
  return items.map((item) => ({
    id: item.id, name: item.title, short: (short && valueOf(item, short)) || item.title,
    column: wholeNumber(item, column), row: wholeNumber(item, row),
  }));
}

// By the reference date where the block names one, then by when it was last changed.
export function newestFirst(date: string | undefined) {
  const dayOf = (item: RecordItem) => windowOf(item, date)?.last ?? '';
  return (a: RecordItem, b: RecordItem) => dayOf(b).localeCompare(dayOf(a))
    || (b.changed ?? '').localeCompare(a.changed ?? '') || a.id.localeCompare(b.id);
}

export interface PlaceRowsOptions {
  places: string;                // the field that names the place
  date: string | undefined;
  nameOf: (id: string) => string;    // of a place that is not on the map
  lang: string;
}

export function placeRows(places: Place[], items: RecordItem[],
  { places: field, date, nameOf, lang }: PlaceRowsOptions): PlaceRows {
  const byPlace = Map.groupBy(items, (item) => valueOf(item, field));
  for (const some of byPlace.values()) some.sort(newestFirst(date));
  const known = new Set(places.map(({ id }) => id));
  const rows = places.map((place): PlaceRow => (
    { place, items: byPlace.get(place.id) ?? [], isKnown: true }));
  for (const [id, some] of byPlace) {
    if (known.has(id)) continue;
    const name = nameOf(id);
    rows.push({ place: { id, name, short: name }, items: some, isKnown: false });
  }
  rows.sort((a, b) => a.place.name.localeCompare(b.place.name, lang, { numeric: true })
    || a.place.id.localeCompare(b.place.id));
  const taken = new Set<string>();
  const result: PlaceRows = { placed: [], beside: [] };
  for (const each of rows) {
    const { column, row } = each.place;
    const at = `${column} ${row}`;
    if (column === undefined || row === undefined || taken.has(at)) {
      result.beside.push(each);
    } else {
      taken.add(at);
      result.placed.push({ ...each, column, row });
    }
  }
  return result;
}
