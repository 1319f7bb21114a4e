// What is typed in the rows of a sheet and not saved yet, kept in this browser session; and sending
// it: all rows that changed in one request, all or nothing.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';

import { post } from '@/api/client';
import type { FormRef } from '@/api/metadata';
import { problemOf } from '@/api/problem';
import type { ApiProblem } from '@/api/problem';
import { keys, useSession } from '@/api/queries';
import { roundKeys, roundPath } from '@/api/rounds';
import type { RoundSheet, SheetRow } from '@/api/rounds';
import type { Fields, RecordItem } from '@/api/types';
import { useWords } from '@/lib/i18n';
import type { Words } from '@/lib/i18n';
import { randomKey } from '@/lib/keys';
import { forget, recall, remember } from '@/lib/storage';
import { checkForm } from './check';
import { draftsOf, isEmptyDraft, keepable } from './drafts';
import type { Draft, DraftFields } from './drafts';
import { pathOf } from './problems';

export interface RowEdit {
  drafts: DraftFields;
  version: number;       // of the record that it was typed over; 0: there was none
  seen?: number;         // of what others saved since, once that was told: it is saved over that
  isTaken: boolean;      // as it was the time before, and nothing else
}
export type RowEdits = Record<string, RowEdit>;

// How a row stands, for its mark and for what is counted.
export type RowStatus = 'changed' | 'taken' | 'now' | 'offered' | 'empty';

// What was said the time before is of this place, not of one that it came from.
export function isOfPlace(sheet: RoundSheet, last: RecordItem): boolean {
  const who = last.fields[sheet.round.who];
  return who === undefined || who === sheet.who.id;
}

// Of whom it was said.
export function placeOf(sheet: RoundSheet, last: RecordItem): string {
  return sheet.references[String(last.fields[sheet.round.who])]?.title ?? '';
}

export function statusOf(row: SheetRow, edit: RowEdit | undefined): RowStatus {
  if (edit) return edit.isTaken ? 'taken' : 'changed';
  if (row.now) return 'now';
  return row.last ? 'offered' : 'empty';
}

function versionOf(row: SheetRow): number {
  return row.now?.version ?? 0;
}

// Somebody else wrote in the row after this was typed.
export function isOvertaken(row: SheetRow, edit: RowEdit | undefined): boolean {
  return edit !== undefined && edit.version !== versionOf(row);
}

// And nobody told so yet: then it is not saved over what they wrote.
export function isUntold(row: SheetRow, edit: RowEdit | undefined): boolean {
  return edit !== undefined && (edit.seen ?? edit.version) !== versionOf(row);
}

// What stands in the fields of a row before anybody types.
export function startOf(sheet: RoundSheet, row: SheetRow): Fields {
  if (row.now) return row.now.fields;
  const last = row.last && isOfPlace(sheet, row.last) ? row.last.fields : {};
  return Object.fromEntries(Object.entries(last)
    .filter(([id]) => sheet.round.keep.includes(id)));
}

// Rows that hold something, in the order of the sheet.
export function editedRows(sheet: RoundSheet, edits: RowEdits): SheetRow[] {
  return sheet.rows.filter((row) => {
    const edit = edits[row.row.id];
    return edit && (row.now ?? Object.values(edit.drafts).some((draft) => !isEmptyDraft(draft)));
  });
}

export interface SheetEdits {
  edits: RowEdits;
  draftsOfRow: (row: SheetRow) => DraftFields;
  change: (row: SheetRow, field: string, draft: Draft) => void;
  take: (rows: SheetRow[]) => void;
  see: (rows: SheetRow[]) => void;       // what others saved in them was told
  undo: (row: SheetRow) => void;
  drop: () => void;
}

export function useSheetEdits(sheet: RoundSheet, form: FormRef): SheetEdits {
  const { lang } = useWords();
  const account = useSession().data?.account?.id ?? 'visitor';
  const key = `draft.${account}.round.${sheet.round.name}.${sheet.of.id}.${sheet.who.id}`;
  const [edits, setEdits] = useState(() => recall<RowEdits>(key, {}, 'session'));
  useEffect(() => {
    const kept = Object.entries(edits).map(([id, edit]) => (
      [id, { ...edit, drafts: keepable(form.form, edit.drafts) }]));
    if (kept.length) remember(key, Object.fromEntries(kept), 'session');
    else forget(key, 'session');
  }, [key, edits, form]);
  const starts = useMemo(() => Object.fromEntries(sheet.rows.map((row) => [row.row.id,
    draftsOf(form.form, sheet.round.ask, startOf(sheet, row), lang,
      { ...sheet.references, ...row.now?.references })])), [sheet, form, lang]);
  const draftsOfRow = (row: SheetRow) => (
    { ...starts[row.row.id], ...edits[row.row.id]?.drafts });
  const take = (rows: SheetRow[]) => {
    setEdits((old) => ({ ...old, ...Object.fromEntries(rows.map((row) => (
      [row.row.id, { drafts: starts[row.row.id] ?? {}, version: versionOf(row),
        isTaken: true }]))) }));
  };
  return {
    edits, draftsOfRow, take,
    change: (row, field, draft) => {
      setEdits((old) => {
        const { id } = row.row;
        const drafts = { ...starts[id], ...old[id]?.drafts, [field]: draft };
        const version = old[id]?.version ?? versionOf(row);
        return { ...old, [id]: { ...old[id], drafts, version, isTaken: false } };
      });
    },
    see: (rows) => {
      setEdits((old) => ({ ...old, ...Object.fromEntries(rows.flatMap((row) => {
        const edit = old[row.row.id];
        return edit ? [[row.row.id, { ...edit, seen: versionOf(row) }]] : [];
      })) }));
    },
    undo: (row) => {
      setEdits((old) => Object.fromEntries(
        Object.entries(old).filter(([id]) => id !== row.row.id)));
    },
    drop: () => { setEdits({}); },
  };
}

export interface SentRow {
  row: string;
  version?: number;
  fields: Fields;
}

// The rows as they are sent, each over the version that was seen, and what is wrong, by place: the
// row, or 'row.field'.
export function checkRows(sheet: RoundSheet, form: FormRef, { edits, draftsOfRow }: SheetEdits,
  words: Words): { rows: SentRow[]; errors: Map<string, string> } {
  const errors = new Map<string, string>();
  const rows = editedRows(sheet, edits).map((row) => {
    const edit = edits[row.row.id];
    const version = edit?.seen ?? edit?.version;
    if (isUntold(row, edit)) {
      errors.set(row.row.id, `${row.row.title}: ${words.t('rounds.overtaken')}`);
    }
    const { fields, problems } = checkForm(form.form, draftsOfRow(row), words.lang, new Set());
    for (const { path, key, values } of problems) {
      errors.set(`${row.row.id}.${path}`, `${row.row.title}: ${words.t(key, values)}`);
    }
    return { row: row.row.id, fields, ...(version ? { version } : {}) };
  });
  return { rows, errors };
}

// The row that a problem is about: '/rows/2', of the rows that were sent.
function rowAt(sheet: RoundSheet, sent: string[], where = ''): SheetRow | undefined {
  const [, list, index = ''] = where.split('/');
  const id = list === 'rows' ? sent[Number(index)] : undefined;
  return sheet.rows.find((one) => one.row.id === id || one.now?.id === id);
}

// The rows that the server found to be changed by others.
export function staleRows(sheet: RoundSheet, sent: string[], problem: ApiProblem): SheetRow[] {
  const ofRows = problem.problems.filter(({ where }) => where?.split('/').length === 3);
  return ofRows.flatMap(({ where }) => rowAt(sheet, sent, where) ?? []);
}

// '/rows/2/fields/label' -> the place in the page and the words.
export function serverErrors(sheet: RoundSheet, form: FormRef, sent: string[],
  problem: ApiProblem | null, words: Words): Map<string, string> {
  const errors = new Map<string, string>();
  for (const { where, message, hint } of problem?.problems ?? []) {
    const row = rowAt(sheet, sent, where);
    if (!row) continue;
    const path = pathOf(form.form, `/${(where ?? '').split('/').slice(3).join('/')}`);
    const field = form.form.fields[path.split('.')[0] ?? ''];
    const label = field ? `${words.l(field.label)}: ` : '';
    const place = path ? `${row.row.id}.${path}` : row.row.id;
    const told = [message, hint].filter(Boolean).join(' ');
    if (!errors.has(place)) errors.set(place, `${row.row.title}: ${label}${told}`);
  }
  return errors;
}

// Writes to a sheet; its answer is the sheet as it is then. Where others were first, the sheet is
// read again, and onStale gets it.
export function useSheetWrite(sheet: RoundSheet, action: '_save' | '_step', onDone: () => void,
  onStale?: (after: RoundSheet, problem: ApiProblem) => void) {
  const queries = useQueryClient();
  const last = useRef({ text: '', key: '' });
  const path = roundPath(sheet.round.name, sheet.of.id, sheet.who.id);
  const queryKey = [...roundKeys.all, sheet.round.name, sheet.of.id, sheet.who.id];
  const mutation = useMutation({
    networkMode: 'always',
    mutationFn: (body: unknown) => {
      const text = JSON.stringify(body);
      if (last.current.text !== text) last.current = { text, key: randomKey() };
      return post<RoundSheet>(`${path}/${action}`, body, { idempotencyKey: last.current.key });
    },
    onSuccess: (after) => {
      last.current = { text: '', key: '' };
      queries.setQueryData(queryKey, after);
      void queries.invalidateQueries({
        queryKey: [...roundKeys.all, sheet.round.name, sheet.of.id], exact: true });
      void queries.invalidateQueries({ queryKey: keys.searches });
      void queries.invalidateQueries({ queryKey: ['record'] });
      void queries.invalidateQueries({ queryKey: keys.tasks });
      onDone();
    },
    onError: (error) => {
      const problem = problemOf(error);
      if (problem.status !== 409) return;
      void queries.invalidateQueries({ queryKey: roundKeys.all }).then(() => {
        const after = queries.getQueryData<RoundSheet>(queryKey);
        if (after) onStale?.(after, problem);
      });
    },
  });
  return {
    send: (body: unknown) => { if (!mutation.isPending) mutation.mutate(body); },
    isSending: mutation.isPending,
    isDone: mutation.isSuccess,
    problem: mutation.error ? problemOf(mutation.error) : null,
    reset: mutation.reset,
  };
}
