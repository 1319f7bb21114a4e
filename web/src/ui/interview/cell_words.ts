// A cell of a table in words, where it is simple: `"a", "b"` is "a of b", `>= 18` "18 of meer".
// What is not simple stays FEEL; then the answer is null.
import { formatDate } from '@/lib/dates';
import { formatDecimal } from '@/lib/format';
import type { Words } from '@/lib/i18n';

type WordsOf = Pick<Words, 't' | 'lang'>;

interface Constant {
  text: string;
  isDate: boolean;
}

const kText = /^"((?:[^"\\]|\\.)*)"$/;
const kNumber = /^-?\d+(\.\d+)?$/;
const kDate = /^(?:@|date\()"(\d{4}-\d{2}-\d{2})"\)?$/;

function constantOf(written: string, { t, lang }: WordsOf): Constant | null {
  const text = written.trim();
  const inner = kText.exec(text)?.[1];
  if (inner !== undefined && !inner.includes('\\')) return { text: inner, isDate: false };
  if (kNumber.test(text)) return { text: formatDecimal(text, lang), isDate: false };
  const date = kDate.exec(text)?.[1];
  if (date) return { text: formatDate(date, lang), isDate: true };
  if (text === 'true') return { text: t('common.yes'), isDate: false };
  if (text === 'false') return { text: t('common.no'), isDate: false };
  return null;
}

// At the commas outside quotes and brackets.
function partsOf(cell: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let start = 0;
  for (let at = 0; at < cell.length; at += 1) {
    const sign = cell.charAt(at);
    if (isQuoted && sign === '\\') at += 1;
    else if (sign === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if ('([{'.includes(sign)) depth += 1;
    else if (')]}'.includes(sign)) depth -= 1;
    else if (sign === ',' && depth <= 0) {
      parts.push(cell.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, cell.slice(start)];
}

function comparisonOf(part: string, words: WordsOf): string | null {
  const [, sign, rest = ''] = /^(<=|>=|<|>)\s*(.+)$/s.exec(part) ?? [];
  const end = sign ? constantOf(rest, words) : null;
  if (!sign || !end) return null;
  const date = { '<': 'models.before', '<=': 'models.notAfter', '>': 'models.after',
    '>=': 'models.notBefore' } as const;
  const other = { '<': 'models.below', '<=': 'models.atMost', '>': 'models.above',
    '>=': 'models.atLeast' } as const;
  return words.t((end.isDate ? date : other)[sign as keyof typeof date], { end: end.text });
}

// Only ranges that hold their first end: the others are said more exactly by FEEL.
function rangeOf(part: string, words: WordsOf): string | null {
  const [, from = '', to = '', close] = /^\[\s*(.+?)\s*\.\.\s*(.+?)\s*([\])[])$/s.exec(part) ?? [];
  const first = constantOf(from, words);
  const last = constantOf(to, words);
  if (!first || !last) return null;
  return words.t(close === ']' ? 'models.range' : 'models.rangeOpen',
    { first: first.text, last: last.text });
}

export function cellWords(cell: string, words: WordsOf): string | null {
  const text = cell.trim();
  if (text === '-' || text === '') return words.t('models.any');
  const denied = /^not\s*\((.*)\)$/s.exec(text)?.[1];
  const parts = partsOf(denied ?? text).map((part) => (
    constantOf(part, words)?.text ?? comparisonOf(part.trim(), words)
    ?? rangeOf(part.trim(), words)));
  if (parts.some((part) => part === null)) return null;
  const joined = parts.join(` ${words.t('models.or')} `);
  return denied === undefined ? joined : words.t('models.not', { words: joined });
}

// Whether there are words of the model in it; dates stand between quotes too.
export function hasModelWords(cell: string): boolean {
  return cell.replace(/(@|date\()"[^"]*"/g, '').includes('"');
}

// What comes out: a constant in words.
export function outputWords(cell: string, words: WordsOf): string | null {
  return constantOf(cell, words)?.text ?? null;
}
