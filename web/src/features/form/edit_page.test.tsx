// Changing a record by its address: who may change it gets the form, others read why not.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { Action } from '@/api/types';
import EditPage from './edit_page';
import { form as plain, record, step, text } from './sheet_fixture';

const { useRecord, useSession } = vi.hoisted(() => ({ useRecord: vi.fn(), useSession: vi.fn() }));
const form = { ...plain, form: { ...plain.form, may: ['read', 'change', 'correct'],
  process: 'life' } };
const pack = { ...plain.pack, forms: { value: form.form }, processes: { life: {
  title: text('Leven'), start: 'draft', deadlines: {}, transitions: {
    back: { label: text('Terug'), from: ['checked'], to: 'draft' },
    publish: { label: text('Openbaar maken'), from: ['checked'], to: 'public' } }, states: {
    checked: { label: text('Bekeken'), meaning: 'attention', fixed: true },
    draft: { label: text('Concept'), meaning: 'draft' },
    public: { label: text('Openbaar'), meaning: 'done', fixed: true } } } } };
vi.mock('@/api/queries', () => ({ useRecord, useSession, keys: {},
  useCatalogue: () => ({ data: { packs: [pack] } }) }));
vi.mock('./record_form', () => ({ RecordForm: () => <p>formulier</p> }));

const open = (state: string, actions: Action[], kind: 'change' | 'correct' = 'change') => {
  const shown = { ...record('r1', {}, actions), state: { id: state } };
  useRecord.mockReturnValue({ data: shown });
  return render(<EditPage id="r1" kind={kind} />);
};

beforeEach(() => { useSession.mockReturnValue({ data: { account: { id: 'anna' } } }); });
afterEach(cleanup);

it('asks the fields where the record may be changed', () => {
  open('draft', [{ kind: 'change' } as Action]);
  expect(screen.getByText('formulier')).toBeTruthy();
});

it('names the state in which the fields stay, and offers the steps that can be taken', () => {
  open('public', [step('replace'), step('wait', { blocked: text('Nog niet.') })], 'correct');
  expect(screen.getByRole('heading').textContent).toBe('U kunt dit nu niet wijzigen');
  expect(screen.getByText(/^Het staat op “Openbaar”/)).toBeTruthy();
  expect(screen.getByText('replace').getAttribute('href')).toBe('/records/r1/stap/replace');
  expect(screen.queryByText('wait')).toBeNull();
  expect(screen.queryByText('formulier')).toBeNull();
  expect(screen.getByText('Terug naar r1').getAttribute('href')).toBe('/records/r1');
});

it('offers the steps after which it can be changed before those that keep it as it is', () => {
  open('checked', [step('publish'), step('back')]);
  expect(screen.getByText('back').getAttribute('href')).toBe('/records/r1/stap/back');
  expect(screen.queryByText('publish')).toBeNull();
});

it('says what to do where no step is this reader’s to take', () => {
  open('public', []);
  expect(screen.getByText(/^Zit er een fout in/)).toBeTruthy();
});

it('says so where it is not the state that keeps it', () => {
  open('draft', []);
  expect(screen.getByText(/^Misschien kijkt iemand anders/)).toBeTruthy();
  expect(screen.queryByText(/^Zit er een fout in/)).toBeNull();
});

it('keeps the form, and what was typed, when the record moves on meanwhile', () => {
  const page = open('draft', [{ kind: 'change' } as Action]);
  useRecord.mockReturnValue({ data: { ...record('r1', {}, []), state: { id: 'public' } } });
  page.rerender(<EditPage id="r1" kind="change" />);
  expect(screen.getByText('formulier')).toBeTruthy();
});
