// Changing a sentence that somebody wrote: where it comes from is kept, or chosen wholly.
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { Letter, LetterSentence } from '@/api/letters';
import { SentenceDrawer } from './sentence_drawer';

const { mutate, items } = vi.hoisted(() => ({ mutate: vi.fn(), items: [] as object[] }));
vi.mock('@/api/letters', () => ({ useLetterWrite: () => ({ mutate }) }));
vi.mock('@/api/queries', () => ({
  useCatalogue: () => ({ data: { packs: [{ name: 'p', forms: {
    visit: { plural: { nl: 'Bezoeken', en: 'Visits' }, may: ['read'], fields: {} } } }] } }),
  useSearch: () => ({ data: { pages: [{ items }] } }),
}));

const letter = { template: { name: 'p/t' }, sections: [{ heading: 'Deel' }] } as Letter;
const own: LetterSentence = { id: 'own/1', text: 'Zo is het.', own: true, edited: false,
  sources: [{ kind: 'record', ref: 'r1', version: '2', title: 'Een bezoek' }] };
const kSave = { name: 'Zin bewaren' };

function open(sentence?: LetterSentence) {
  render(<SentenceDrawer letter={letter} place={{ section: 0, ...(sentence && { sentence }) }}
    onClose={vi.fn()} />);
  return screen.getByLabelText<HTMLSelectElement>(/Waar komt deze zin vandaan/);
}

const save = () => { fireEvent.click(screen.getByRole('button', kSave)); };
const edits = () => (mutate.mock.calls[0]?.[0] as { body: { edits: unknown[] } }).body.edits;

beforeEach(() => { mutate.mockReset(); });
afterEach(cleanup);

it('begins with the source that a sentence has, which stays unless another is chosen', () => {
  const source = open(own);
  expect(source.selectedOptions[0]?.textContent).toBe('Bron blijft: Een bezoek');
  expect(screen.queryByText('Nog geen bron')).toBeNull();
  save();
  expect(edits()).toEqual([{ do: 'reword', id: 'own/1', text: 'Zo is het.' }]);
});

it('a new sentence begins without source', () => {
  expect(open().selectedOptions[0]?.textContent).toBe('Nog geen bron');
});

it('saves nothing where a register was chosen and no record of it, and says so', () => {
  items.splice(0, 1, { id: 'r2', title: 'Nog een bezoek', fields: {} });
  fireEvent.change(open(own), { target: { value: 'form:p/visit' } });
  save();
  expect(mutate).not.toHaveBeenCalled();
  const record = screen.getByRole('combobox', { name: /^Dossier/ });
  expect(record.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText('Kies een dossier, of kies hierboven iets anders.')).toBeTruthy();
  fireEvent.change(record, { target: { value: 'nog' } });
  fireEvent.click(screen.getByRole('option', { name: 'Nog een bezoek' }));
  expect(screen.queryByText(/^Kies een dossier/)).toBeNull();
  save();
  expect(edits()).toContainEqual({ do: 'source', id: 'own/1', source: { record: 'r2' } });
});
