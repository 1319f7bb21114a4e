// What a map needs: its places, what the reader chose to see of them, and the records of that
// alone. What is chosen stands in the address as a filter. The first choice narrows what is asked
// of the server; values of another choice are never on the same map.
import { findForm, findList, fullName } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { kManyRows, useAllRows } from '@/api/queries';
import type { RecordItem } from '@/api/types';
import { serverToday } from '@/lib/server_clock';
import { kEmptyList } from '@/lib/url_state';
import type { FilterValue } from '@/lib/url_state';
import { searchBody, useListState } from '@/ui/filters/use_list_state';
import type { ListControl } from '@/ui/filters/use_list_state';
import { codeLabel, useValueContext } from '@/ui/values/field_value';
import type { ValueContext } from '@/ui/values/field_value';
import { headsOf, kNone, valueOf } from './grid_rows';
import type { Head } from './grid_rows';
import { earlierOf } from './earlier';
import { newestFirst, placeRows, placesOf } from './map_rows';
import type { PlaceRows } from './map_rows';
import { blockBody, drawnBody } from './use_block';
import type { BlockData, BlockProps } from './use_block';

export interface Choice {
  field: string;
  heads: Head[];
  value: string;
}

export interface MapData {
  data: BlockData;
  choices: Choice[];
  places: FormRef | undefined;
  rows: PlaceRows;
  isChanging: boolean;           // what is there belongs to the choice before
}

type Rows = ReturnType<typeof useAllRows>;

// All that the first choice could be: the codes of its list, or the records of its form by name.
export function useTopics(context: ValueContext, form: FormRef, id: string):
{ heads: Head[]; query: Rows | undefined } {
  const field = form.form.fields[id];
  const target = field?.type === 'reference' && field.form ? fullName(form.pack, field.form) : '';
  const isReadable = Boolean(target && findForm(context.catalogue, target));
  const query = useAllRows({ form: target }, isReadable);
  if (target) {
    const heads = (query.data?.items ?? []).map(({ id: value, title }) => ({ value, label: title }))
      .sort((a, b) => a.label.localeCompare(b.label, context.words.lang, { numeric: true }));
    return { heads, query: isReadable ? query : undefined };
  }
  const list = field?.list ? findList(context.catalogue, context.pack, field.list) : undefined;
  const heads = Object.keys(list?.codes ?? {})
    .map((value) => ({ value, label: field ? codeLabel(context, field, value) : value }));
  return { heads, query: undefined };
}

export function chosen(control: ListControl, heads: Head[], field: string): string | undefined {
  const wanted = control.state.filters[field]?.anyOf;
  return heads.find(({ value }) => wanted?.includes(value))?.value;
}

export interface Narrowed {
  choices: Choice[];
  items: RecordItem[];
}

// Of the records that are left each further choice is one that they hold; without a wish that of
// the newest record.
export function narrow(context: ValueContext, form: FormRef, control: ListControl,
  { first, others, items, date }: { first: Choice | undefined; others: string[];
    items: RecordItem[]; date: string | undefined; }): Narrowed {
  const choices = first ? [first] : [];
  let left = first ? items.filter((item) => valueOf(item, first.field) === first.value) : items;
  for (const id of others) {
    const field = form.form.fields[id];
    if (!field) continue;
    const used = new Set(left.map((item) => valueOf(item, id)));
    const heads = headsOf(context, field, id, left, { chosen: {}, today: serverToday() })
      .filter(({ value }) => used.has(value));
    const newest = [...left].sort(newestFirst(date))[0];
    const value = chosen(control, heads, id) ?? (newest ? valueOf(newest, id) : kNone);
    left = left.filter((item) => valueOf(item, id) === value);
    choices.push({ field: id, heads, value });
  }
  return { choices, items: left };
}

export function filtersOf(choices: Choice[]): Record<string, FilterValue> {
  return Object.fromEntries(choices.filter(({ value }) => value !== kNone)
    .map(({ field, value }) => [field, { anyOf: [value] }]));
}

// What fails or is not there yet is what a block tells about.
export function tellingOf(first: (Rows | undefined)[], last: Rows): Rows {
  const queries = [...first, last].filter((query) => query !== undefined);
  return queries.find(({ isError }) => isError)
    ?? queries.find(({ isPending }) => isPending) ?? last;
}

export function useMap({ desk, block, form }: BlockProps): MapData {
  const control = useListState(form, `${block.id}.`);
  const bare = useValueContext(form.pack);
  const [topic, ...others] = block.one_of ?? [];
  const topics = useTopics(bare, form, topic ?? '');
  const first = topic === undefined ? undefined : { field: topic, heads: topics.heads,
    value: chosen(control, topics.heads, topic) ?? topics.heads[0]?.value ?? kNone };
  const bodyOf = (choices: Choice[]) => blockBody(block,
    searchBody(form, { ...kEmptyList, filters: filtersOf(choices) }));
  const drawn = [block.places, block.cell, block.date, ...block.columns ?? [],
    ...block.one_of ?? []];
  const found = useAllRows(drawnBody(form, bodyOf(first ? [first] : []), drawn, block.previous),
    !topics.query?.isPending, kManyRows);

  const target = form.form.fields[block.places ?? '']?.form ?? '';
  const places = findForm(bare.catalogue, fullName(form.pack, target));
  const placeQuery = useAllRows({ form: places?.name ?? '',
    ...(block.among ? { where: block.among } : {}) }, Boolean(places));

  const context = { ...bare, references: found.data?.references ?? {} };
  const { choices, items } = narrow(context, form, control, {
    first, others, items: found.data?.items ?? [], date: block.date });
  const rows = tellingOf([topics.query, places && placeQuery], found);
  const { t, lang } = context.words;
  return {
    data: { desk, block, form, control, context, items, rows, body: bodyOf(choices),
      before: earlierOf(block, items, found.data?.items ?? []) },
    choices,
    places,
    rows: placeRows(placesOf(placeQuery.data?.items ?? [], block), items, {
      places: block.places ?? '', date: block.date, lang,
      nameOf: (id) => context.references[id]?.title ?? (id === kNone ? t('chart.other') : id) }),
    isChanging: found.isPlaceholderData,
  };
}
