// What of a section is in the language of the letter, and what in that of the page.
import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';

import type { LetterSection } from '@/api/letters';
import { SectionView } from './letter_section';

vi.stubGlobal('ResizeObserver', class { observe() { /* no size here */ } disconnect() { /* */ } });

const sources = [{ kind: 'text' as const, ref: 'p/law', version: '1', title: 'Een wet' }];
const section: LetterSection = { heading: 'Kept', level: 1,
  sentences: [{ id: 'a', text: 'All is well.', sources, own: false, edited: false }],
  tables: [{ id: 't', caption: 'Promises', headings: ['What'], rows: [['A home']], sources }] };

const languageOf = (element: HTMLElement) => element.closest('[lang]')?.getAttribute('lang');

it('is read aloud in the language of the letter, and its buttons in that of the page', () => {
  const acts = { edit: vi.fn(), add: vi.fn(), leaveOut: vi.fn() };
  render(<div lang="nl">
    <SectionView section={section} language="en" leftOut={0} acts={acts} />
  </div>);
  const own = [screen.getByText('Kept'), screen.getByText('All is well.'), screen.getByText('What'),
    screen.getByText('A home'), screen.getByRole('heading', { name: 'Promises' })];
  expect(own.map(languageOf)).toEqual(['en', 'en', 'en', 'en', 'en']);
  const ours = [...screen.getAllByText(/^Bron:/), ...screen.getAllByRole('button')];
  expect(ours.map(languageOf)).toEqual(['nl', 'nl', 'nl', 'nl', 'nl']);
});

it('puts a section of the second level below the one before it', () => {
  render(<SectionView section={{ ...section, level: 2 }} language="en" leftOut={0} />);
  expect(screen.getByRole('heading', { name: 'Kept', level: 3 })).toBeTruthy();
  expect(screen.getByRole('heading', { name: 'Promises', level: 4 })).toBeTruthy();
});
