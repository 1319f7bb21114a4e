// A record that got another version while a form about it was open: what somebody has to look at,
// and what is told. Method: a server that refuses the first time.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { FormRef } from '@/api/metadata';
import { ApiProblem } from '@/api/problem';
import type { Fields, RecordView } from '@/api/types';
import { onScreen, text, type } from './plan_fixture';
import { RecordForm } from './record_form';

const { request } = vi.hoisted(() => ({ request: vi.fn() }));
vi.mock('@/api/client', () => ({ request, currentPurpose: () => '' }));
vi.mock('@/api/queries', () => ({
  keys: { record: () => [], search: () => [], tasks: [] },
  useSession: () => ({ data: { account: { id: 'anna' } } }),
  useCatalogue: () => ({ data: { packs: [] } }),
}));

const kForm = {
  title: text('Plan'), plural: text('Plannen'), subject: 'none', audience: 'public', may: [],
  basis: { law: 'Wet', controller: text('c'), recipients: text('r'), purpose: text('p'),
    retention: 'P1Y' },
  fields: {
    what: { type: 'text', label: text('Wat') },
    remark: { type: 'text', label: text('Opmerking') },
    place: { type: 'text', label: text('Plaats') },
  },
};
const ref = { name: 'garden/plan', form: kForm,
  pack: { name: 'garden', title: text('Tuin'), version: '1', forms: { plan: kForm } },
} as unknown as FormRef;

const record = (version: number, fields: Fields, state = 'open') => ({
  id: 'p1', form: 'garden/plan', title: 'Plan', version, fields, organisation: 'akker',
  state: { id: state, label: text(state) }, pack: { name: 'garden', version: '1', hash: 'h' },
}) as unknown as RecordView;

const kBefore: Fields = { what: 'Spitten', place: 'Achter' };
const refusal = (now: RecordView) => new ApiProblem(409, { current: now });

// A step that asks two of the three fields.
function open() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RecordForm form={ref} ids={['what', 'remark']} fields={kBefore} opened={record(4, kBefore)}
        backTo="/" draftKey="t" target={{ method: 'POST', path: '/v1/records/p1/_step' }}
        extra={{ reason: 'none', validFrom: 'none', validTo: 'none', fromLabel: 'form.validFrom',
          fromName: 'valid_from' }} bodyOf={(fields) => ({ fields })} />
    </QueryClientProvider>,
  );
  type(/Opmerking/, 'Op tijd');
  fireEvent.click(screen.getByRole('button', { name: 'Opslaan' }));
}

interface Sent { ifMatch: number; idempotencyKey: string; body: { fields: Fields } }
const sent = () => request.mock.calls.map(([, options]) => options as Sent);

beforeEach(() => {
  sessionStorage.clear();
  request.mockReset();
  onScreen({ isNarrow: false });
});
afterEach(cleanup);

it('another state is looked at first, and then saved on what stands there now', async () => {
  request.mockRejectedValueOnce(refusal(record(6, kBefore, 'te laat')))
    .mockResolvedValue(record(7, kBefore));
  open();
  await screen.findByText('De stand is nu: te laat.');
  expect(screen.queryByText('Wat u typte')).toBeNull();
  expect(request).toHaveBeenCalledTimes(1);
  fireEvent.click(screen.getByRole('button', { name: 'Opslaan' }));
  await waitFor(() => { expect(request).toHaveBeenCalledTimes(2); });
  expect(sent()[1]?.ifMatch).toBe(6);
});

it('of what somebody else changed, the fields asked stand beside what was typed', async () => {
  request.mockRejectedValueOnce(refusal(record(5, { what: 'Harken', place: 'Voor' })));
  open();
  const panel = within((await screen.findByText('Wat u typte')).closest('ul') as HTMLElement);
  expect(panel.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual(['Wat']);
  expect(panel.getAllByRole('definition').map(({ textContent }) => textContent))
    .toEqual([kBefore.what, 'Harken']);
  expect(screen.getByText('Ook gewijzigd, maar hier niet gevraagd: Plaats.')).toBeTruthy();
  expect(screen.queryByText(/De stand is nu/)).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Neem over: wat' }));
  request.mockResolvedValue(record(6, kBefore));
  fireEvent.click(screen.getByRole('button', { name: 'Opslaan' }));
  await waitFor(() => { expect(request).toHaveBeenCalledTimes(2); });
  expect(sent()[1]?.body).toEqual({ fields: { what: 'Harken', remark: 'Op tijd' } });
});

it('what somebody else filled in just so stands there already', async () => {
  request.mockRejectedValueOnce(refusal(record(5, { ...kBefore, remark: 'Op tijd' })));
  open();
  await screen.findByText(/^Wat u hier invult, staat er al zo/);
  expect(screen.queryByText(/heeft niemand anders gewijzigd/)).toBeNull();
});
