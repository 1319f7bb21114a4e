// Imports: looking at a file, the dry run, accepting it, and mappings that are kept.
import { useMutation, useQueryClient } from '@tanstack/react-query';

import { randomKey } from '@/lib/keys';
import { fetchFile, post } from './client';
import { keys } from './queries';
import type { Json, References, Text } from './types';

export interface ImportColumn {
  column: string;
  field: string;
  match?: string;                // reference: a field of its form; absent: the title
  split?: string;
  empty?: 'keep' | 'clear';
  values?: Record<string, string>;
}

// As docs/formats/import.md has it; what a page does not know is kept as it is.
export interface ImportMapping {
  form: string;
  title?: Text;
  sheet?: string;
  header_row?: number;
  numbers?: 'comma' | 'point';
  dates?: 'year_first' | 'day_first' | 'month_first';
  no_value?: string[];
  columns: ImportColumn[];
  fixed?: Record<string, Json>;
  key: string[];
  ask?: { changed_percent?: number; factor?: number; year_field?: string; year_lag?: number };
}

export interface OfferedMapping {
  name: string;
  title: Text;
  pack?: string;                 // absent: the organisation keeps it
  form: string;
  mapping: ImportMapping;
}

export interface SeenColumn {
  name: string;
  samples: string[];
  field?: string;
}

export interface SeenFile {
  form: string;
  format: 'csv' | 'xlsx';
  encoding?: string;
  separator?: string;
  sheet?: string;
  sheets: string[];
  header_row: number;
  rows: number;
  numbers: 'comma' | 'point';
  dates: 'year_first' | 'day_first' | 'month_first';
  columns: SeenColumn[];
  fields: string[];
  mappings: OfferedMapping[];
}

export interface ImportProblem {
  id: string;
  where?: string;
  message: Text;
  hint: Text;
}

export interface PlannedRow {
  line: number;
  outcome: 'new' | 'changed' | 'error';
  record?: string;
  title?: string;
  changes?: { field: string; before?: Json; after?: Json }[];
  problems?: ImportProblem[];
}

export interface ImportPlan {
  plan: string;
  form: string;
  counts: { new: number; changed: number; same: number; errors: number };
  unused_columns: string[];
  questions: (ImportProblem & { key: string })[];
  rows: PlannedRow[];
  left_out: number;
  references: References;
}

export interface ImportDone {
  import: string;
  created: number;
  changed: number;
  same: number;
}

export interface ImportAsk {
  file: string;
  mapping: ImportMapping;
  year?: number;
}

export interface ImportLook {
  file: string;
  form: string;
  sheet?: string;
  header_row?: number;
}

export function useLook() {
  return useMutation({ mutationFn: (ask: ImportLook) => post<SeenFile>('/v1/imports/_look', ask) });
}

export function useRehearsal() {
  return useMutation({
    mutationFn: (ask: ImportAsk) => post<ImportPlan>('/v1/imports/_rehearse', ask),
  });
}

// One key for each difference that was looked at: accepting it again writes nothing twice.
export function useAcceptance() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: ImportAsk & { plan: string; confirmed: string[];
      key: string; }) => post<ImportDone>('/v1/imports/_accept', body, { idempotencyKey: key }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.searches }),
  });
}

export const acceptanceKey = randomKey;

export function useKeeping() {
  return useMutation({
    mutationFn: (body: { name: string; mapping: ImportMapping }) => post<unknown>(
      '/v1/imports/mappings', body),
  });
}

export function fetchImportErrors(ask: ImportAsk): Promise<Blob> {
  return fetchFile('/v1/imports/_errors', ask);
}
