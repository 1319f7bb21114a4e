// Records as a table: title first, then the chosen columns. The whole row opens the record; the
// link in it is what keyboards and screen readers use.
import type { MouseEvent } from 'react';

import type { FormRef } from '@/api/metadata';
import type { RecordItem } from '@/api/types';
import { navigate, Link } from '@/lib/router';
import type { ListState } from '@/lib/url_state';
import { ScrollBox } from '../scroll_box';
import { Cell } from './columns';
import type { Column } from './columns';
import type { ValueContext } from './field_value';

export interface RecordTableProps {
  context: ValueContext;
  form: FormRef;
  items: RecordItem[];
  columns: Column[];
  caption: string;
  sort?: ListState['sort'];
  onSort?: (sort: NonNullable<ListState['sort']>) => void;
  selected?: ReadonlySet<string>;
  onSelect?: (ids: Set<string>) => void;
  extra?: { title: string; cell: (item: RecordItem) => React.ReactNode }[];
}

function SortButton({ column, sort, onSort, context }: Pick<RecordTableProps, 'sort' | 'context'>
  & { column: Column; onSort: NonNullable<RecordTableProps['onSort']> }) {
  const isSorted = sort?.field === column.id;
  const next = isSorted && sort.direction === 'asc' ? 'desc' : 'asc';
  const key = next === 'asc' ? 'register.sortAsc' : 'register.sortDesc';
  return (
    <button type="button" className="sort-button"
      title={context.words.t(key, { name: column.title })}
      onClick={() => { onSort({ field: column.id, direction: next }); }}>
      {column.title} <span aria-hidden="true">
        {isSorted ? (sort.direction === 'asc' ? '↑' : '↓') : '↕'}
      </span>
    </button>
  );
}

// What the titles of the records are, where they are one field and not made of several.
function titleOfNames({ context, form }: Pick<RecordTableProps, 'context' | 'form'>): string {
  const [id, ...more] = form.form.name ?? [];
  const field = id !== undefined && !more.length ? form.form.fields[id] : undefined;
  return field ? context.words.l(field.label) : context.words.t('register.name');
}

const classOf = (column: Column): string | undefined => (
  column.isNumber ? 'number' : column.field?.long ? 'is-long' : undefined);

function Head(props: RecordTableProps) {
  const { context, form, columns, caption, sort, onSort, items, selected, onSelect } = props;
  const extra = props.extra ?? [];
  const { t } = context.words;
  const isAll = items.length > 0 && items.every((item) => selected?.has(item.id));
  const ariaSort = (column: Column) => (sort?.field !== column.id ? undefined
    : sort.direction === 'asc' ? 'ascending' as const : 'descending' as const);
  return (
    <>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {onSelect && (
            <th scope="col" className="select-cell">
              <input type="checkbox" className="utrecht-checkbox" checked={isAll}
                aria-label={t('register.selectAll')}
                onChange={() => {
                  onSelect(new Set(isAll ? [] : items.map((item) => item.id)));
                }} />
            </th>
          )}
          <th scope="col">{titleOfNames({ context, form })}</th>
          {columns.map((column) => (
            <th key={column.id} scope="col" aria-sort={ariaSort(column)}
              className={classOf(column)}>
              {column.isSortable && onSort
                ? <SortButton context={context} column={column} sort={sort ?? null}
                    onSort={onSort} />
                : column.title}
            </th>
          ))}
          {extra.map(({ title }) => <th key={title} scope="col">{title}</th>)}
        </tr>
      </thead>
    </>
  );
}

// A click anywhere in the row opens it, but not one on a control or while selecting text.
function openRow(event: MouseEvent, id: string): void {
  const isControl = (event.target as HTMLElement).closest('a, button, input, label');
  if (isControl || window.getSelection()?.toString()) return;
  navigate(`/records/${id}`);
}

// The link in the row is the way in for keyboards; the row only widens it for pointers.
function Row({ item, context, form, columns, selected, onSelect, extra = [] }:
RecordTableProps & { item: RecordItem }) {
  const isSelected = selected?.has(item.id) ?? false;
  const toggle = () => {
    const next = new Set(selected);
    if (isSelected) next.delete(item.id);
    else next.add(item.id);
    onSelect?.(next);
  };
  return (
    <tr className={isSelected ? 'record-row is-selected' : 'record-row'}
      onClick={(event) => { openRow(event, item.id); }}>
      {onSelect && (
        <td className="select-cell">
          <input type="checkbox" className="utrecht-checkbox" checked={isSelected}
            aria-label={context.words.t('register.select', { title: item.title })}
            onChange={toggle} />
        </td>
      )}
      <th scope="row"><Link to={`/records/${item.id}`} data-row>{item.title}</Link></th>
      {columns.map((column) => (
        <td key={column.id} data-title={column.title}
          className={classOf(column)}>
          <Cell context={context} form={form} item={item} column={column} />
        </td>
      ))}
      {extra.map(({ title, cell }) => <td key={title} data-title={title}>{cell(item)}</td>)}
    </tr>
  );
}

export function RecordTable(props: RecordTableProps) {
  return (
    <ScrollBox label={props.caption} isSticky>
      <table className="table record-table">
        <Head {...props} />
        <tbody>{props.items.map((item) => <Row key={item.id} {...props} item={item} />)}</tbody>
      </table>
    </ScrollBox>
  );
}
