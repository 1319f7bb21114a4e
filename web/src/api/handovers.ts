// Hand-overs of files of persons: what the own organisation hands over and is offered.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { randomKey } from '@/lib/keys';
import { post } from './client';
import { useCatalogue } from './queries';
import type { Organisation, Text } from './types';

export type HandoverState =
  'offered' | 'accepted' | 'refused' | 'withdrawn' | 'returned' | 'erased';
export type HandoverAct = 'accept' | 'refuse' | 'withdraw' | 'return';

export interface Handover {
  id: string;
  state: HandoverState;
  person?: { id: string; title?: string };   // absent: one may not see whose file it is
  keeper: Organisation;
  receiver: Organisation;
  form_title?: Text;
  all_forms: boolean;
  forms: { id: string; title: Text }[];
  hides_forms: boolean;                      // there are more, which one does not see
  from?: string;
  until?: string;
  gives_up: boolean;
  counts: boolean;
  over: boolean;                             // its last day has passed
  reason?: string;
  basis?: string;
  answer?: string;
  end_reason?: string;
  offered_by?: { id: string; name: string };
  answered_by?: { id: string; name: string };
  ended_by?: { id: string; name: string };
  offered?: string;
  answered?: string;
  ended?: string;
  may: HandoverAct[];
}

export interface HandoverPage {
  items: Handover[];
  next?: number;
  organisations?: Organisation[];            // outgoing: those that one may hand over to
}

export interface Offer {
  organisation: string;
  forms?: string[];
  from?: string;
  until?: string;
  gives_up: boolean;
  reason: string;
  basis: string;
}

const kHandovers = ['handovers'];

function ask(body: Record<string, unknown>) {
  return post<HandoverPage>('/v1/handovers/_search', body);
}

// Whether one may hand over the file of somebody, or receive one.
export function useMayHandOver(): boolean {
  const packs = useCatalogue().data?.packs ?? [];
  return packs.some((pack) => Object.values(pack.forms)
    .some((form) => form.may.includes('hand_over')));
}

// Those of the own organisation; `all`: of everybody, for a privacy officer.
export type HandoverList = 'incoming' | 'outgoing' | 'all';

export function useHandovers(list: HandoverList) {
  return useInfiniteQuery({
    queryKey: [...kHandovers, list],
    queryFn: ({ pageParam }) => ask({
      ...(list === 'all' ? {} : { direction: list }),
      ...(pageParam ? { before: pageParam } : {}),
    }),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
  });
}

// The newest offers that wait for an answer of the own organisation.
export function useWaitingHandovers(isWanted: boolean) {
  return useQuery({
    queryKey: [...kHandovers, 'waiting'],
    queryFn: () => ask({ direction: 'incoming', state: 'offered', limit: 200 }),
    enabled: isWanted,
  });
}

export function useHandoversOf(person: string, isWanted: boolean) {
  return useQuery({
    queryKey: [...kHandovers, 'of', person],
    queryFn: () => ask({ person }),
    enabled: isWanted,
  });
}

export function useOffer(person: string, onOffered: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (offer: Offer) => post<Handover>(
      `/v1/records/${person}/_handover`, offer, { idempotencyKey: randomKey() }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: kHandovers });
      onOffered();
    },
  });
}

// What is seen changes with it, everywhere.
export function useHandoverAct(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ act, reason }: { act: HandoverAct; reason: string }) => post<Handover>(
      `/v1/handovers/${id}/_${act}`, { reason }),
    onSuccess: () => queries.invalidateQueries(),
  });
}
