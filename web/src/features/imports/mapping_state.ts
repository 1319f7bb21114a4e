// What somebody chooses on the page of an import, and the mapping that it says.
import type { FormRef } from '@/api/metadata';
import type { ImportColumn, ImportMapping, OfferedMapping, SeenFile } from '@/api/imports';
import type { Json } from '@/api/types';

export interface ColumnChoice {
  field: string;                 // empty: not imported
  match: string;
  clears: boolean;
}

export interface MappingState {
  base: ImportMapping;           // what a kept mapping says beside what is chosen here
  columns: Record<string, ColumnChoice>;
  fixed: Record<string, Json>;
  key: string[];
  numbers: NonNullable<ImportMapping['numbers']>;
  dates: NonNullable<ImportMapping['dates']>;
}

export const kNoColumn: ColumnChoice = { field: '', match: '', clears: false };

// By the names of the columns alone; the key are the fields of the form's name that are there.
export function guessed(form: FormRef, seen: SeenFile): MappingState {
  const columns = Object.fromEntries(seen.columns.flatMap(({ name, field }) => (
    field ? [[name, { ...kNoColumn, field }]] : [])));
  const taken = new Set(Object.values(columns).map(({ field }) => field));
  const key = Object.keys(form.form.fields)
    .filter((id) => taken.has(id) && form.form.fields[id]?.required);
  return { base: { form: form.name, columns: [], key: [] }, columns, fixed: {}, key,
    numbers: seen.numbers, dates: seen.dates };
}

export function stateOf(offered: OfferedMapping): MappingState {
  const { mapping } = offered;
  const columns = Object.fromEntries(mapping.columns.map((column) => [column.column, {
    field: column.field, match: column.match ?? '', clears: column.empty === 'clear' }]));
  return { base: mapping, columns, fixed: mapping.fixed ?? {}, key: mapping.key,
    numbers: mapping.numbers ?? 'comma', dates: mapping.dates ?? 'year_first' };
}

// The fields that get a value, in the order of the form.
export function filledFields(form: FormRef, state: MappingState): string[] {
  const taken = new Set([...Object.values(state.columns).map(({ field }) => field),
    ...Object.keys(state.fixed)]);
  return Object.keys(form.form.fields).filter((id) => taken.has(id));
}

function columnOf(name: string, choice: ColumnChoice, base: ImportMapping): ImportColumn {
  const kept = base.columns.find((one) => one.column === name && one.field === choice.field);
  const made: ImportColumn = { ...kept, column: name, field: choice.field };
  delete made.match;
  delete made.empty;
  return { ...made, ...(choice.match ? { match: choice.match } : {}),
    ...(choice.clears ? { empty: 'clear' as const } : {}) };
}

export function mappingOf(form: FormRef, seen: SeenFile, state: MappingState): ImportMapping {
  const columns = seen.columns.flatMap(({ name }) => {
    const choice = state.columns[name];
    return choice?.field ? [columnOf(name, choice, state.base)] : [];
  });
  const filled = new Set(filledFields(form, state));
  const where = {
    ...(seen.header_row > 1 ? { header_row: seen.header_row } : {}),
    ...(seen.sheet && seen.sheet !== seen.sheets[0] ? { sheet: seen.sheet } : {}) };
  return { ...state.base, ...where, form: form.name, columns, fixed: state.fixed,
    key: state.key.filter((id) => filled.has(id)), numbers: state.numbers, dates: state.dates };
}
