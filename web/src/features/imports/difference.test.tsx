// What an import would do, where taking its errors along fails.
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';

import type { ImportAsk, ImportPlan } from '@/api/imports';
import type { FormRef } from '@/api/metadata';
import { ApiProblem } from '@/api/problem';
import { Difference } from './difference';

const { fetchImportErrors, download } = vi.hoisted(() => ({
  fetchImportErrors: vi.fn(), download: vi.fn() }));
vi.mock('@/api/imports', () => ({ fetchImportErrors }));
vi.mock('@/api/queries', () => ({ useCatalogue: () => ({ data: { packs: [] } }) }));
vi.mock('@/lib/download', () => ({ download }));

it('errors that cannot be fetched say so, and may be asked for again', async () => {
  const counts = { rows: 1, new: 0, changed: 0, same: 0, errors: 1 };
  const plan = { counts, unused_columns: [], questions: [], rows: [], left_out: 0 } as unknown as
    ImportPlan;
  fetchImportErrors.mockRejectedValueOnce(new ApiProblem(0, {}, 0))
    .mockResolvedValueOnce(new Blob(['x']));
  render(<Difference form={{ pack: { name: 'p' } } as FormRef} ask={{} as ImportAsk} plan={plan}
    confirmed={[]} onConfirm={vi.fn()} />);
  const button = screen.getByRole('button');
  fireEvent.click(button);
  expect((await screen.findByRole('alert')).textContent).toContain('verbinding');
  fireEvent.click(button);
  await waitFor(() => { expect(download).toHaveBeenCalledTimes(1); });
  expect(screen.queryByRole('alert')).toBeNull();
});
