// What an indicator counts and who says so: what has to stand beside its number.
import { findForm } from '@/api/metadata';
import type { Figure, Indicator } from '@/api/indicators';
import { useCatalogue } from '@/api/queries';
import { formatDate, formatWindow } from '@/lib/dates';
import { formatDecimal } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { rowsText } from './figure_words';

export interface FigureFactsProps {
  data: Indicator & { total: Figure };
  on?: string;                           // the reference day, where it stands nowhere else
}

// Its form, as a link for who may read that.
function CountedForm({ form }: Pick<Indicator, 'form'>) {
  const { l } = useWords();
  const { data: catalogue } = useCatalogue();
  const found = catalogue && findForm(catalogue, form.name);
  if (!found?.form.may.includes('read')) return <>{l(form.title)}</>;
  return <Link className="utrecht-link" to={`/registers/${form.name}`}>{l(form.title)}</Link>;
}

// Which fields a sum or a rate adds up, and of how many rows the value is known.
function Added({ data }: { data: FigureFactsProps['data'] }) {
  const words = useWords();
  const { t, l, lang } = words;
  const { of, by, per = 1, total } = data;
  if (!of) return null;
  return (
    <>
      <div><dt>{t('indicators.added')}</dt><dd>{l(of)}</dd></div>
      {by && (
        <div>
          <dt>{t('indicators.divided')}</dt>
          <dd>{t('indicators.dividedBy', { by: l(by), per: formatDecimal(per, lang) })}</dd>
        </div>
      )}
      {total.valued !== undefined && total.rows !== undefined && (
        <div>
          <dt>{t('indicators.valued')}</dt>
          <dd>
            {t('indicators.valuedOf', {
              n: formatDecimal(total.valued, lang), rows: formatDecimal(total.rows, lang) })}
          </dd>
        </div>
      )}
      {total.valued === undefined && total.rows !== undefined && (
        <div><dt>{t('indicators.rows')}</dt><dd>{rowsText(total, words)}</dd></div>
      )}
    </>
  );
}

export function FigureFacts({ data, on }: FigureFactsProps) {
  const { t, l, lang } = useWords();
  const source = [l(data.source.title), data.source.reference].filter(Boolean).join(', ');
  return (
    <dl className="facts">
      <div><dt>{t('indicators.definition')}</dt><dd>{l(data.definition)}</dd></div>
      {on && <div><dt>{t('indicators.on')}</dt><dd>{formatDate(on, lang)}</dd></div>}
      {data.days && (
        <div><dt>{t('indicators.days')}</dt><dd>{formatWindow(data.days, lang)}</dd></div>
      )}
      <div><dt>{t('indicators.perspective')}</dt><dd>{l(data.perspective)}</dd></div>
      <div>
        <dt>{t('common.source')}</dt>
        <dd>
          {data.source.url
            ? <a className="utrecht-link" href={data.source.url} rel="noreferrer">{source}</a>
            : source}
        </dd>
      </div>
      <div><dt>{t('indicators.counted')}</dt><dd><CountedForm form={data.form} /></dd></div>
      {data.where && <div><dt>{t('indicators.rule')}</dt><dd><code>{data.where}</code></dd></div>}
      {data.part && <div><dt>{t('indicators.part')}</dt><dd><code>{data.part}</code></dd></div>}
      <Added data={data} />
    </dl>
  );
}
