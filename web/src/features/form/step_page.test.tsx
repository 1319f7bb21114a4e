// The page of a step that the reader may not take now: what it says depends on who reads.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { form, record, step, text } from './sheet_fixture';
import StepPage from './step_page';

const { useRecord, useSession } = vi.hoisted(() => ({ useRecord: vi.fn(), useSession: vi.fn() }));
vi.mock('@/api/queries', () => ({ useRecord, useSession, keys: {},
  useCatalogue: () => ({ data: { packs: [form.pack] } }) }));
vi.mock('./record_form', () => ({ RecordForm: ({ ids, required }: { ids: string[];
  required: ReadonlySet<string>; }) => (
  <><p>formulier</p><p>{ids.map((id) => id + (required.has(id) ? '!' : '')).join(' ')}</p></>) }));

const open = (actions = [step('other')]) => {
  useRecord.mockReturnValue({ data: record('r1', {}, actions) });
  render(<StepPage id="r1" step="ask" />);
};

beforeEach(() => { useSession.mockReturnValue({ data: { account: { id: 'anna' } } }); });
afterEach(cleanup);

it('asks what the step asks where it may be taken', () => {
  open([step('ask')]);
  expect(screen.getByText('formulier')).toBeTruthy();
});

it('asks in the order of the form, whatever the order of the step', () => {
  open([step('ask', { fields: { count: 'optional', gone: 'optional', how: 'required',
    note: 'optional', why: 'optional' } })]);
  expect(screen.getByText('how! why note count')).toBeTruthy();
});

it('says to who is signed in that it cannot be taken now, with the way back', () => {
  open();
  expect(screen.getByRole('heading').textContent).toBe('U kunt deze stap nu niet zetten');
  expect(screen.getByText(/^Misschien is de stap al gezet/)).toBeTruthy();
  expect(screen.queryByText(/Log in/)).toBeNull();
  expect(screen.getByText('Terug naar r1').getAttribute('href')).toBe('/records/r1');
});

it('says why where the record says why', () => {
  open([step('ask', { blocked: text('Er ontbreekt een datum.') })]);
  expect(screen.getByText('Er ontbreekt een datum.')).toBeTruthy();
  expect(screen.queryByText('formulier')).toBeNull();
});

it('asks a visitor to sign in', () => {
  useSession.mockReturnValue({ data: {} });
  open();
  expect(screen.getByText(/^Log in/)).toBeTruthy();
  expect(screen.getByText('Inloggen').getAttribute('href')).toBe('/inloggen');
});
