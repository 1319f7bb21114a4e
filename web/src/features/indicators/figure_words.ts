// The figures of an indicator in words: its number, its values for a picture, and what could not be
// determined.
import type { Dimension, DimensionValue, Figure, Indicator } from '@/api/indicators';
import type { ChartValue } from '@/lib/chart/figures';
import { formatDecimal } from '@/lib/format';
import type { Words } from '@/lib/i18n';

export function numberText(figure: Figure, { t, lang }: Words): string {
  return figure.number === null ? t('indicators.noNumber') : formatDecimal(figure.number, lang);
}

// On a time axis only what has a place in time.
export function chartValues(dimension: Dimension, words: Words): ChartValue[] {
  const isTime = dimension.by !== 'value';
  return dimension.values.filter(({ code }) => !isTime || code !== null)
    .map((value, index) => ({
      key: value.code ?? `none-${index}`,
      label: words.l(value.label),
      value: value.number === null ? null : Number(value.number),
      text: numberText(value, words),
    }));
}

export function findingOf(indicator: Indicator, dimension: Dimension, words: Words): string {
  const { t, l } = words;
  const one = (value: DimensionValue) => t('indicators.one',
    { label: l(value.label), number: numberText(value, words) });
  return t('indicators.finding', { title: l(indicator.title),
    dimension: l(dimension.title), values: dimension.values.map(one).join('; ') });
}

// Rows that count nowhere because of what is missing: one sentence for each kind of doubt.
export function doubtsOf(figure: Figure, { t }: Words): string[] {
  const sentence = (key: 'undetermined' | 'partOpen', n: number | undefined) => {
    if (!n) return [];
    return [n === 1 ? t(`indicators.${key}One`) : t(`indicators.${key}`, { n })];
  };
  return [...sentence('undetermined', figure.undetermined),
    ...sentence('partOpen', figure.part_undetermined)];
}
