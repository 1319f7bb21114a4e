// Two versions side by side: which two, as long as people choose and after a new one.
import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';

import type { Letter } from '@/api/letters';
import { Compare } from './versions';

const { useLetterChanges } = vi.hoisted(() => ({ useLetterChanges: vi.fn() }));
vi.mock('@/api/letters', () => ({ useLetterChanges }));

const letterOf = (newest: number) => ({ id: 'a', language: 'nl', versions: Array.from(
  { length: newest }, (_, index) => ({ version: newest - index, at: '2026-01-01' })) } as Letter);

beforeEach(() => { useLetterChanges.mockReturnValue({ data: [] }); });

it('a new version is compared with the one before it, whatever was chosen earlier', () => {
  const { rerender } = render(<Compare letter={letterOf(3)} />);
  expect(useLetterChanges).toHaveBeenLastCalledWith('a', 2, 3);
  fireEvent.change(screen.getByLabelText('Van versie'), { target: { value: '1' } });
  fireEvent.change(screen.getByLabelText('Naar versie'), { target: { value: '2' } });
  expect(useLetterChanges).toHaveBeenLastCalledWith('a', 1, 2);
  rerender(<Compare letter={letterOf(4)} />);
  expect(useLetterChanges).toHaveBeenLastCalledWith('a', 3, 4);
});

it('begins with the version before that one sees, whatever was made in between', () => {
  const letter = { ...letterOf(5), versions: letterOf(5).versions.filter(
    ({ version }) => version === 5 || version === 2) };
  render(<Compare letter={letter} />);
  expect(useLetterChanges).toHaveBeenLastCalledWith('a', 2, 5);
});
