// What an interview of a desk ended in, for another one there that takes it as an answer. Kept in
// memory alone, and no longer than the first one stands on the page.
import { useEffect, useSyncExternalStore } from 'react';

const outcomes = new Map<string, unknown>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

function tell(key: string, outcome: unknown) {
  if (outcome === undefined || outcome === null) outcomes.delete(key);
  else outcomes.set(key, outcome);
  for (const listener of listeners) listener();
}

// Nothing: it has not ended, or ended in nothing.
export function useTellOutcome(key: string, outcome: unknown) {
  useEffect(() => {
    tell(key, outcome);
    return () => { tell(key, undefined); };
  }, [key, outcome]);
}

export function useOutcome(key: string): unknown {
  return useSyncExternalStore(subscribe, () => outcomes.get(key));
}
