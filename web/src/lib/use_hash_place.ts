// Brings the part of the page that the address names ('…#block') into view. Parts come from the
// server one by one and push each other down, so its place is kept until the reader moves.
import { useEffect } from 'react';

import { decoded } from './decoded';

const kLongest = 8000;   // ms; what is not there by then does not come

export function useHashPlace(): void {
  useEffect(() => {
    const id = decoded(window.location.hash.slice(1));
    if (!id) return;
    let isThere = false;
    const place = () => {
      const part = document.getElementById(id);
      if (!part) return;
      part.scrollIntoView({ block: 'start' });
      if (isThere) return;
      isThere = true;
      part.tabIndex = -1;
      part.focus({ preventScroll: true });
    };
    const observer = new ResizeObserver(place);
    const stop = () => {
      observer.disconnect();
      window.clearTimeout(timer);
      for (const kind of kMoves) window.removeEventListener(kind, stop);
    };
    const kMoves = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;
    const timer = window.setTimeout(stop, kLongest);
    for (const kind of kMoves) window.addEventListener(kind, stop, { passive: true });
    observer.observe(document.body);
    place();
    return stop;
  }, []);
}
