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

const onClose = vi.fn();

function open(sentence?: LetterSentence) {
  render(<SentenceDrawer letter={letter} place={{ section: 0, ...(sentence && { sentence }) }}
    onClose={onClose} onLeftOut={vi.fn()} />);
  return screen.getByLabelText<HTMLSelectElement>(/Waar komt deze zin vandaan/);
}

const save = () => { fireEvent.click(screen.getByRole('button', kSave)); };
const edits = () => (mutate.mock.calls[0]?.[0] as { body: { edits: unknown[] } }).body.edits;

beforeEach(() => { mutate.mockReset(); onClose.mockReset(); });
afterEach(cleanup);

it('begins with the source that a sentence has, which stays unless another is chosen', () => {
  const source = open(own);
  expect(source.selectedOptions[0]?.textContent).toBe('Bron blijft: Een bezoek');
  expect(screen.queryByText('Nog geen bron')).toBeNull();
  save();
  expect(edits()).toEqual([{ do: 'reword', id: 'own/1', text: 'Zo is het.' }]);
});

const words = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: /^Zin/ });
const type = (text: string) => { fireEvent.change(words(), { target: { value: text } }); };

it.each([
  ['of spaces alone', '  ', 'Schrijf hier een zin, of kies Zin weglaten.'],
  ['that is too long', 'é'.repeat(4001),
    '“Zin” is te lang: 4.001 van hoogstens 4.000 tekens. Maak het korter.'],
])('sends no sentence %s, and says so at the field', (_, text, message) => {
  open(own);
  type(text);
  expect(screen.queryByText(message)).toBeNull();
  save();
  expect(mutate).not.toHaveBeenCalled();
  expect(words().getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText(message)).toBeTruthy();
  type('é'.repeat(4000));
  expect(words().getAttribute('aria-invalid')).toBeNull();
  save();
  expect(mutate).toHaveBeenCalledOnce();
});

const escape = () => {
  const event = new Event('cancel', { cancelable: true });
  fireEvent(words().closest('dialog') as HTMLDialogElement, event);
  return event;
};
const press = (name: string) => { fireEvent.click(screen.getByRole('button', { name })); };

it('closes at once where nothing was typed', () => {
  open(own);
  expect(escape().defaultPrevented).toBe(false);
  press('Annuleren');
  expect(onClose).toHaveBeenCalledOnce();
});

it.each(['Escape', 'Annuleren', 'Sluiten'])('asks before %s drops what was typed', (way) => {
  open(own);
  type('Zo is het niet.');
  if (way === 'Escape') expect(escape().defaultPrevented).toBe(true);
  else press(way);
  expect(screen.getByText('Weggooien wat u typte?')).toBeTruthy();
  press('Verder schrijven');
  expect(screen.queryByText('Weggooien wat u typte?')).toBeNull();
  expect(words().value).toBe('Zo is het niet.');
  expect(onClose).not.toHaveBeenCalled();
  press('Annuleren');
  press('Weggooien');
  expect(onClose).toHaveBeenCalledOnce();
});

it('is opened again where a browser closes it without asking', () => {
  open(own);
  type('Zo is het niet.');
  const dialog = words().closest('dialog') as HTMLDialogElement;
  dialog.close();
  expect(dialog.open).toBe(true);
  expect(onClose).not.toHaveBeenCalled();
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
