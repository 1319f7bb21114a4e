// The figures of an indicator in words: its number, its values for a picture, and what could not be
// determined.
import type { Dimension, DimensionValue, Figure, Indicator } from '@/api/indicators';
import type { ChartValue } from '@/lib/chart/figures';
import { formatDate, formatWindow } from '@/lib/dates';
import { formatDecimal } from '@/lib/format';
import type { MessageKey, Words } from '@/lib/i18n';

export function numberText(figure: Figure, { t, lang }: Words): string {
  if (figure.withheld) return t('indicators.withheld');
  return figure.number === null ? t('indicators.noNumber') : formatDecimal(figure.number, lang);
}

// How many rows were counted, and of how many of these the value is known where that is fewer.
export function rowsText({ rows, valued, withheld }: Figure, { t, lang }: Words): string {
  if (rows === undefined) return withheld ? t('indicators.withheld') : '–';
  const all = formatDecimal(rows, lang);
  return valued === undefined || valued === rows ? all
    : t('indicators.valuedOf', { n: formatDecimal(valued, lang), rows: all });
}

// The place of '2025' or '2025-H1' among the periods of its kind.
function placeOf(code: string | null, by: Dimension['by']): number | undefined {
  const [, year, half] = /^(\d{4})(?:-H([12]))?$/.exec(code ?? '') ?? [];
  if (!year) return undefined;
  if (by === 'year') return Number(year);
  return half ? Number(year) * 2 + Number(half) : undefined;
}

// On a time axis only what has a place in time.
export function chartValues(dimension: Dimension, words: Words): ChartValue[] {
  const isTime = dimension.by !== 'value';
  return dimension.values.filter(({ code }) => !isTime || code !== null)
    .map((value, index) => {
      const place = isTime ? placeOf(value.code, dimension.by) : undefined;
      return {
        key: value.code ?? `none-${index}`,
        label: words.l(value.label),
        value: value.number === null ? null : Number(value.number),
        text: numberText(value, words),
        ...(place === undefined ? {} : { place }),
        ...(value.withheld ? { isWithheld: true } : {}),
      };
    });
}

export function findingOf(indicator: Indicator, dimension: Dimension, words: Words): string {
  const { t, l } = words;
  const one = (value: DimensionValue) => t('indicators.one',
    { label: l(value.label), number: numberText(value, words) });
  return t('indicators.finding', { title: l(indicator.title),
    dimension: l(dimension.title), values: dimension.values.map(one).join('; ') });
}

const kDoubts = ['undetermined', 'partOpen', 'valueOpen'] as const;

// What stands under a picture that goes its own way: what it counts, of which day, by whom.
export function factsText(indicator: Indicator, on: string, { t, l, lang }: Words): string {
  const source = [l(indicator.source.title), indicator.source.reference].filter(Boolean).join(', ');
  const { days } = indicator;
  const lines: [MessageKey, string][] = [['indicators.definition', l(indicator.definition)],
    ['indicators.on', formatDate(on, lang)],
    ...(days ? [['indicators.days', formatWindow(days, lang)] as [MessageKey, string]] : []),
    ['indicators.perspective', l(indicator.perspective)], ['common.source', source]];
  return lines.map(([key, text]) => `${t(key)}: ${text.replace(/\.$/, '')}.`).join(' ')
    .replace('?:', '?');
}

// Rows that count nowhere because of what is missing: one sentence for each kind of doubt.
export function doubtsOf(figure: Figure, { t, lang }: Words): string[] {
  const { rows, valued } = figure;
  const counts: Record<(typeof kDoubts)[number], number | undefined> = {
    undetermined: figure.undetermined, partOpen: figure.part_undetermined,
    valueOpen: rows === undefined || valued === undefined ? undefined : rows - valued,
  };
  return kDoubts.flatMap((key) => {
    const n = counts[key];
    if (!n) return [];
    const one: MessageKey = `indicators.${key}One`;
    return [n === 1 ? t(one) : t(`indicators.${key}`, { n: formatDecimal(n, lang) })];
  });
}
