// What this browser remembers: preferences and drafts. Storage may be off or full; then nothing is
// remembered and nothing breaks.

export type Kind = 'local' | 'session';

function area(kind: Kind): Storage | null {
  try {
    return kind === 'local' ? window.localStorage : window.sessionStorage;
  } catch {
    return null;
  }
}

export function remember(key: string, value: unknown, kind: Kind = 'local'): boolean {
  try {
    area(kind)?.setItem(`zicht.${key}`, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function recall<T>(key: string, fallback: T, kind: 'local' | 'session' = 'local'): T {
  try {
    const text = area(kind)?.getItem(`zicht.${key}`);
    return text === null || text === undefined ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

export function forget(key: string, kind: 'local' | 'session' = 'local'): void {
  area(kind)?.removeItem(`zicht.${key}`);
}

// Drafts may hold what only the person who signed in may see: they go when that person goes.
export function forgetDrafts(): void {
  const store = area('session');
  if (!store) return;
  Object.keys(store).filter((key) => key.startsWith('zicht.draft.'))
    .forEach((key) => { store.removeItem(key); });
}
