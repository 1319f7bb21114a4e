// Where the keyboard is while a file is taken over, and after that.
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import ImportPage from './import_page';

const { look, rehearsal, acceptance } = vi.hoisted(() => {
  const work = () => ({ data: undefined as unknown, isPending: false, isError: false,
    mutate: vi.fn(), reset: vi.fn() });
  return { look: work(), rehearsal: work(), acceptance: work() };
});
vi.mock('@/api/imports', () => ({ acceptanceKey: () => 'k', useLook: () => look,
  useRehearsal: () => rehearsal, useAcceptance: () => acceptance }));
vi.mock('@/api/queries', () => {
  const name = { nl: 'Bomen', en: 'Trees' };
  const form = { title: name, plural: name, may: ['create'], fields: {} };
  return { useCatalogue: () => ({ data: { packs: [
    { name: 'p', title: 'P', version: '1', hash: 'h', forms: { tree: form } }] } }) };
});
vi.mock('./file_step', () => ({ kFileId: 'import-file',
  FileStep: ({ onFile }: { onFile: (file: object) => void }) => (
    <button id="import-file" onClick={() => { onFile({ id: 'f', name: 'x.csv' }); }}>kies</button>
  ) }));
vi.mock('./mapping_state', () => ({ guessed: () => ({}), mappingOf: () => ({ key: ['a'] }) }));
vi.mock('./mapping_step', () => ({ MappingStep: () => null, KeepMapping: () => null }));
vi.mock('./difference', () => ({ Difference: () => null }));

beforeEach(() => {
  look.data = { mappings: [] };
  look.mutate.mockImplementation((_: unknown, then: { onSuccess: (seen: unknown) => void }) => {
    then.onSuccess(look.data);
  });
  rehearsal.data = { plan: 'x', counts: { new: 1, changed: 0, same: 0, errors: 0 }, questions: [] };
  Object.assign(acceptance, { data: undefined, isPending: false });
  acceptance.mutate.mockReset();
});
afterEach(cleanup);

const page = () => <ImportPage pack="p" form="tree" />;
const accept = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Overnemen' });

it('the button to take over keeps the keyboard while that is done, and does it once', () => {
  const { rerender } = render(page());
  fireEvent.click(screen.getByText('kies'));
  acceptance.mutate.mockImplementation(() => { acceptance.isPending = true; });
  fireEvent.click(accept());
  rerender(page());
  expect(accept().disabled).toBe(false);
  expect(accept().getAttribute('aria-disabled')).toBe('true');
  fireEvent.click(accept());
  expect(acceptance.mutate).toHaveBeenCalledTimes(1);
});

it('what was taken over has the keyboard once told, and another file after that', async () => {
  acceptance.data = { import: 'i', created: 1, changed: 0, same: 0 };
  render(page());
  expect(document.activeElement?.getAttribute('role')).toBe('status');
  expect(document.activeElement?.textContent).toContain('Overgenomen: 1 nieuw');
  acceptance.data = undefined;
  fireEvent.click(screen.getByRole('button', { name: 'Nog een bestand' }));
  await waitFor(() => { expect(document.activeElement?.id).toBe('import-file'); });
});
