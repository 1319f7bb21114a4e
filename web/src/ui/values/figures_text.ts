// A value of a field of figures in one line of words; a record shows frozen figures whole.
import { isFrozen } from '@/api/indicators';
import type { FiguresValue } from '@/api/indicators';
import { formatDate, formatMoment } from '@/lib/dates';
import type { Words } from '@/lib/i18n';

export function figuresText(value: FiguresValue, { t, lang }: Words): string {
  if (!isFrozen(value)) {
    const n = value.tables.length;
    return n === 1 ? t('editions.tablesOne') : t('editions.tables', { n });
  }
  const { indicators, released } = value;
  const status = released
    ? t('editions.statusReleased', { date: formatMoment(released, lang) })
    : t('editions.statusDraft');
  const n = indicators.length;
  const said = { n, on: formatDate(value.on, lang), status };
  return t(n === 1 ? 'editions.wordsOne' : 'editions.words', said);
}
