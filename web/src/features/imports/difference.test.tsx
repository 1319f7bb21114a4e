// What an import would do: where there is nothing to do, and where taking its errors along fails.
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import type { ImportAsk, ImportPlan } from '@/api/imports';
import type { FormRef } from '@/api/metadata';
import { ApiProblem } from '@/api/problem';
import { Difference } from './difference';

const { fetchImportErrors, download } = vi.hoisted(() => ({
  fetchImportErrors: vi.fn(), download: vi.fn() }));
vi.mock('@/api/imports', () => ({ fetchImportErrors }));
vi.mock('@/api/queries', () => ({ useCatalogue: () => ({ data: { packs: [] } }) }));
vi.mock('@/lib/download', () => ({ download }));

afterEach(cleanup);

const form = { pack: { name: 'p' } } as FormRef;

function show(counts: Partial<ImportPlan['counts']>, more: Partial<ImportPlan> = {}) {
  const plan = { counts: { new: 0, changed: 0, same: 0, errors: 0, ...counts },
    unused_columns: [], questions: [], rows: [], left_out: 0, ...more } as unknown as ImportPlan;
  render(<Difference form={form} ask={{} as ImportAsk} plan={plan} confirmed={[]}
    onConfirm={vi.fn()} />);
}

it('says of a file without rows that there are none, not that all is there', () => {
  show({});
  expect(screen.getByText('Er staan geen rijen in het bestand.')).toBeTruthy();
  cleanup();
  show({ same: 1 });
  expect(screen.getByText(/alles staat er al zo/)).toBeTruthy();
});

it.each([[1, 'Nog 1 rij staat hier niet bij.'], [1200, 'Nog 1.200 rijen staan hier niet bij.']])(
  'counts %i rows that are not shown', (n, words) => {
    show({ new: n }, { left_out: n,
      rows: [{ line: 2, outcome: 'new', title: 'A' }] } as Partial<ImportPlan>);
    expect(screen.getByText(words)).toBeTruthy();
  });

it('errors that cannot be fetched say so, and may be asked for again', async () => {
  fetchImportErrors.mockRejectedValueOnce(new ApiProblem(0, {}, 0))
    .mockResolvedValueOnce(new Blob(['x']));
  show({ errors: 1 });
  const button = screen.getByRole('button');
  fireEvent.click(button);
  expect((await screen.findByRole('alert')).textContent).toContain('verbinding');
  fireEvent.click(button);
  await waitFor(() => { expect(download).toHaveBeenCalledTimes(1); });
  expect(screen.queryByRole('alert')).toBeNull();
});
