// What is different from the edition before, in one table above the figures: the number of then and
// of now, and which values changed. Nothing is made of a difference: it is not worked out, not
// ordered and not judged. What cannot be compared says so.
import type { Dimension, DimensionValue, Figure, FrozenFigures, FrozenIndicator }
  from '@/api/indicators';
import { formatDate, formatWindow } from '@/lib/dates';
import { formatDecimal } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import type { Words } from '@/lib/i18n';
import { SimpleTable } from '../simple_table';
import { numberText } from './figure_words';

export type Change = 'same' | 'changed' | 'none';

// None: one of the two is not there, or is hidden.
export function changeOf({ number, withheld, before }: Figure): Change {
  if (before === undefined || number === null || withheld) return 'none';
  return Number(number) === Number(before) ? 'same' : 'changed';
}

function values({ dimensions }: FrozenIndicator): [Dimension, DimensionValue][] {
  return dimensions.flatMap((dimension) => (
    dimension.values.map((value): [Dimension, DimensionValue] => [dimension, value])));
}

function Changed({ data }: { data: FrozenIndicator }) {
  const words = useWords();
  const { t, l, lang } = words;
  if (data.definition_changed) return <>{t('editions.definitionOther')}</>;
  const changed = values(data).filter(([, value]) => changeOf(value) === 'changed');
  const said = { same: t('editions.same'), changed: t('editions.changed'),
    none: t('editions.notCompared') }[changeOf(data.total)];
  if (!changed.length) return <>{said}</>;
  return (
    <div className="stack-s">
      <span>{said}</span>
      <details className="small">
        <summary>{t('editions.changedValues', { n: formatDecimal(changed.length, lang) })}</summary>
        <ul>
          {changed.map(([dimension, value]) => (
            <li key={`${dimension.id}-${value.code ?? ''}`}>
              {t('editions.changedValue', { dimension: l(dimension.title), label: l(value.label),
                before: formatDecimal(value.before ?? '', lang), now: numberText(value, words) })}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function beforeText({ total: { before }, definition_changed: isOther,
  before_days: days }: FrozenIndicator, { lang }: Words): string {
  if (before === undefined || isOther) return '–';
  const number = formatDecimal(before, lang);
  return days ? `${number} (${formatWindow(days, lang)})` : number;
}

export function EditionChanges({ edition }: { edition: FrozenFigures }) {
  const words = useWords();
  const { t, l, lang } = words;
  if (!edition.before || !edition.indicators.length) return null;
  const title = t('editions.whatChanged', { date: formatDate(edition.before.on, lang) });
  return (
    <section className="stack-s">
      <h3>{title}</h3>
      <SimpleTable caption={title}
        heads={[t('editions.figure'), t('editions.then'), t('editions.now'), t('editions.change')]}
        rows={edition.indicators.map((data) => ({ key: data.name, cells: [
          `${l(data.title)} (${l(data.unit)})`, beforeText(data, words),
          numberText(data.total, words), <Changed key="changed" data={data} />,
        ] }))} />
    </section>
  );
}
