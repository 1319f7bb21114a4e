// Choosing the file of an import: what is not taken, and what was seen of it.
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { SeenFile } from '@/api/imports';
import { ApiProblem } from '@/api/problem';
import { FileStep } from './file_step';

const { uploadFile } = vi.hoisted(() => ({ uploadFile: vi.fn() }));
vi.mock('@/api/client', () => ({ uploadFile }));

const onFile = vi.fn();

function show(seen?: Partial<SeenFile>) {
  render(<FileStep file={seen && { id: 'f', name: 'x.csv' }} isLooking={false} onFile={onFile}
    seen={seen && { format: 'xlsx', sheets: [], header_row: 1, columns: [], ...seen } as unknown as
      SeenFile} onLook={vi.fn()} />);
}
const choose = (name: string) => {
  fireEvent.change(screen.getByLabelText('Kies een bestand'),
    { target: { files: [new File(['x'], name)] } });
};

beforeEach(() => { uploadFile.mockReset(); onFile.mockReset(); });
afterEach(cleanup);

it('says of another kind of file which kinds are taken here, without sending it', async () => {
  show();
  choose('plaat.png');
  expect((await screen.findByRole('alert')).textContent)
    .toContain('De naam eindigt dan op .csv, .txt of .xlsx.');
  expect(uploadFile).not.toHaveBeenCalled();
  uploadFile.mockResolvedValue({ file: 'f' });
  choose('TABEL.CSV');
  await waitFor(() => { expect(onFile).toHaveBeenCalledWith({ id: 'f', name: 'TABEL.CSV' }); });
  expect(screen.queryByRole('alert')).toBeNull();
});

it('says the same where the server finds something else in it, and else what the server says',
  async () => {
    uploadFile.mockRejectedValueOnce(new ApiProblem(400, { type: 'urn:zicht:error:AP-0083',
      detail: 'Mogelijk zijn: avif, bmp.' }));
    show();
    choose('x.csv');
    expect((await screen.findByRole('alert')).textContent).not.toContain('avif');
    uploadFile.mockRejectedValueOnce(new ApiProblem(400, { title: 'Het bestand is leeg.' }));
    choose('x.csv');
    expect(await screen.findByText('Het bestand is leeg.')).toBeTruthy();
  });

it.each([[1, 1, 'x.csv: 1 rij, 1 kolom (XLSX).'], [0, 2, 'x.csv: 0 rijen, 2 kolommen (XLSX).']])(
  'counts %i rows and %i columns', (rows, n, words) => {
    show({ rows, columns: Array.from({ length: n }, () => ({ name: 'c', samples: [] })) });
    expect(screen.getByRole('status').textContent).toBe(words);
  });
