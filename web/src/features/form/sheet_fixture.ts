// A round of five questions and sheets of it: for tests of sheets.
import type { FormRef } from '@/api/metadata';
import type { Round, RoundSheet, SheetRow } from '@/api/rounds';
import type { Action, Fields, RecordView } from '@/api/types';

export const text = (nlText: string) => ({ nl: nlText, en: nlText });

export const round: Round = { name: 'p/r', title: text('Ronde'), lead: text(''), form: 'p/value',
  of: 'of', who: 'who', rows: 'row', editions: 'p/e', places: 'p/w', rows_form: 'p/i', about: [],
  set: {}, ask: ['how', 'why', 'note', 'count', 'seen'], show: [], keep: ['how', 'count'] };

const value = { title: text('Waarde'), may: ['read', 'create'], fields: {
  how: { type: 'text', label: text('Hoe') }, why: { type: 'text', label: text('Waarom') },
  note: { type: 'text', label: text('Notitie') },
  count: { type: 'integer', label: text('Aantal') },
  seen: { type: 'integer', label: text('Gezien') } } } as unknown as FormRef['form'];

export const form: FormRef = { name: 'p/value', form: value, pack: { name: 'p', title: text('P'),
  version: '1', hash: 'h', forms: { value } } };

export function step(transition: string, more: Partial<Action> = {}): Action {
  return { kind: 'step', transition, label: text(transition), fields: {}, ...more };
}

export function record(id: string, fields: Fields, actions: Action[] = []): RecordView {
  return { id, title: id, version: 2, form: 'p/value', fields, actions,
    pack: { name: 'p', version: '1', hash: 'h' } };
}

export function row(id: string, more: Partial<SheetRow> = {}): SheetRow {
  const item = { id, title: `Rij ${id}`, version: 1, fields: {} };
  return { row: item, open: true, views: [], ...more };
}

export function sheetOf(rows: SheetRow[]): RoundSheet {
  return { round, of: { id: 'e', title: 'Nu' }, who: { id: 'w', title: 'Oost' }, may_create: true,
    asked: true, rows, references: {} };
}
