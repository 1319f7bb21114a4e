// The state of one list on a page (filters, sort, words, group), kept in the address. Search words
// of forms about persons stay out of it: they live in the history entry only. An address may be
// old: an order that the form does not allow is left out, and named.
import { useCallback, useMemo } from 'react';

import { canBeAddressed } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import type { Filter, Form, SearchBody } from '@/api/types';
import { replaceQuery, useHistoryState, useQueryString } from '@/lib/router';
import { isFiltered, readList, writeList } from '@/lib/url_state';
import type { FilterValue, ListState } from '@/lib/url_state';

export interface ListControl {
  state: ListState;
  noOrder: string | null;              // what the address sorts by and the form does not allow
  update: (change: Partial<ListState>) => void;
  setFilter: (field: string, value: FilterValue) => void;
  clear: () => void;
  isAnyFilter: boolean;
}

// The engine's own columns that the server sorts by beside the fields.
const kOrders = ['state', 'turn', 'organisation', 'changed'];

function mayOrder(form: Form, id: string): boolean {
  return Boolean(form.fields[id]?.sortable) || kOrders.includes(id);
}

export function useListState({ form }: FormRef, prefix = ''): ListControl {
  const params = useQueryString();
  const kept = useHistoryState() as Record<string, string> | null;
  const withText = canBeAddressed(form);
  const textKey = `${prefix}q`;
  const keptText = kept?.[textKey];
  const { state, noOrder } = useMemo(() => {
    const read = readList(params, prefix);
    const order = read.sort && !mayOrder(form, read.sort.field) ? read.sort.field : null;
    if (order !== null) read.sort = null;
    if (!withText) read.text = keptText ?? '';
    return { state: read, noOrder: order };
  }, [form, params, prefix, withText, keptText]);
  const update = useCallback((change: Partial<ListState>) => {
    const next = { ...state, ...change };
    const entry = withText ? kept : { ...kept, [textKey]: next.text };
    replaceQuery(writeList(new URLSearchParams(window.location.search), prefix, next, withText),
      entry);
  }, [state, kept, prefix, textKey, withText]);
  return {
    state,
    noOrder,
    update,
    setFilter: (field, value) => {
      update({ filters: { ...state.filters, [field]: value } });
    },
    clear: () => { update({ filters: {}, text: '' }); },
    isAnyFilter: Boolean(state.text) || Object.values(state.filters).some(isFiltered),
  };
}

// Values go to the server in the shape of the field: yes/no as booleans, whole numbers as numbers.
function typed(form: FormRef, field: string, value: string) {
  const type = form.form.fields[field]?.type;
  if (type === 'boolean') return value === 'true';
  return type === 'integer' ? Number(value) : value;
}

function filterOf(form: FormRef, field: string, value: FilterValue): Filter {
  if (value.anyOf) {
    const values = value.anyOf.map((one) => typed(form, field, one));
    const isSingle = values.length === 1 && form.form.fields[field]?.type === 'boolean';
    return isSingle ? { field, equals: values[0] ?? false } : { field, any_of: values };
  }
  return { field, ...(value.from ? { from: value.from } : {}),
    ...(value.to ? { to: value.to } : {}) };
}

export function searchBody(form: FormRef, state: ListState): SearchBody {
  const filters = Object.entries(state.filters)
    .filter(([, value]) => isFiltered(value))
    .map(([field, value]) => filterOf(form, field, value));
  return {
    form: form.name,
    ...(filters.length ? { filters } : {}),
    ...(state.text.trim() ? { text: state.text.trim() } : {}),
    ...(state.sort ? { sort: state.sort } : {}),
  };
}
