// The state of a list in the address: filters, sort, search words, grouping. Shared by copying it.
//
//   ?promises.f.theme=a~b&promises.f.due=2026-01-01..2026-12-31&promises.sort=-due
//
// One page may hold several lists; each has its own prefix. Search words are kept out where they
// may name a person: the caller then keeps them in the history entry.

export interface FilterValue {
  anyOf?: string[];
  from?: string;
  to?: string;
}

export interface ListState {
  filters: Record<string, FilterValue>;
  text: string;
  sort: { field: string; direction: 'asc' | 'desc' } | null;
  group: string | null;
  view: string | null;
  columns: string[] | null;
}

export const kEmptyList: ListState = {
  filters: {}, text: '', sort: null, group: null, view: null, columns: null,
};

function readFilter(value: string): FilterValue {
  if (!value.includes('..')) return { anyOf: value.split('~').filter(Boolean) };
  const [from = '', to = ''] = value.split('..');
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

function writeFilter(value: FilterValue): string {
  if (value.anyOf) return value.anyOf.join('~');
  return value.from || value.to ? `${value.from ?? ''}..${value.to ?? ''}` : '';
}

export function readList(params: URLSearchParams, prefix: string): ListState {
  const state: ListState = { ...kEmptyList, filters: {} };
  for (const [key, value] of params) {
    if (!key.startsWith(prefix)) continue;
    const name = key.slice(prefix.length);
    if (name.startsWith('f.')) state.filters[name.slice(2)] = readFilter(value);
    else if (name === 'q') state.text = value;
    else if (name === 'group') state.group = value;
    else if (name === 'view') state.view = value;
    else if (name === 'columns') state.columns = value.split('~').filter(Boolean);
    else if (name === 'sort') {
      const isDown = value.startsWith('-');
      state.sort = { field: isDown ? value.slice(1) : value, direction: isDown ? 'desc' : 'asc' };
    }
  }
  return state;
}

// Writes `state` under `prefix` into a copy of `params`; other lists' keys stay.
export function writeList(params: URLSearchParams, prefix: string, state: ListState,
  withText: boolean): URLSearchParams {
  const next = new URLSearchParams();
  const isOwn = (key: string) => key.startsWith(prefix)
    && /^(f\..+|q|group|view|columns|sort)$/.test(key.slice(prefix.length));
  for (const [key, value] of params) if (!isOwn(key)) next.append(key, value);
  const set = (name: string, value: string | null | undefined) => {
    if (value) next.set(prefix + name, value);
  };
  for (const [field, value] of Object.entries(state.filters)) set(`f.${field}`, writeFilter(value));
  if (withText) set('q', state.text);
  set('group', state.group);
  set('view', state.view);
  set('columns', state.columns?.join('~'));
  set('sort', state.sort && (state.sort.direction === 'desc' ? '-' : '') + state.sort.field);
  return next;
}

export function isFiltered(value: FilterValue | undefined): boolean {
  return Boolean(value?.anyOf?.length || value?.from || value?.to);
}
