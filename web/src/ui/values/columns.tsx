// The columns of a register: a form's own fields and the engine's columns, each with a title, a
// cell, and whether it may be sorted on.
import { deadlineLabel, dueFields, isCounted, isNumberField, roleTitle,
  stateLabel } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import type { Field, RecordItem } from '@/api/types';
import { formatMoment, formatWindow } from '@/lib/dates';
import { Status } from '../status';
import { FieldValue } from './field_value';
import type { ValueContext } from './field_value';

export interface Column {
  id: string;
  title: string;
  field?: Field;
  isSortable: boolean;
  isNumber: boolean;
}

export const kEngineColumns = ['state', 'turn', 'organisation', 'changed'] as const;

export function engineTitle(context: ValueContext, id: string): string | null {
  const { t } = context.words;
  switch (id) {
    case 'state': return t('register.state');
    case 'turn': return t('register.turn');
    case 'organisation': return t('register.organisation');
    case 'changed': return t('register.changed');
    default: return null;
  }
}

export function columnOf(context: ValueContext, ref: FormRef, id: string): Column | null {
  const engine = engineTitle(context, id);
  if (engine) return { id, title: engine, isSortable: id === 'changed', isNumber: false };
  const field = ref.form.fields[id];
  if (!field || isCounted(field)) return null;
  const isNumber = isNumberField(field);
  return {
    id, field, isNumber, title: context.words.l(field.label), isSortable: Boolean(field.sortable),
  };
}

export function columnsOf(context: ValueContext, ref: FormRef, ids: string[]): Column[] {
  return ids.map((id) => columnOf(context, ref, id)).filter((column) => column !== null);
}

const kFieldsAtFirst = 3;

// What a register shows before anybody chooses: state, until when (as a desk tells it), and the
// first few short fields.
export function defaultColumns({ catalogue }: ValueContext, ref: FormRef): string[] {
  const names = ref.form.name ?? [];
  const due = dueFields(catalogue, ref);
  const fields = Object.entries(ref.form.fields)
    .filter(([id, field]) => !names.includes(id) && !due.includes(id) && !field.long
      && !field.retired && field.type !== 'group' && field.type !== 'url'
      && field.type !== 'attachment' && !isCounted(field))
    .map(([id]) => id);
  return [...(ref.form.process ? ['state'] : []), ...due, ...fields]
    .slice(0, kFieldsAtFirst + (ref.form.process ? 1 : 0));
}

// The columns of a file: what the title is made of comes first, as the title does on the screen.
export function exportColumns(ref: FormRef, ids: string[]): string[] {
  const names = (ref.form.name ?? []).filter((id) => id in ref.form.fields);
  return [...new Set([...names, ...ids])].filter((id) => !isCounted(ref.form.fields[id]));
}

export interface CellProps {
  context: ValueContext;
  form: FormRef;
  item: RecordItem;
  column: Column;
}

export function Cell({ context, form, item, column }: CellProps) {
  const { words, catalogue } = context;
  if (column.field) {
    const value = item.fields[column.id];
    return value === undefined ? <span className="muted">–</span>
      : <FieldValue context={context} field={column.field} value={value} />;
  }
  if (column.id === 'state' && item.state) {
    return <Status meaning={item.state.meaning} label={words.l(stateLabel(form, item.state))} />;
  }
  if (column.id === 'turn' && item.turn) {
    return <>{words.l(item.turn.title ?? roleTitle(catalogue, item.turn.role))}</>;
  }
  if (column.id === 'organisation') return <>{item.organisation?.name}</>;
  if (column.id === 'changed' && item.changed) return <>{formatMoment(item.changed, words.lang)}</>;
  return <span className="muted">–</span>;
}

export function deadlineText(context: ValueContext, form: FormRef, item: RecordItem,
  name: string): string {
  const deadline = item.deadlines?.find((one) => one.name === name);
  if (!deadline) return '';
  const label = deadlineLabel(form, name);
  return `${context.words.l(label)} ${formatWindow(deadline, context.words.lang)}`;
}
