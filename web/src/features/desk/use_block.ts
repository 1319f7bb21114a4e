// What every block of a desk needs: its form, its list state, all its rows, and a finding in words.
import { blockForm, stateLabel } from '@/api/metadata';
import type { DeskRef, FormRef } from '@/api/metadata';
import { useAllRows, useCatalogue } from '@/api/queries';
import type { Block, RecordItem, SearchBody, UncertainDate } from '@/api/types';
import type { PictureWords } from '@/lib/chart/export';
import { formatDate } from '@/lib/dates';
import type { DateWindow } from '@/lib/dates';
import { formatDecimal } from '@/lib/format';
import type { Words } from '@/lib/i18n';
import { serverToday } from '@/lib/server_clock';
import type { ListState } from '@/lib/url_state';
import { searchBody, useListState } from '@/ui/filters/use_list_state';
import type { ListControl } from '@/ui/filters/use_list_state';
import { useValueContext } from '@/ui/values/field_value';
import type { ValueContext } from '@/ui/values/field_value';

export interface BlockData {
  desk: DeskRef;
  block: Block;
  form: FormRef;
  control: ListControl;
  body: SearchBody;
  context: ValueContext;
  items: RecordItem[];
  rows: ReturnType<typeof useAllRows>;
  before?: Earlier;                      // of maps and grids
}

// What records said the time before, by their ids; only where that was something else.
export type Earlier = Map<string, RecordItem>;

export interface BlockProps {
  desk: DeskRef;
  block: Block;
  form: FormRef;
}

export function useBlockForm(desk: DeskRef, block: Block): FormRef | undefined {
  const catalogue = useCatalogue().data;
  return catalogue && blockForm(catalogue, desk.pack, block);
}

// What a block shows is what its pack asks and what the reader filters on.
export function blockBody(block: Block, body: SearchBody): SearchBody {
  return block.where ? { ...body, where: block.where } : body;
}

// A picture of thousands of rows wants of each only what it draws. Of the time before, the id is
// enough: it is looked up among records that are asked for. What the reader does not see may not be
// named.
export function drawnBody({ form }: FormRef, body: SearchBody, drawn: (string | undefined)[],
  previous?: string): SearchBody {
  const ids = [...drawn, previous].filter((id) => id !== undefined && id in form.fields);
  const fields = [...new Set(ids as string[])];
  return { ...body, fields,
    ...(previous && fields.includes(previous) ? { unnamed: [previous] } : {}) };
}

// The rows of which that cannot be determined, instead of those of which it holds.
export function undeterminedBody(body: SearchBody): SearchBody {
  return { ...body, undetermined: true };
}

// What the reader chooses of in the block itself narrows what is there, not what is asked for.
export function withoutChoices(block: Block, state: ListState): ListState {
  if (!block.one_of) return state;
  const kept = Object.entries(state.filters).filter(([id]) => !block.one_of?.includes(id));
  return { ...state, filters: Object.fromEntries(kept) };
}

// `most`: so many rows, for who shows only some of them.
export function useBlock({ desk, block, form }: BlockProps, most?: number): BlockData {
  const control = useListState(form, `${block.id}.`);
  const body = blockBody(block, searchBody(form, withoutChoices(block, control.state)));
  const rows = useAllRows(body, true, most);
  const context = useValueContext(form.pack, rows.data?.references);
  return { desk, block, form, control, body, context, rows, items: rows.data?.items ?? [] };
}

// The window of a date field of a record, however the field writes it.
export function windowOf(item: RecordItem, field: string | undefined): DateWindow | undefined {
  const value = field ? item.fields[field] : undefined;
  if (typeof value === 'string') return { first: value, last: value };
  if (value && typeof value === 'object' && !Array.isArray(value) && 'first' in value) {
    const window = value as unknown as UncertainDate;
    return { first: window.first, last: window.last };
  }
  return undefined;
}

// '34 toezeggingen. Loopt: 22. Nagekomen: 12.' – what the picture shows, in a sentence.
export function findingOf(form: FormRef, items: RecordItem[], words: Words): string {
  const plural = words.l(form.form.plural).toLowerCase();
  if (!items.length) return words.t('desk.findingNone', { plural });
  const counts = new Map<string, number>();
  for (const item of items) {
    if (!item.state) continue;
    const label = words.l(stateLabel(form, item.state));
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const parts = [...counts].sort((a, b) => b[1] - a[1])
    .map(([label, count]) => `${label}: ${formatDecimal(count, words.lang)}.`);
  const n = formatDecimal(items.length, words.lang);
  return parts.length ? words.t('desk.finding', { n, plural, parts: parts.join(' ') })
    : `${n} ${plural}.`;
}

// What stands over and under a picture of a block that is saved as a file.
export function pictureWords({ block, context }: Pick<BlockData, 'block' | 'context'>,
  finding: string): PictureWords {
  const { t, l, lang } = context.words;
  const facts = [finding, t('embed.on', { on: formatDate(serverToday(), lang) }) + '.',
    t('embed.source') + '.', l(block.note)].filter(Boolean);
  return { title: l(block.title), facts: facts.join(' ') };
}

export function statesInUse(form: FormRef, items: RecordItem[], words: Words) {
  const seen = new Map<string, { meaning: NonNullable<RecordItem['state']>['meaning'];
    label: string; }>();
  for (const { state } of items) {
    if (!state) continue;
    const label = words.l(stateLabel(form, state));
    // States of several processes may be called the same.
    seen.set(`${state.meaning} ${label}`, { meaning: state.meaning, label });
  }
  return [...seen.values()];
}
