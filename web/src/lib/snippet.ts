// Where words stand in a text, as the search finds them: from the start of a word, without regard
// to capitals and accents.

const kAround = 60;

// Folded letter by letter, so that places in it are places in the text.
function folded(text: string): string {
  return [...text].map((letter) => {
    const plain = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    return plain.length === letter.length ? plain : letter.toLowerCase().slice(0, letter.length)
      .padEnd(letter.length);
  }).join('');
}

export interface Part {
  text: string;
  isHit: boolean;
}

function wordsOf(query: string): string[] {
  return folded(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

function hits(text: string, words: string[]): [number, number][] {
  const plain = folded(text);
  return [...plain.matchAll(/[\p{L}\p{N}]+/gu)].flatMap(({ 0: found, index }) => {
    const word = words.filter((one) => found.startsWith(one))
      .sort((a, b) => b.length - a.length)[0];
    return word ? [[index, index + word.length] as [number, number]] : [];
  });
}

// Something that can be searched for: a letter or a digit at least.
export function hasWords(query: string): boolean {
  return wordsOf(query).length > 0;
}

// The text in parts, hits apart; long texts only around their first hit. Null: no word is in it.
export function snippet(text: string, query: string): Part[] | null {
  const found = hits(text, wordsOf(query));
  const first = found[0];
  if (!first) return null;
  const isLong = text.length > 3 * kAround;
  const from = isLong ? Math.max(0, text.lastIndexOf(' ', first[0] - kAround) + 1) : 0;
  const end = isLong ? first[1] + 2 * kAround : text.length;
  const space = text.indexOf(' ', end);
  const to = end >= text.length || space < 0 ? text.length : space;
  const parts: Part[] = [];
  let at = from;
  const add = (upTo: number, isHit: boolean) => {
    if (upTo > at) parts.push({ text: text.slice(at, upTo), isHit });
    at = upTo;
  };
  for (const [start, stop] of found) {
    if (start < from || stop > to) continue;
    add(start, false);
    add(stop, true);
  }
  add(to, false);
  if (from > 0) parts.unshift({ text: '… ', isHit: false });
  if (to < text.length) parts.push({ text: ' …', isHit: false });
  return parts;
}
