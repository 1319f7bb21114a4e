// Letters that are kept: the shapes in the API, asking for them and changing them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { randomKey } from '@/lib/keys';
import { fetchOpenFile, post, request } from './client';
import { keys } from './queries';
import type { Organisation, RecordState, RecordView, Text } from './types';

export interface LetterSource {
  kind: 'record' | 'indicator' | 'text';
  ref: string;                           // a record, "pack/indicator" or "pack/source"
  version?: string;
  title?: string;
  on?: string;
}

export interface LetterSentence {
  id: string;
  text: string;
  sources: LetterSource[];               // none: without source
  own: boolean;                          // somebody wrote it
  edited: boolean;                       // somebody changed the words of the template
  by?: string;
  was?: string;                          // what the template says
}

export interface LetterTable {
  id: string;
  caption: string;
  headings: string[];
  rows: string[][];
  sources: LetterSource[];
}

export interface LetterSection {
  heading: string;
  level: 1 | 2;
  sentences: LetterSentence[];
  tables: LetterTable[];
}

export interface LetterVersion {
  version: number;
  at: string;
  by?: string;
  reason?: string;
}

export interface LeftOutPart {
  id: string;
  text?: string;                         // absent: one may not read the version that has it
}

export interface Letter {
  id: string;
  version: number;
  title: string;
  language: 'nl' | 'en';
  on: string;
  form: string;
  template: { name: string; title?: Text };
  organisation: Organisation;
  final?: { at: string; by?: string };
  may_change: boolean;
  sections: LetterSection[];
  left_out: LeftOutPart[];
  versions: LetterVersion[];             // newest first
  // Where letters of this kind have a process: its record, with the steps that one may take, and
  // which of them makes it final.
  record?: RecordView;
  finish?: string;
}

export interface LetterTemplate {
  name: string;
  title: Text;
  pack: { name: string; title: Text };
}

export interface LetterItem {
  id: string;
  title: string;
  on: string;
  organisation: Organisation;
  changed: string;
  final: boolean;
  state?: RecordState;                   // where letters of this kind have a process
}

export interface LetterList {
  templates: LetterTemplate[];
  items: LetterItem[];
}

export interface LetterChange {
  change: 'added' | 'changed' | 'source_changed' | 'gone';
  id: string;
  before: string;
  after: string;
}

export type SourceChoice = { record: string } | { text: string };

export type LetterEdit =
  | { do: 'reword'; id: string; text: string }
  | { do: 'add'; after?: string; section?: number; text: string; source?: SourceChoice }
  | { do: 'source'; id: string; source: SourceChoice }
  | { do: 'leave_out' | 'put_back'; id: string };

export type LetterFormat = 'html' | 'odt' | 'pdf';

const kLetters = ['letters'];
const keyOf = (id: string, version?: number) => [...kLetters, id, version ?? 'newest'];

export function useLetters() {
  return useQuery({
    queryKey: [...kLetters, 'list'],
    queryFn: () => request<LetterList>('/v1/letters'),
  });
}

export function useLetter(id: string, version?: number) {
  return useQuery({
    queryKey: keyOf(id, version),
    queryFn: () => request<Letter>(`/v1/letters/${id}${version ? `?version=${version}` : ''}`),
  });
}

export function useLetterChanges(id: string, from: number, to: number) {
  return useQuery({
    queryKey: [...kLetters, id, 'compare', from, to],
    queryFn: () => request<{ items: LetterChange[] }>(
      `/v1/letters/${id}/compare?from=${from}&to=${to}`),
    select: (answer) => answer.items,
  });
}

export function useMakeLetter(onMade: (letter: Letter) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: { template: string; language: string }) => post<Letter>(
      '/v1/letters', wish, { idempotencyKey: randomKey() }),
    onSuccess: (letter) => {
      queries.setQueryData(keyOf(letter.id), letter);
      void queries.invalidateQueries({ queryKey: [...kLetters, 'list'] });
      onMade(letter);
    },
  });
}

export interface LetterWrite {
  act: 'change' | 'refill' | 'finish';
  body?: { title?: string; edits?: LetterEdit[]; reason?: string };
}

// Each write makes a new version of the letter; what came out is the letter from then on.
export function useLetterWrite(letter: Letter) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ act, body }: LetterWrite) => post<Letter>(
      `/v1/letters/${letter.id}/_${act}`, body,
      { ifMatch: letter.version, idempotencyKey: randomKey() }),
    onSuccess: (after) => {
      queries.setQueryData(keyOf(after.id), after);
      void queries.invalidateQueries({ queryKey: [...kLetters, 'list'] });
    },
  });
}

// An ordinary step of the record of a letter, such as handing it to a second reader.
export function useLetterStep(letter: Letter) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { transition: string; reason?: string }) => post<RecordView>(
      `/v1/records/${letter.id}/_step`, body,
      { ifMatch: letter.version, idempotencyKey: randomKey() }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: kLetters });
      await queries.invalidateQueries({ queryKey: keys.tasks });
    },
  });
}

export function fetchLetter(letter: Letter, format: LetterFormat): Promise<Blob> {
  return fetchOpenFile(
    `/v1/letters/${letter.id}/document?format=${format}&version=${letter.version}`);
}
