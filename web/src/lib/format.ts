// Numbers, money and periods in words. Decimals arrive as text and stay text: no rounding.
import type { Lang } from './dates';

function grouped(digits: string, lang: Lang): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, lang === 'nl' ? '.' : ',');
}

// '-1234.50' -> '-1.234,50' (nl) or '-1,234.50' (en).
export function formatDecimal(text: string | number, lang: Lang): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text));
  if (!match) return String(text);
  const [, sign = '', whole = '', fraction] = match;
  const tail = fraction ? (lang === 'nl' ? ',' : '.') + fraction : '';
  return `${sign ? '−' : ''}${grouped(whole, lang)}${tail}`;
}

// '1250.00' -> '€ 1.250'; cents only where there are any.
export function formatMoney(text: string, lang: Lang): string {
  return `€ ${formatDecimal(text.replace(/\.0+$/, ''), lang)}`;
}

// What people type ('1.250,50', '€ 1 250') as the decimal text of the API, or null.
export function parseDecimal(typed: string, lang: Lang): string | null {
  const bare = typed.replace(/[€\s]/g, '').replace('−', '-');
  const dots = lang === 'nl' ? bare.replace(/\.(?=\d{3}(\D|$))/g, '').replace(',', '.')
    : bare.replace(/,(?=\d{3}(\D|$))/g, '');
  return /^-?\d+(\.\d+)?$/.test(dots) ? dots : null;
}

const kUnits: Record<Lang, Record<string, [string, string]>> = {
  nl: { Y: ['jaar', 'jaar'], M: ['maand', 'maanden'], W: ['week', 'weken'], D: ['dag', 'dagen'] },
  en: { Y: ['year', 'years'], M: ['month', 'months'], W: ['week', 'weeks'], D: ['day', 'days'] },
};

// 'P1Y6M' -> '1 jaar en 6 maanden'; what is no period comes back as it is.
export function formatPeriod(text: string, lang: Lang): string {
  if (!/^P(\d+[YMWD])+$/.test(text)) return text;
  const parts = [...text.matchAll(/(\d+)([YMWD])/g)].map(([, count = '', unit = '']) => {
    const names = kUnits[lang][unit];
    return `${count} ${names?.[count === '1' ? 0 : 1] ?? unit}`;
  });
  return parts.join(lang === 'nl' ? ' en ' : ' and ');
}

// 1 + 'P', 'D' parts back to text: {count: '6', unit: 'W'} -> 'P6W'.
export function makePeriod(count: string, unit: string): string | null {
  return /^\d{1,4}$/.test(count) && Number(count) > 0 ? `P${Number(count)}${unit}` : null;
}

const kSizes = ['bytes', 'kB', 'MB', 'GB'];

// 12345 -> '12 kB'; one digit behind the comma below ten.
export function formatBytes(bytes: number | string, lang: Lang): string {
  let size = Number(bytes);
  let unit = 0;
  for (; size >= 1024 && unit < kSizes.length - 1; unit += 1) size /= 1024;
  const rounded = unit > 0 && size < 9.95 ? size.toFixed(1) : String(Math.round(size));
  const name = rounded === '1' && unit === 0 ? 'byte' : kSizes[unit];
  return `${formatDecimal(rounded, lang)} ${name ?? ''}`;
}

const kJoins = { nl: { and: ' en ', or: ' of ' }, en: { and: ' and ', or: ' or ' } };

export function joinWords(words: string[], lang: Lang, by: 'and' | 'or' = 'and'): string {
  return words.length < 2 ? words.join('') : words.slice(0, -1).join(', ')
    + kJoins[lang][by] + words.at(-1);
}
