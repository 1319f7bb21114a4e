// Rounds of packs: the shapes in the API, and asking for them.
import { useQuery } from '@tanstack/react-query';

import { request } from './client';
import { keys } from './queries';
import type { Fields, RecordItem, RecordView, References, Text } from './types';

export interface Round {
  name: string;                          // "pack/id"
  title: Text;
  lead: Text;
  form: string;                          // of the records that are filled in
  of: string;                            // its references: edition, place and row
  who: string;
  rows: string;
  editions: string;                      // the forms behind those
  places: string;
  rows_form: string;
  about: string[];                       // fields of a row that explain what is asked
  set: Fields;
  ask: string[];
  show: string[];
  keep: string[];
  views?: { form: string; beside: string; columns: string[] };
  requests?: {
    form: string; of: string; who: string; organisation: string; name?: string; remind?: string;
  };
}

export interface RoundName {
  id: string;
  title: string;
}

export interface SheetRow {
  row: RecordItem;
  open: boolean;                         // it may be filled in, by who may
  now?: RecordView;
  last?: RecordItem;                     // the edition before that has this row
  views: RecordItem[];
}

export interface RoundSheet {
  round: Round;
  of: RoundName;
  who: RoundName;
  may_create: boolean;
  asked: boolean;                        // false: the place ended, and is asked no more
  request?: RecordView;
  rows: SheetRow[];
  references: References;
}

export interface RoundPlace {
  who: RoundName;
  states: Record<string, number>;
  open: number;                          // rows that were made and may be filled in still
  past: number;
  request?: RecordView;
  // To who may remind it: it is late, not ready yet, or was reminded today.
  reminder?: 'late' | 'waiting' | 'today';
}

export interface Reminded {
  id: string;                            // of the request
  outcome: 'reminded' | 'today' | 'refused';
  problem?: { id: string; message: Text; hint?: Text };
}

export interface RoundOverview {
  round: Round;
  of: RoundName;
  rows: number;                          // that each place is asked
  places: RoundPlace[];
}

export interface RoundList {
  items: { round: Round; editions: RecordItem[] }[];
  references: References;
}

export const roundKeys = { all: keys.rounds };

export function roundPath(name: string, ...ids: string[]): string {
  return ['/v1/rounds', name, ...ids].join('/');
}

// Where people see it.
export function roundPage(name: string, ...ids: string[]): string {
  return ['/rondes', name, ...ids].join('/');
}

export function useRounds() {
  return useQuery({
    queryKey: [...roundKeys.all, 'list'],
    queryFn: () => request<RoundList>('/v1/rounds'),
    staleTime: 300_000,
  });
}

export function useOverview(name: string, of: string) {
  return useQuery({
    queryKey: [...roundKeys.all, name, of],
    queryFn: () => request<RoundOverview>(roundPath(name, of)),
  });
}

export function useSheet(name: string, of: string, who: string) {
  return useQuery({
    queryKey: [...roundKeys.all, name, of, who],
    queryFn: () => request<RoundSheet>(roundPath(name, of, who)),
  });
}
