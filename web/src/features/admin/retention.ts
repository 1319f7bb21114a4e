// What is due under retention, approving that it is destroyed, and what was destroyed.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';

import { post } from '@/api/client';
import type { Organisation, Text } from '@/api/types';

export interface DueRecord {
  id: string;
  form: string;
  form_title?: Text;
  person: boolean;               // the record of a person, of whom nothing else is left
  title?: string;                // absent: one may not see it
  organisation: Organisation;
  version: number;
  changed: string;
  due: string;
  retention?: string;
  law?: string;
  article?: string;
}

export interface DuePage {
  items: DueRecord[];
  count: number;
  next?: string;
  may: 'erase'[];
}

export interface Outcome {
  erased: number;
  left: string[];
  wiped: boolean;
}

export interface Erasure {
  seq: number;
  at: string;
  by: { id: string; name: string };
  organisation: Organisation;
  cause: 'retention' | 'request';
  reason?: string;
  records: { form: string; form_title?: Text; count: number }[];
  accounts: number;
}

export interface ErasurePage {
  items: Erasure[];
  next?: number;
}

export type Listed = Pick<DueRecord, 'id' | 'version'>;

const kRetention = ['retention'];

export function useDue() {
  return useInfiniteQuery({
    queryKey: [...kRetention, 'due'],
    queryFn: ({ pageParam }) => post<DuePage>('/v1/retention/_search',
      pageParam ? { after: pageParam } : {}),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
}

export function useErasures() {
  return useInfiniteQuery({
    queryKey: [...kRetention, 'erasures'],
    queryFn: ({ pageParam }) => post<ErasurePage>('/v1/retention/_erasures',
      pageParam ? { before: pageParam } : {}),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
  });
}

// The most that one request may name (docs/formats/api.md).
const kMostApproved = 1000;

async function approve(records: Listed[]): Promise<Outcome> {
  const sum: Outcome = { erased: 0, left: [], wiped: true };
  for (let at = 0; at < records.length; at += kMostApproved) {
    const part = records.slice(at, at + kMostApproved);
    const outcome = await post<Outcome>('/v1/retention/_approve',
      { records: part.map(({ id, version }) => ({ record: id, version })) });
    sum.erased += outcome.erased;
    sum.left.push(...outcome.left);
    sum.wiped = sum.wiped && outcome.wiped;
  }
  return sum;
}

// The same records again give the same answer, so sending again after silence is safe, also when
// only some of the requests were answered.
export function useApproval() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: approve,
    onSettled: () => queries.invalidateQueries({ queryKey: kRetention }),
  });
}
