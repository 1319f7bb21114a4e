// The shown figures of an edition as rows of a table: one for each number, with what has to stand
// beside it. Numbers stay as the API writes them.
import type { DimensionValue, Figure, FrozenFigures, FrozenIndicator } from '@/api/indicators';
import type { MessageKey, Words } from '@/lib/i18n';

const kHeads: MessageKey[] = [
  'editions.figure', 'editions.dimension', 'editions.value', 'editions.code', 'editions.number',
  'editions.unit', 'editions.isWithheld', 'editions.before', 'editions.isChanged',
  'indicators.rows', 'indicators.valued', 'editions.undetermined', 'indicators.on',
  'editions.released', 'indicators.definition', 'indicators.perspective', 'common.source',
];

interface Place {
  dimension: string;
  value: string;
  code: string;
}

function rowOf(edition: FrozenFigures, indicator: FrozenIndicator, figure: Figure, place: Place,
  { t, l }: Words): string[] {
  const count = (n: number | undefined) => (n === undefined ? '' : String(n));
  const { source } = indicator;
  return [
    l(indicator.title), place.dimension, place.value, place.code,
    figure.withheld ? '' : figure.number ?? '', l(indicator.unit),
    t(figure.withheld ? 'common.yes' : 'common.no'),
    indicator.definition_changed ? '' : figure.before ?? '',
    t(indicator.definition_changed ? 'common.yes' : 'common.no'),
    count(figure.rows), count(figure.valued), count(figure.undetermined), edition.on,
    edition.released ?? t('editions.concept'), l(indicator.definition), l(indicator.perspective),
    [l(source.title), source.reference, source.url].filter(Boolean).join(', '),
  ];
}

export function figureRows(edition: FrozenFigures, words: Words): string[][] {
  const { t, l } = words;
  const rowsOf = (indicator: FrozenIndicator) => {
    const total = { dimension: '', value: t('editions.total'), code: '' };
    const one = (title: string) => (value: DimensionValue) => rowOf(edition, indicator, value,
      { dimension: title, value: l(value.label), code: value.code ?? '' }, words);
    return [rowOf(edition, indicator, indicator.total, total, words),
      ...indicator.dimensions.flatMap(({ title, values }) => values.map(one(l(title))))];
  };
  return [kHeads.map((key) => t(key)), ...edition.indicators.flatMap(rowsOf)];
}
