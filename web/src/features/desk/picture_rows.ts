// From records to the rows of a time line: dates, groups, and each row in a sentence.
import { stateLabel } from '@/api/metadata';
import type { Field, RecordItem } from '@/api/types';
import { formatWindow } from '@/lib/dates';
import type { DateWindow } from '@/lib/dates';
import type { MessageKey } from '@/lib/i18n';
import type { PictureRow } from '@/ui/chart/timeline';
import { valueText } from '@/ui/values/field_value';
import type { ValueContext } from '@/ui/values/field_value';
import { windowOf } from './use_block';
import type { BlockData } from './use_block';

export interface PictureData {
  rows: PictureRow[];
  undated: RecordItem[];
}

function spoken(data: BlockData, item: RecordItem, from: DateWindow | undefined,
  due: DateWindow | undefined): string {
  const { t, l, lang } = data.context.words;
  return t('chart.row', {
    title: item.title,
    from: from ? formatWindow(from, lang) : t('chart.noDate'),
    due: due ? formatWindow(due, lang) : t('chart.noDue'),
    state: item.state ? l(stateLabel(data.form, item.state)) : '',
  });
}

export function groupTitle(context: ValueContext, field: Field | undefined, item: RecordItem,
  id: string | null): string {
  if (!field || !id) return '';
  return valueText(context, field, item.fields[id]) || context.words.t('chart.other');
}

function byGroupThenDate(a: PictureRow, b: PictureRow): number {
  const start = (row: PictureRow) => row.from?.first ?? row.due?.first ?? '';
  return a.group.localeCompare(b.group) || start(a).localeCompare(start(b));
}

export function promiseRows(data: BlockData, group: string | null): PictureData {
  const { block, form, context } = data;
  const field = group ? form.form.fields[group] : undefined;
  const undated: RecordItem[] = [];
  const rows = data.items.flatMap((item): PictureRow[] => {
    const from = windowOf(item, block.from);
    const due = windowOf(item, block.due);
    const done = windowOf(item, block.done);
    if (!from && !due && !done) {
      undated.push(item);
      return [];
    }
    return [{
      id: item.id, title: item.title, from, due, done,
      group: groupTitle(context, field, item, group),
      meaning: item.state?.meaning ?? 'running', spoken: spoken(data, item, from, due),
    }];
  });
  return { rows: rows.sort(byGroupThenDate), undated };
}

const kStatusOrder = ['missed', 'open', 'suspended', 'met', 'stopped'];

// Only the window in which a deadline ends; where it began stands in the record.
export function termRows(data: BlockData): PictureData {
  const { t } = data.context.words;
  const undated: RecordItem[] = [];
  const rows = data.items.flatMap((item): (PictureRow & { order: number })[] => {
    const deadline = item.deadlines?.find((one) => one.name === data.block.deadline);
    if (!deadline) {
      undated.push(item);
      return [];
    }
    const due = { first: deadline.first, last: deadline.last };
    return [{
      id: item.id, title: item.title, due, order: kStatusOrder.indexOf(deadline.status),
      group: t(`status.${deadline.status}` as MessageKey),
      meaning: item.state?.meaning ?? 'running', spoken: spoken(data, item, undefined, due),
    }];
  });
  return { rows: rows.sort((a, b) => a.order - b.order || byGroupThenDate(a, b)), undated };
}
