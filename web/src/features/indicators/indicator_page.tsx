// One indicator: its number, and by each dimension a picture with its table; with its definition,
// reference date, source and who says so. As of any day.
import { useIndicator } from '@/api/indicators';
import type { Dimension, IndicatorFigures } from '@/api/indicators';
import { formatDate } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { Link, useQueryString } from '@/lib/router';
import { AsOfBanner, AsOfPicker, asOfFrom } from '@/ui/as_of';
import { FigureChart } from '@/ui/chart/figure_chart';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import { ShareTools } from '@/ui/share_tools';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';
import { chartValues, doubtsOf, findingOf, numberText } from './figure_words';
import './indicators.css';

function Facts({ data }: { data: IndicatorFigures }) {
  const { t, l, lang } = useWords();
  const source = [l(data.source.title), data.source.reference].filter(Boolean).join(', ');
  return (
    <dl className="facts">
      <div><dt>{t('indicators.definition')}</dt><dd>{l(data.definition)}</dd></div>
      <div><dt>{t('indicators.on')}</dt><dd>{formatDate(data.on, lang)}</dd></div>
      <div><dt>{t('indicators.perspective')}</dt><dd>{l(data.perspective)}</dd></div>
      <div>
        <dt>{t('common.source')}</dt>
        <dd>
          {data.source.url
            ? <a className="utrecht-link" href={data.source.url} rel="noreferrer">{source}</a>
            : source}
        </dd>
      </div>
      <div>
        <dt>{t('indicators.counted')}</dt>
        <dd>
          <Link className="utrecht-link" to={`/registers/${data.form.name}`}>
            {l(data.form.title)}
          </Link>
        </dd>
      </div>
      {data.where && <div><dt>{t('indicators.rule')}</dt><dd><code>{data.where}</code></dd></div>}
      {data.part && <div><dt>{t('indicators.part')}</dt><dd><code>{data.part}</code></dd></div>}
    </dl>
  );
}

function DimensionSection({ data, dimension }: { data: IndicatorFigures; dimension: Dimension }) {
  const words = useWords();
  const { t, l, lang } = words;
  const title = t('indicators.by', { title: l(dimension.title) });
  const isTime = dimension.by !== 'value';
  const isCount = data.measure === 'count';
  const heads = [l(dimension.title),
    t('indicators.value', { title: l(data.title), unit: l(data.unit) }),
    ...(isCount ? [] : [t('indicators.rows')])];
  if (!dimension.values.length) {
    return <section className="stack"><h2>{title}</h2><p>{t('indicators.noValues')}</p></section>;
  }
  return (
    <section className="stack">
      <h2>{title}</h2>
      <div className="figure-pair">
        <FigureChart values={chartValues(dimension, words)} isTime={isTime}
          finding={findingOf(data, dimension, words)} />
        <SimpleTable caption={title} heads={heads}
          rows={dimension.values.map((value, index) => ({
            key: value.code ?? `none-${index}`,
            cells: [l(value.label), numberText(value, words),
              ...(isCount ? [] : [value.rows.toLocaleString(lang)])],
          }))} />
      </div>
      {!isTime && <p className="small muted">{t('indicators.order')}</p>}
    </section>
  );
}

function Content({ data }: { data: IndicatorFigures }) {
  const words = useWords();
  const { t, l } = words;
  return (
    <div className="stack-l">
      <section className="panel stack">
        <p>
          <span className="indicator-number">{numberText(data.total, words)}</span>{' '}
          <span className="muted">{l(data.unit)}</span>
        </p>
        {doubtsOf(data.total, words).map((doubt) => <p key={doubt}>{doubt}</p>)}
        <Facts data={data} />
        <p className="small muted">
          {data.already_public ? t('indicators.public')
            : t('indicators.own', { threshold: data.threshold ?? 0 })}
        </p>
      </section>
      {data.dimensions.map((dimension) => (
        <DimensionSection key={dimension.id} data={data} dimension={dimension} />
      ))}
    </div>
  );
}

export default function IndicatorPage({ name }: { name: string }) {
  const { t, l } = useWords();
  const asOf = asOfFrom(useQueryString());
  const found = useIndicator(name, asOf);
  if (found.isError) {
    return <ProblemPage error={found.error} onRetry={() => { void found.refetch(); }} />;
  }
  if (!found.data) return <Skeleton hasTitle />;
  const { data } = found;
  return (
    <Page title={l(data.title)}
      crumbs={[{ label: t('indicators.title'), to: '/cijfers' }, { label: l(data.title) }]}
      tools={<><AsOfPicker asOf={asOf} /><ShareTools /></>}>
      <AsOfBanner asOf={asOf} />
      <Content data={data} />
    </Page>
  );
}
