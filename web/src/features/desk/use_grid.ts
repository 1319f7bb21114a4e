// What a grid needs: the records of what the reader chose to see, those that they follow upon, and
// the rows that are there whether or not somebody said something of them. The first choice narrows
// what is asked of the server, as on a map: of many years no page holds all.
import { findForm, fullName } from '@/api/metadata';
import { kManyRows, useAllRows, useRecord } from '@/api/queries';
import type { RecordItem, SearchBody } from '@/api/types';
import { searchBody, useListState } from '@/ui/filters/use_list_state';
import { useValueContext } from '@/ui/values/field_value';
import { earlierOf } from './earlier';
import { kNone, valueOf } from './grid_rows';
import type { Head } from './grid_rows';
import { newestFirst } from './map_rows';
import { blockBody, drawnBody, withoutChoices } from './use_block';
import type { BlockData, BlockProps } from './use_block';
import { chosen, filtersOf, narrow, tellingOf, useTopics } from './use_map';
import type { Choice } from './use_map';

export interface GridData {
  data: BlockData;
  choices: Choice[];
  rowHeads: Head[] | undefined;  // by name; undefined: only what records name
  isChanging: boolean;           // what is there belongs to the choice before
}

// The newest record is looked for among so many of the newest.
const kNewestRows = 200;

// Of the first choice: what the reader asks for or, without a wish, what the newest record holds.
function useFirst({ block, form }: BlockProps, control: BlockData['control'], base: SearchBody) {
  const id = block.one_of?.[0];
  const context = useValueContext(form.pack);
  const topics = useTopics(context, form, id ?? '');
  const asked = id === undefined ? undefined : chosen(control, topics.heads, id);
  const isReady = !topics.query?.isPending;
  const newest = useAllRows(base, id !== undefined && isReady && asked === undefined, kNewestRows);
  if (id === undefined) return { first: undefined, isReady: true, queries: [] };
  const [latest] = [...newest.data?.items ?? []].sort(newestFirst(block.date));
  const value = asked ?? (latest ? valueOf(latest, id) : kNone);
  const isNamed = topics.heads.some((head) => head.value === value);
  const label = newest.data?.references?.[value]?.title ?? context.words.t('chart.other');
  const heads = isNamed || !latest ? topics.heads : [...topics.heads, { value, label }];
  return { first: { field: id, value, heads },
    isReady: isReady && (asked !== undefined || newest.data !== undefined),
    queries: [topics.query, asked === undefined ? newest : undefined] };
}

// What the records follow upon: all of the choice that the first of those was made under. One of
// another choice still is not spoken of.
function useBefore({ block, form }: BlockProps, items: RecordItem[], first: Choice | undefined,
  bodyOf: (choices: Choice[]) => SearchBody): RecordItem[] {
  const id = items.map((item) => valueOf(item, block.previous ?? '')).find(Boolean) ?? '';
  const isElsewhere = Boolean(first && id) && !items.some((item) => item.id === id);
  const record = useRecord(id, {}, isElsewhere).data;
  const value = first && record?.fields[first.field];
  const choice = first && typeof value === 'string' ? { ...first, value } : undefined;
  const rows = useAllRows(drawnBody(form, bodyOf(choice ? [choice] : []), [block.cell]),
    isElsewhere && choice !== undefined, kManyRows);
  return isElsewhere ? rows.data?.items ?? [] : items;
}

// The records that rows stand for, where the block says which; a row without a value is seen then.
function useRowHeads({ block, form }: BlockProps) {
  const { catalogue, words } = useValueContext(form.pack);
  const target = form.form.fields[block.rows ?? '']?.form ?? '';
  const found = block.among ? findForm(catalogue, fullName(form.pack, target)) : undefined;
  const query = useAllRows({ form: found?.name ?? '', where: block.among ?? '' }, Boolean(found));
  const heads = found && (query.data?.items ?? []).map(({ id, title }) => (
    { value: id, label: title, isFound: true })).sort((a, b) => (
    a.label.localeCompare(b.label, words.lang, { numeric: true })));
  return { heads, query: found ? query : undefined };
}

export function useGrid(props: BlockProps): GridData {
  const { desk, block, form } = props;
  const control = useListState(form, `${block.id}.`);
  const state = withoutChoices(block, control.state);
  const bodyOf = (choices: Choice[]) => blockBody(block,
    searchBody(form, { ...state, filters: { ...state.filters, ...filtersOf(choices) } }));
  const askOf = (choices: Choice[]) => drawnBody(form, bodyOf(choices),
    [block.rows, block.across, block.cell, block.date, ...block.one_of ?? []], block.previous);
  const { first, isReady, queries } = useFirst(props, control, askOf([]));
  const found = useAllRows(askOf(first ? [first] : []), isReady, kManyRows);
  const context = useValueContext(form.pack, found.data?.references);
  const { choices, items } = narrow(context, form, control, { first,
    others: (block.one_of ?? []).slice(1), items: found.data?.items ?? [], date: block.date });
  const before = useBefore(props, items, first, bodyOf);
  const rowHeads = useRowHeads(props);
  return {
    data: { desk, block, form, control, context, items, body: bodyOf(choices),
      rows: tellingOf([...queries, rowHeads.query], found),
      before: earlierOf(block, items, before) },
    choices,
    rowHeads: rowHeads.heads,
    isChanging: found.isPlaceholderData,
  };
}
