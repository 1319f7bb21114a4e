// The page of the overall search: words in which there is nothing to search for.
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { navigate } from '@/lib/router';
import { kSearchPath } from '@/ui/search_form';
import SearchPage from './search_page';

const { useSearchAll } = vi.hoisted(() => ({ useSearchAll: vi.fn() }));
vi.mock('@/api/queries', () => ({ useSearchAll, useSearch: vi.fn(), useCatalogue: vi.fn(),
  useSession: () => ({ data: { account: { id: 'anna' } } }) }));

const kBlank = 'Hier is niets om op te zoeken';

beforeEach(() => {
  useSearchAll.mockReset();
  useSearchAll.mockReturnValue({ data: { groups: [] } });
  navigate(kSearchPath);
});
afterEach(() => {
  cleanup();
  navigate('/');
});

function search(words: string) {
  const box = screen.getByRole('searchbox');
  fireEvent.change(box, { target: { value: words } });
  act(() => { fireEvent.submit(box.closest('form') as HTMLFormElement); });
}

it('asks nothing before words were sent, and says nothing of it', () => {
  render(<SearchPage />);
  expect(screen.queryByText(kBlank)).toBeNull();
  expect(useSearchAll).not.toHaveBeenCalled();
});

it.each(['%', '"', '😀', '   ', ''])('says of "%s" that there is nothing to search for', (words) => {
  render(<SearchPage />);
  search(words);
  expect(screen.getByRole('status').textContent).toContain(kBlank);
  expect(useSearchAll).not.toHaveBeenCalled();
});

it('searches for words, also with signs in them', () => {
  render(<SearchPage />);
  search('50%');
  expect(screen.queryByText(kBlank)).toBeNull();
  expect(useSearchAll).toHaveBeenCalledWith('50%');
});
