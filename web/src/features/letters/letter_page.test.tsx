// The page of a letter: what was left out of it, in words.
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { Letter } from '@/api/letters';
import LetterPage from './letter_page';

const { useLetter, mutate } = vi.hoisted(() => ({ useLetter: vi.fn(), mutate: vi.fn() }));
vi.mock('@/api/letters', () => ({ useLetter, fetchLetter: vi.fn(), useLetterStep: vi.fn(),
  useLetterWrite: () => ({ mutate }), useLetterChanges: () => ({ data: [] }) }));
vi.mock('@/api/queries', () => ({ useCatalogue: () => ({ data: { packs: [] } }) }));
vi.stubGlobal('ResizeObserver', class { observe() { /* no size here */ } disconnect() { /* */ } });

const organisation = { id: 'o', name: 'Noord' };
const letter: Letter = { id: 'a', version: 2, title: 'Brief', language: 'nl', on: '2026-01-31',
  form: 'p/f', template: { name: 'p/t' }, organisation, may_change: true, sections: [],
  left_out: [{ id: 'about', text: 'Over hekken.' }, { id: 'painted/r1' }],
  versions: [{ version: 2, at: '2026-01-31' }, { version: 1, at: '2026-01-30' }] };

function leftOut() {
  render(<LetterPage id="a" />);
  const part = screen.getByRole('heading', { name: 'Weggelaten' }).closest('section');
  if (!part) throw new Error('nothing was left out');
  return within(part);
}

beforeEach(() => { mutate.mockReset(); });
afterEach(cleanup);

it('what was left out stands there in its own words, and goes back by its id', () => {
  useLetter.mockReturnValue({ data: letter });
  const part = leftOut();
  expect(part.getByText('Over hekken.').lang).toBe('nl');
  expect(part.queryByText('about')).toBeNull();
  expect(part.getByText('painted/r1')).toBeTruthy();
  const [first] = part.getAllByRole('button', { name: 'Terugzetten' });
  if (first) fireEvent.click(first);
  expect(mutate).toHaveBeenCalledWith({ act: 'change',
    body: { edits: [{ do: 'put_back', id: 'about' }] } });
});

it('what was left out goes back to the newest version alone', () => {
  useLetter.mockReturnValue({ data: { ...letter, version: 1 } });
  const part = leftOut();
  expect(part.getByText('Over hekken.')).toBeTruthy();
  expect(part.queryByRole('button')).toBeNull();
});

it('after leaving a sentence out the keyboard is where it is told', () => {
  const sections = [{ heading: 'Een', sentences: [], tables: [] },
    { heading: 'Twee', tables: [], sentences: [
      { id: 'two/1', text: 'Zo is het.', own: false, edited: false, sources: [] }] }];
  useLetter.mockReturnValue({ data: { ...letter, sections } });
  render(<LetterPage id="a" />);
  fireEvent.click(screen.getByRole('button', { name: 'Wijzigen' }));
  fireEvent.click(screen.getByRole('button', { name: 'Zin weglaten' }));
  const [, options] = mutate.mock.calls[0] as [unknown, { onSuccess: () => void }];
  act(() => { options.onSuccess(); });
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(document.activeElement?.getAttribute('role')).toBe('status');
  expect(document.activeElement?.textContent).toBe('Weggelaten uit: Twee');
});
