// The list of letters: how far each of them is.
import { render, screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';

import type { LetterItem } from '@/api/letters';
import LettersPage from './letters_page';

const { useLetters } = vi.hoisted(() => ({ useLetters: vi.fn() }));
vi.mock('@/api/letters', () => ({ useLetters, useMakeLetter: vi.fn() }));
vi.mock('@/api/queries', () => ({ useCatalogue: () => ({ data: { packs: [] } }) }));
vi.stubGlobal('ResizeObserver', class { observe() { /* no size here */ } disconnect() { /* */ } });

it('a letter that waits for a second reader is no draft in the list', () => {
  const item = (id: string, more: object): LetterItem => ({ id, title: id, on: '2026-01-31',
    organisation: { id: 'o', name: 'Noord' }, changed: '2026-01-31', final: false, ...more });
  const state = (nl: string, meaning: string) => ({ id: 's', label: { nl, en: nl }, meaning });
  useLetters.mockReturnValue({ data: { templates: [], items: [
    item('a', { state: state('Bij een tweede lezer', 'attention') }), item('b', {}),
    item('c', { final: true, state: state('Klaar', 'done') })] } });
  render(<LettersPage />);
  const rows = screen.getAllByRole('row').slice(1).map((row) => (
    within(row).getAllByRole('cell')[0]?.textContent));
  expect(rows).toEqual(['Bij een tweede lezer', 'Concept', 'Definitief']);
});
