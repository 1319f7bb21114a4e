// Tells what happened where the control that did it is gone: it takes the focus when it appears, so
// that a keyboard goes on from there and a screen reader says it.
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

export function Told({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => { ref.current?.focus(); }, []);
  return <div ref={ref} role="status" tabIndex={-1}>{children}</div>;
}
