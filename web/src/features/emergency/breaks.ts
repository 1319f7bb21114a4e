// Emergency access: asking for it, who took it, and what came of it.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';

import { kEmergency, post, setPurpose } from '@/api/client';
import { useBreakRules, useSession } from '@/api/queries';
import type { Organisation, Text } from '@/api/types';
import { randomKey } from '@/lib/keys';

export interface Break {
  id: string;
  record: string;
  form_title?: Text;
  organisation: Organisation;
  account: { id: string; name: string };
  role: Text;
  report: Text;
  reason: string;
  opened: string;
  until: string;
  open: boolean;
  reviewed?: string;
  reviewed_by?: { id: string; name: string };
  outcome?: 'justified' | 'unjustified';
  note?: string;
}

const kBreaks = ['breaks'];

export function useBreaks(isWanted = true) {
  return useInfiniteQuery({
    queryKey: kBreaks,
    queryFn: ({ pageParam }) => post<{ items: Break[]; next?: number }>(
      '/v1/breaks/_search', pageParam ? { before: pageParam } : {}),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
    enabled: isWanted,
  });
}

// Own breaks that are open now.
export function useOpenBreaks(): Break[] {
  const account = useSession().data?.account?.id;
  const mayBreak = useBreakRules().length > 0;
  const breaks = useBreaks(Boolean(account) && mayBreak);
  const items = breaks.data?.pages.flatMap((page) => page.items) ?? [];
  return items.filter((item) => item.open && item.account.id === account);
}

export function useBreak(record: string, onOpened: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (asked: { reason: string; hours: number }) => post<Break>(
      `/v1/records/${record}/_break`, asked, { idempotencyKey: randomKey() }),
    onSuccess: () => {
      setPurpose(kEmergency);
      void queries.invalidateQueries();
      onOpened();
    },
  });
}

export function useEndBreak() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => post<Break>(`/v1/breaks/${id}/_end`, undefined),
    onSuccess: () => queries.invalidateQueries(),
  });
}

export function useReview(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (review: { outcome: string; note: string }) => post<Break>(
      `/v1/breaks/${id}/_review`, review),
    onSuccess: () => queries.invalidateQueries(),
  });
}
