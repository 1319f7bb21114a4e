// Copying the code that puts a part of a page in another site.
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import { EmbedButton, ShareTools } from './share_tools';

const writeText = vi.fn(() => Promise.resolve());
vi.stubGlobal('navigator', { clipboard: { writeText } });

afterEach(() => {
  cleanup();
  writeText.mockClear();
  window.history.replaceState(null, '', '/');
});

it('copies a frame of what is chosen now, and says so', async () => {
  render(<EmbedButton path={() => '/cijfers/a/b'} title="Een cijfer" />);
  await act(async () => {
    fireEvent.click(screen.getByRole('button', { name: 'Insluiten' }));
    await Promise.resolve();
  });
  expect(writeText).toHaveBeenCalledWith(expect.stringContaining(
    `src="${window.location.origin}/embed/cijfers/a/b" title="Een cijfer"`));
  expect(screen.getByRole('status').textContent)
    .toBe('Code gekopieerd. Plak die in uw eigen pagina.');
});

it('is not offered where there is nothing to put elsewhere, nor inside another site', () => {
  render(<ShareTools />);
  expect(screen.queryByRole('button', { name: 'Insluiten' })).toBeNull();
  cleanup();
  window.history.replaceState(null, '', '/embed/cijfers/a/b');
  render(<EmbedButton path={() => '/cijfers/a/b'} title="Een cijfer" />);
  expect(screen.queryByRole('button')).toBeNull();
});
