// Civil dates as ISO text ('2025-01-31'): reading what people type, and saying it back in words.
// No time zone takes part, except in today(), which is the date in Amsterdam.

export interface DateWindow {
  first: string;
  last: string;
}

export type Lang = 'nl' | 'en';

const kMonths: Record<Lang, string[]> = {
  nl: ['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september',
    'oktober', 'november', 'december'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
    'October', 'November', 'December'],
};

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}

export function isoOf(year: number, month: number, day: number): string {
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

// True for a date that exists: 2025-02-31 does not.
export function isIsoDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

// Days since 1970-01-01; the number line of the pictures.
export function dayNumber(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);
}

export function fromDayNumber(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

export function today(now = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(now);
}

export function formatDate(iso: string, lang: Lang): string {
  if (!isIsoDate(iso.slice(0, 10))) return iso;
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number) as [number, number, number];
  return `${day} ${kMonths[lang][month - 1]} ${year}`;
}

// '2025-01-31T12:00:00Z' as '31 januari 2025 om 13:00' (Amsterdam time).
export function formatMoment(instant: string, lang: Lang): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const time = new Intl.DateTimeFormat('nl-NL', {
    timeZone: 'Europe/Amsterdam', hour: '2-digit', minute: '2-digit',
  }).format(date);
  return `${formatDate(today(date), lang)} ${lang === 'nl' ? 'om' : 'at'} ${time}`;
}

// A window in the shortest words that lose nothing: a day, a month, a year, or both ends.
export function formatWindow(window: DateWindow, lang: Lang): string {
  const { first, last } = window;
  if (first === last) return formatDate(first, lang);
  const [y1, m1, d1] = first.split('-').map(Number) as [number, number, number];
  const [y2, m2, d2] = last.split('-').map(Number) as [number, number, number];
  const isWhole = d1 === 1 && d2 === daysInMonth(y2, m2);
  if (isWhole && y1 === y2 && m1 === m2) return `${kMonths[lang][m1 - 1]} ${y1}`;
  if (isWhole && y1 === y2 && m1 === 1 && m2 === 12) return String(y1);
  const until = lang === 'nl' ? 't/m' : 'to';
  return `${formatDate(first, lang)} ${until} ${formatDate(last, lang)}`;
}

function monthNumber(word: string): number {
  const start = word.toLowerCase().replace('.', '');
  if (start.length < 3) return 0;
  for (const lang of ['nl', 'en'] as const) {
    const index = kMonths[lang].findIndex((name) => name.toLowerCase().startsWith(start));
    if (index >= 0) return index + 1;
  }
  return start === 'mrt' ? 3 : 0;
}

// What a person types for one day: 31-1-2025, 31/01/2025, 31 januari 2025, 2025-01-31.
export function parseDay(typed: string): string | null {
  const text = typed.trim();
  if (isIsoDate(text)) return text;
  const digits = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(text);
  const words = /^(\d{1,2})\s+([A-Za-z.]+)\s+(\d{4})$/.exec(text);
  const month = digits ? Number(digits[2]) : monthNumber(words?.[2] ?? '');
  const found = digits ?? words;
  if (!found) return null;
  const iso = isoOf(Number(found[3]), month, Number(found[1]));
  return isIsoDate(iso) ? iso : null;
}

// What a person types for an uncertain date, as far as it needs no calendar of words: a day,
// a month ('maart 2025', '03-2025') or a year ('2025', 'ergens in 2025'). Else null.
export function parseWindow(typed: string): DateWindow | null {
  const text = typed.trim().replace(/^(ergens in|in|somewhere in|sometime in)\s+/i, '');
  const day = parseDay(text);
  if (day) return { first: day, last: day };
  const year = /^(\d{4})$/.exec(text);
  if (year) return { first: `${year[1]}-01-01`, last: `${year[1]}-12-31` };
  const found = /^(\d{1,2}|[A-Za-z.]+)[-/ ]\s*(\d{4})$/.exec(text);
  if (!found) return null;
  const month = /^\d/.test(found[1] ?? '') ? Number(found[1]) : monthNumber(found[1] ?? '');
  if (month < 1 || month > 12) return null;
  const y = Number(found[2]);
  return { first: isoOf(y, month, 1), last: isoOf(y, month, daysInMonth(y, month)) };
}
