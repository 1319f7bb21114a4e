// What can be done with the rows that one has chosen.
import type { FormRef } from '@/api/metadata';
import { stateLabel } from '@/api/metadata';
import type { RecordItem } from '@/api/types';
import { csvText } from '@/lib/csv';
import { download } from '@/lib/download';
import { Button } from '@/ui/button';
import type { Column } from '@/ui/values/columns';
import { valueText } from '@/ui/values/field_value';
import type { ValueContext } from '@/ui/values/field_value';

export interface SelectionBarProps {
  context: ValueContext;
  form: FormRef;
  items: RecordItem[];
  columns: Column[];
  onClear: () => void;
}

function textOf({ context, form }: SelectionBarProps, item: RecordItem, column: Column): string {
  if (column.field) return valueText(context, column.field, item.fields[column.id]);
  if (column.id === 'state') return item.state ? context.words.l(stateLabel(form, item.state)) : '';
  if (column.id === 'turn') return context.words.l(item.turn?.title);
  if (column.id === 'organisation') return item.organisation?.name ?? '';
  return item.changed ?? '';
}

export function SelectionBar(props: SelectionBarProps) {
  const { context, form, items, columns, onClear } = props;
  const { t } = context.words;
  const save = () => {
    const head = [t('register.name'), ...columns.map((column) => column.title)];
    const rows = items.map((item) => (
      [item.title, ...columns.map((column) => textOf(props, item, column))]));
    download(`${form.name.replace('/', '-')}.csv`,
      new Blob([csvText([head, ...rows])], { type: 'text/csv;charset=utf-8' }));
  };
  return (
    <div className="selection-bar no-print" role="region"
      aria-label={t('register.selected', { n: items.length })}>
      <span className="strong" role="status">{t('register.selected', { n: items.length })}</span>
      {form.form.may.includes('export') && (
        <Button small look="primary" onClick={save}>{t('register.exportSelected')}</Button>
      )}
      <Button small onClick={onClear}>{t('common.cancel')}</Button>
    </div>
  );
}
