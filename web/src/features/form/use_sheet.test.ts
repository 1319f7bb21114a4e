// What of a sheet is sent, what is offered again, and where a problem of the server belongs.
import { describe, expect, it } from 'vitest';

import { ApiProblem } from '@/api/problem';
import type { SheetRow } from '@/api/rounds';
import { makeWords } from '@/lib/i18n';
import { nl } from '@/lib/i18n/nl';
import { form, record, row, sheetOf, step, text } from './sheet_fixture';
import { stepsOf } from './sheet_steps';
import { checkRows, editedRows, isOfPlace, isOvertaken, serverErrors, startOf, statusOf }
  from './use_sheet';
import type { RowEdits, SheetEdits } from './use_sheet';

const words = makeWords('nl', nl, () => undefined);

describe('a sheet', () => {
  it('shows what was said of a place that this one came from, and takes nothing of it over', () => {
    const ofOld = { ...record('l', { how: 'goed', who: 'oud' }), references: {} };
    const one = row('a', { last: ofOld });
    expect(isOfPlace(sheetOf([one]), ofOld)).toBe(false);
    expect(startOf(sheetOf([one]), one)).toEqual({});
    const own = { ...ofOld, fields: { how: 'goed', who: 'w' } };
    expect(startOf(sheetOf([one]), row('a', { last: own }))).toEqual({ how: 'goed' });
  });

  const last = record('l', { how: 'goed', why: 'omdat' });

  it('offers again what the round keeps, and nothing else', () => {
    expect(startOf(sheetOf([]), row('a', { last }))).toEqual({ how: 'goed' });
    expect(startOf(sheetOf([]), row('a', { now: record('n', { why: 'nu' }), last })))
      .toEqual({ why: 'nu' });
  });

  it('sends only rows that somebody touched', () => {
    const rows = [row('a', { last }), row('b'), row('c', { now: record('n', {}) })];
    const sheet = sheetOf(rows);
    expect(editedRows(sheet, {})).toEqual([]);
    const empty = { drafts: { how: '', why: ' ' }, version: 0, isTaken: false };
    const filled = { drafts: { how: 'goed' }, version: 0, isTaken: true };
    expect(editedRows(sheet, { a: filled, b: empty, c: empty }).map((one) => one.row.id))
      .toEqual(['a', 'c']);
    expect(rows.map((one) => statusOf(one, undefined))).toEqual(['offered', 'empty', 'now']);
    expect(statusOf(row('a'), filled)).toBe('taken');
    expect(isOvertaken(row('a'), filled)).toBe(false);
    expect(isOvertaken(row('a', { now: record('n', {}) }), filled)).toBe(true);
  });

  it('is sent over the version that was seen, and not over a later one', () => {
    const now = (version: number) => ({ ...record('n', { how: 'hun' }), version });
    const rows = [row('a', { now: now(3) }), row('b', { now: now(3) }), row('c', { now: now(1) })];
    const edit = (version: number, more = {}) => (
      { drafts: { how: 'mijn' }, version, isTaken: false, ...more });
    const check = (edits: RowEdits) => checkRows(sheetOf(rows), form, { edits,
      draftsOfRow: ({ row: { id } }: SheetRow) => edits[id]?.drafts ?? {} } as SheetEdits, words);
    expect(check({ a: edit(3), b: edit(2, { seen: 3 }) })).toEqual({ errors: new Map(), rows: [
      { row: 'a', fields: { how: 'mijn' }, version: 3 },
      { row: 'b', fields: { how: 'mijn' }, version: 3 }] });
    const { rows: sent, errors } = check({ a: edit(2), b: edit(1, { seen: 2 }), c: edit(0) });
    expect(sent.map(({ version }) => version)).toEqual([2, 2, undefined]);
    expect([...errors.keys()]).toEqual(['a', 'b', 'c']);
    expect(errors.get('c')).toContain('Rij c: Iemand anders heeft deze regel intussen bewaard.');
  });

  it('tells a problem at its row and field, and one of a row at the row', () => {
    const sheet = sheetOf([row('a'), row('b', { now: record('n', {}) })]);
    const problem = new ApiProblem(422, { problems: [
      { where: '/rows/1/fields/why', message: 'Dit moet.' }, { where: '/rows/0', message: 'Oud.' },
      { where: '/rows', message: 'Geen rij.' }] });
    const errors = serverErrors(sheet, form, ['a', 'b'], problem, words);
    expect([...errors]).toEqual([['b.why', 'Rij b: Waarom: Dit moet.'], ['a', 'Rij a: Oud.']]);
  });

  it('takes a step for every row that can, and leaves out what asks for more', () => {
    const sheet = sheetOf([
      row('a', { now: record('n1', {}, [step('ask'), step('object',
        { fields: { why: 'required' } })]) }),
      row('b', { now: record('n2', {}, [step('ask'), step('show', { blocked: text('Nee') })]) })]);
    expect(stepsOf(sheet).map(({ action, rows }) => [action.transition, rows.length]))
      .toEqual([['ask', 2]]);
  });
});
