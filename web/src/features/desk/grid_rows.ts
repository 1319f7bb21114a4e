// From records to a grid: which rows and columns there are, in a fixed order, and which records
// stand in each cell. Nothing is ordered by what a cell says: a grid is no ranking.
import { findList } from '@/api/metadata';
import type { Field, RecordItem } from '@/api/types';
import { codeLabel } from '@/ui/values/field_value';
import type { ValueContext } from '@/ui/values/field_value';

export interface Head {
  value: string;                 // kNone: records that do not say
  label: string;
  isFound?: boolean;             // a record that is there to be opened
}

export interface Grid {
  rows: Head[];
  across: Head[];
  cell: (row: Head, column: Head) => RecordItem[];     // newest first
  filled: number;
}

export const kNone = '';

export interface GridFields {
  rows: string;
  across: string;
  chosen: Record<string, string[] | undefined>;        // what the reader filters on, by field
  today: string;
  rowHeads?: Head[] | undefined;                       // rows that are there without a record
}

export function valueOf(item: RecordItem, id: string): string {
  const value = item.fields[id];
  return typeof value === 'string' ? value : kNone;
}

// Codes that hold today, so that an empty row shows that nothing is known; others only in use.
function codesOf(context: ValueContext, field: Field, used: Set<string>, today: string): string[] {
  const codes = field.list ? findList(context.catalogue, context.pack, field.list)?.codes : {};
  const listed = Object.entries(codes ?? {})
    .filter(([code, { from, to }]) => used.has(code)
      || ((!from || from <= today) && (!to || today < to)))
    .map(([code]) => code);
  return [...listed, ...[...used].filter((code) => code !== kNone && !listed.includes(code))];
}

export function headsOf(context: ValueContext, field: Field, id: string, items: RecordItem[],
  { chosen, today }: Pick<GridFields, 'chosen' | 'today'>): Head[] {
  const { t, lang } = context.words;
  const used = new Set(items.map((item) => valueOf(item, id)));
  const none = used.has(kNone) ? [{ value: kNone, label: t('chart.other') }] : [];
  const only = chosen[id];
  if (field.type === 'choice') {
    const heads = codesOf(context, field, used, today)
      .filter((code) => !only || only.includes(code))
      .map((value) => ({ value, label: codeLabel(context, field, value) }));
    return [...heads, ...none];
  }
  const heads = [...used].filter((value) => value !== kNone)
    .map((value) => ({ value, label: context.references[value]?.title ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, lang, { numeric: true }));
  return [...heads, ...none];
}

function newestFirst(a: RecordItem, b: RecordItem): number {
  return (b.changed ?? '').localeCompare(a.changed ?? '') || a.id.localeCompare(b.id);
}

export function gridOf(context: ValueContext, fields: Record<string, Field>, items: RecordItem[],
  options: GridFields): Grid {
  const { rows, across } = options;
  const rowField = fields[rows];
  const acrossField = fields[across];
  if (!rowField || !acrossField) return { rows: [], across: [], cell: () => [], filled: 0 };
  const keyOf = (row: string, column: string) => JSON.stringify([row, column]);
  const used = headsOf(context, rowField, rows, items, options);
  const named = options.rowHeads?.filter(({ value }) => (
    options.chosen[rows]?.includes(value) ?? true)) ?? [];
  const known = new Set(named.map(({ value }) => value));
  const cells = Map.groupBy(items, (item) => keyOf(valueOf(item, rows), valueOf(item, across)));
  for (const records of cells.values()) records.sort(newestFirst);
  return {
    rows: [...named, ...used.filter(({ value }) => !known.has(value))],
    across: headsOf(context, acrossField, across, items, options),
    cell: (row, column) => cells.get(keyOf(row.value, column.value)) ?? [],
    filled: cells.size,
  };
}
