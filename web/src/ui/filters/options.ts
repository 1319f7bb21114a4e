// What one can choose for a filter: codes of a list, states of the processes, roles, records.
import { findForm, findList, fullName, processesOf, roleTitle, statesOf } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { useAllRows } from '@/api/queries';
import type { Field } from '@/api/types';
import type { ValueContext } from '../values/field_value';

export interface Option {
  value: string;
  label: string;
}

export type FilterKind = 'options' | 'range' | 'words' | 'none';

export function filterKind(id: string, field: Field | undefined): FilterKind {
  if (id === 'state' || id === 'turn') return 'options';
  if (id === 'changed') return 'range';
  switch (field?.type) {
    case 'choice':
    case 'reference':
    case 'boolean': return 'options';
    case 'date':
    case 'uncertain_date': return 'range';
    case 'text': return 'words';
    default: return 'none';
  }
}

function engineOptions(context: ValueContext, form: FormRef, id: string): Option[] {
  const { words, catalogue } = context;
  const states = statesOf(form);
  if (id === 'state') {
    return Object.entries(states).map(([value, state]) => ({ value, label: words.l(state.label) }));
  }
  const roles = processesOf(form).flatMap((process) => Object.values(process.states)
    .flatMap((state) => state.turn ?? []));
  return [...new Set(roles)]
    .map((value) => ({ value, label: words.l(roleTitle(catalogue, value)) }));
}

function ownOptions(context: ValueContext, field: Field): Option[] {
  const { words, catalogue, pack } = context;
  if (field.type === 'boolean') {
    return [{ value: 'true', label: words.t('common.yes') },
      { value: 'false', label: words.t('common.no') }];
  }
  const list = field.list ? findList(catalogue, pack, field.list) : undefined;
  return Object.entries(list?.codes ?? {})
    .map(([value, code]) => ({ value, label: words.l(code.label) }));
}

// Options of references are read from the server, once the filter is opened or in use.
export function useOptions(context: ValueContext, form: FormRef, id: string,
  isWanted = true): Option[] {
  const field = form.form.fields[id];
  const target = field?.type === 'reference' && field.form
    ? fullName(form.pack, field.form) : '';
  const isReadable = Boolean(target && findForm(context.catalogue, target));
  const rows = useAllRows({ form: target }, isReadable && isWanted);
  if (target) {
    return (rows.data?.items ?? []).map(({ id: value, title }) => ({ value, label: title }));
  }
  return field ? ownOptions(context, field) : engineOptions(context, form, id);
}
