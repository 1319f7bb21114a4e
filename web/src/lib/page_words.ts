// Which page of this site something is about, as a text field holds it: 'Title (/path)' or '/path'.
// People may write what they like there, so only what is plainly a path of this site becomes one:
// no other site, no query, nothing that a browser would read otherwise than it stands there.

const kPath = /^\/[\w.~%/-]*$/;
const kWordsAndPath = /^([^\n]*\S)\s+\((\/\S*)\)$/;

export interface PageWords {
  words: string;                 // the title, or the path where there is none
  path: string;
}

export function isOwnPath(path: string): boolean {
  if (!kPath.test(path) || path.includes('//')) return false;
  const url = new URL(path, window.location.origin);
  return url.origin === window.location.origin && url.pathname === path;
}

// What a field of at most `most` characters takes of it; nothing where not even the path fits.
export function writePage(title: string, path: string, most: number): string | undefined {
  if (!isOwnPath(path) || path.length > most) return undefined;
  const room = most - path.length - ' ()'.length;
  const letters = [...title.replace(/\s+/g, ' ').trim()];
  if (!letters.length || room < 2) return path;
  const words = letters.length <= room ? letters.join('')
    : `${letters.slice(0, room - 1).join('').trimEnd()}…`;
  return `${words} (${path})`;
}

export function readPage(text: string): PageWords | null {
  const [, words, path] = kWordsAndPath.exec(text.trim()) ?? [];
  if (words && path) return isOwnPath(path) ? { words, path } : null;
  return isOwnPath(text.trim()) ? { words: text.trim(), path: text.trim() } : null;
}
