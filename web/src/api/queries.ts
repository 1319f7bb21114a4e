// Reading from the server, with one place for the names under which answers are kept.
import { keepPreviousData, skipToken, useInfiniteQuery, useQueries, useQuery }
  from '@tanstack/react-query';

import { post, request, setCsrfToken } from './client';
import { problemOf } from './problem';
import type {
  BreakRule, Catalogue, HistoryItem, LinkGroup, Organisation, RecordView, References, SearchBody,
  SearchPage, Session, TaskPage,
} from './types';

export const keys = {
  session: ['session'] as const,
  catalogue: ['catalogue'] as const,
  record: (id: string) => ['record', id] as const,
  searches: ['search'] as const,
  search: (form: string) => ['search', form] as const,
  tasks: ['tasks'] as const,
  rounds: ['rounds'] as const,
};

export async function readSession(): Promise<Session> {
  const session = await request<Session>('/v1/session');
  setCsrfToken(session.csrf_token);
  return session;
}

export function useSession() {
  return useQuery({ queryKey: keys.session, queryFn: readSession, staleTime: 300_000 });
}

export function useCatalogue() {
  return useQuery({
    queryKey: keys.catalogue,
    queryFn: () => request<Catalogue>('/v1/catalogue'),
    staleTime: Infinity,
  });
}

// The forms that the caller may break, and how.
export function useBreakRules(): BreakRule[] {
  const packs = useCatalogue().data?.packs ?? [];
  return packs.flatMap((pack) => Object.values(pack.break_glass ?? {}));
}

// The metadata of one version of a pack: that which judged an earlier moment.
export function usePackVersion(pack: string, hash: string, isWanted: boolean) {
  return useQuery({
    queryKey: ['catalogue', pack, hash],
    queryFn: () => request<Catalogue>(`/v1/catalogue?pack=${pack}&hash=${hash}`),
    enabled: isWanted,
    staleTime: Infinity,
  });
}

export interface AsOf {
  validOn?: string;
  knownAt?: string;
}

export function asOfQuery(asOf: AsOf): string {
  const params = new URLSearchParams();
  if (asOf.validOn) params.set('validOn', asOf.validOn);
  if (asOf.knownAt) params.set('knownAt', asOf.knownAt);
  const text = params.toString();
  return text ? `?${text}` : '';
}

export function useRecord(id: string, asOf: AsOf = {}, isWanted = true) {
  return useQuery({
    queryKey: [...keys.record(id), 'as-of', asOf],
    queryFn: () => request<RecordView>(`/v1/records/${id}${asOfQuery(asOf)}`),
    enabled: isWanted,
  });
}

// The record as a page has it already, if one has: nothing is asked for, so nothing is noted as
// read.
export function useSeenRecord(id: string | undefined): RecordView | undefined {
  return useQuery<RecordView>({
    queryKey: [...keys.record(id ?? ''), 'as-of', {}], queryFn: skipToken,
  }).data;
}

export function useHistory(id: string) {
  return useQuery({
    queryKey: [...keys.record(id), 'history'],
    queryFn: () => request<{ items: HistoryItem[]; references?: References }>(
      `/v1/records/${id}/history`),
  });
}

export function useLinks(id: string) {
  return useQuery({
    queryKey: [...keys.record(id), 'links'],
    queryFn: () => request<{ items: LinkGroup[] }>(`/v1/records/${id}/links`),
  });
}

// Pages of a register, one after another.
export function useSearch(body: SearchBody, isWanted = true) {
  return useInfiniteQuery({
    queryKey: [...keys.search(body.form), body],
    queryFn: ({ pageParam, signal }) => post<SearchPage>(
      '/v1/records/_search', pageParam ? { ...body, cursor: pageParam } : body, { signal }),
    initialPageParam: '',
    getNextPageParam: (last: SearchPage) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    enabled: isWanted,
  });
}

export interface NameItem {
  id: string;
  name: string;
  organisation?: Organisation;
}

// Names that one may fill in in this field of a form: of accounts or of organisations.
export function useNames(form: string, field: string, text: string, isWanted: boolean) {
  return useQuery({
    queryKey: ['names', form, field, text],
    queryFn: ({ signal }) => post<{ items: NameItem[] }>(
      '/v1/names/_search', { form, field, ...(text ? { text } : {}) }, { signal }),
    placeholderData: keepPreviousData,
    enabled: isWanted,
  });
}

export interface SearchGroup {
  form: string;
  page: SearchPage;
}

// Words in every register that one may see. They go in the body, and stand in no address.
export function useSearchAll(words: string) {
  return useQuery({
    queryKey: [...keys.searches, 'everywhere', words],
    queryFn: ({ signal }) => post<{ groups: SearchGroup[] }>(
      '/v1/_search', { text: words }, { signal }),
  });
}

// A picture needs all rows; beyond this many it says that it shows only the first. What has a place
// for each of many records gets more.
export const kPictureRows = 1000;
export const kManyRows = 5000;
// The server gives no more at once (Search in the OpenAPI document). Where a condition looks at too
// many rows for the time of one page, a smaller one may do.
const kPageRows = 1000;
const kPageRowsWhereSlow = 200;
const kTookTooLong = 'ST-0073';

async function searchPage(body: SearchBody, limit: number, signal?: AbortSignal):
Promise<SearchPage> {
  try {
    return await post<SearchPage>('/v1/records/_search', { ...body, limit },
      signal ? { signal } : {});
  } catch (error) {
    if (problemOf(error).id !== kTookTooLong || limit <= kPageRowsWhereSlow) throw error;
    return searchPage(body, kPageRowsWhereSlow, signal);
  }
}

export async function searchAll(body: SearchBody, signal?: AbortSignal, most = kPictureRows):
Promise<SearchPage> {
  const all: SearchPage = { items: [], references: {} };
  let cursor = '';
  do {
    const page = await searchPage({ ...body, ...(cursor ? { cursor } : {}) },
      Math.min(most, kPageRows), signal);
    all.items.push(...page.items);
    Object.assign(all.references ?? {}, page.references);
    cursor = page.next ?? '';
  } while (cursor && all.items.length < most);
  if (cursor) all.next = cursor;
  return all;
}

function allRows(body: SearchBody, isWanted: boolean, most: number) {
  return {
    queryKey: [...keys.search(body.form), 'all', body, most],
    queryFn: ({ signal }: { signal: AbortSignal }) => searchAll(body, signal, most),
    enabled: isWanted,
  };
}

// Of several registers.
export function useRowsOfAll(bodies: SearchBody[], isWanted = true) {
  return useQueries({ queries: bodies.map((body) => allRows(body, isWanted, kManyRows)) });
}

export function useAllRows(body: SearchBody, isWanted = true, most = kPictureRows) {
  return useQuery({ ...allRows(body, isWanted, most), placeholderData: keepPreviousData });
}

export function useTasks(isWanted: boolean) {
  return useInfiniteQuery({
    queryKey: keys.tasks,
    queryFn: ({ pageParam }) => post<TaskPage>(
      '/v1/tasks/_search', pageParam ? { limit: 50, cursor: pageParam } : { limit: 50 }),
    initialPageParam: '',
    getNextPageParam: (last: TaskPage) => last.next || undefined,
    enabled: isWanted,
  });
}
