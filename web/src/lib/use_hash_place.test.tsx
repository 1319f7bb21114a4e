// The part of a page that its address names comes into view when it is there, and stays there until
// the reader moves.
import { act, cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { useHashPlace } from './use_hash_place';

let grows: () => void = () => undefined;
const shown = vi.fn();

beforeEach(() => {
  Element.prototype.scrollIntoView = shown;
  vi.stubGlobal('ResizeObserver', class {
    constructor(told: () => void) { grows = told; }
    observe() { return undefined; }
    disconnect() { grows = () => undefined; }
  });
});
afterEach(() => {
  cleanup();
  shown.mockReset();
  vi.unstubAllGlobals();
  window.history.replaceState(null, '', '/');
});

function Page({ hasPart }: { hasPart: boolean }) {
  useHashPlace();
  return hasPart ? <section id="deel">Deel</section> : <p>Nog niets</p>;
}

it('a part that comes later is placed and focused, and kept until somebody scrolls', () => {
  window.history.replaceState(null, '', '/x#deel');
  const { rerender } = render(<Page hasPart={false} />);
  expect(shown).not.toHaveBeenCalled();
  rerender(<Page hasPart />);
  act(() => { grows(); });
  expect(shown).toHaveBeenCalledTimes(1);
  expect(document.activeElement?.id).toBe('deel');
  act(() => { grows(); });
  expect(shown).toHaveBeenCalledTimes(2);
  fireEvent.wheel(window);
  act(() => { grows(); });
  expect(shown).toHaveBeenCalledTimes(2);
});

it('an address without a part moves nothing', () => {
  render(<Page hasPart />);
  act(() => { grows(); });
  expect(shown).not.toHaveBeenCalled();
});

it('an address that is written wrongly moves nothing, and leaves the page as it is', () => {
  window.history.replaceState(null, '', '/x#%');
  render(<Page hasPart />);
  act(() => { grows(); });
  expect(shown).not.toHaveBeenCalled();
});
