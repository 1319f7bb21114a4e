// A small router: the address is the state. Links are plain anchors; a click without a modifier
// key changes the page without loading it.
//
// What may not stand in an address (a search text about persons) goes in the history entry's state.
import { useMemo, useSyncExternalStore } from 'react';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';

import { decoded } from './decoded';
import { isEmbedded } from './embed';

const kChanged = 'zicht:navigated';

export interface NavigateOptions {
  replace?: boolean;
  state?: unknown;
}

// How far down each address was when it was left, for who comes back with the browser's button.
const scrolls = new Map<string, number>();
let isReturn = false;

window.addEventListener('popstate', () => { isReturn = true; });

// Where the page of this address starts: at the top, or where one was before going back to it.
export function startOfPage(): number {
  return isReturn ? scrolls.get(window.location.href) ?? 0 : 0;
}

export function navigate(to: string, options: NavigateOptions = {}): void {
  if (isEmbedded() && to.split('?')[0] !== window.location.pathname) {
    window.open(to, '_top');
    return;
  }
  const state = options.state ?? null;
  isReturn = false;
  scrolls.set(window.location.href, window.scrollY);
  if (options.replace) window.history.replaceState(state, '', to);
  else window.history.pushState(state, '', to);
  window.dispatchEvent(new Event(kChanged));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(kChanged, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(kChanged, listener);
  };
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => window.location.pathname);
}

export function useQueryString(): URLSearchParams {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  return useMemo(() => new URLSearchParams(search), [search]);
}

export function useHistoryState(): unknown {
  return useSyncExternalStore(subscribe, () => window.history.state as unknown);
}

// Replaces the query of this address, keeping the page; empty values disappear.
export function replaceQuery(params: URLSearchParams, state?: unknown): void {
  const text = params.toString();
  navigate(window.location.pathname + (text ? `?${text}` : ''), { replace: true, state });
}

// '/registers/:pack' against '/registers/oak' -> {pack: 'oak'}; null when it does not match.
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const want = pattern.split('/').filter(Boolean);
  const have = path.split('/').filter(Boolean);
  if (want.length !== have.length) return null;
  const found: Record<string, string> = {};
  for (const [index, part] of want.entries()) {
    const value = have[index] ?? '';
    if (part.startsWith(':')) {
      const text = decoded(value);
      if (text === null) return null;
      found[part.slice(1)] = text;
    } else if (part !== value) {
      return null;
    }
  }
  return found;
}

function isPlainClick(event: MouseEvent<HTMLAnchorElement>): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

export type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & {
  to: string;
  state?: unknown;               // for the history entry; a function gives it when it is followed
};

export function Link({ to, state, onClick, className, children, ...rest }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || isEmbedded() || !isPlainClick(event)) return;
    event.preventDefault();
    const given = typeof state === 'function' ? (state as () => unknown)() : state;
    navigate(to, given === undefined ? {} : { state: given });
  };
  return (
    <a href={to} className={className ?? 'utrecht-link'} onClick={follow}
      target={isEmbedded() ? '_top' : undefined} {...rest}>
      {children}
    </a>
  );
}
