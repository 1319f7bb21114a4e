// One indicator: its number, and by each dimension a picture with its table; with its definition,
// reference date, source and who says so. As of any day.
import { useIndicator } from '@/api/indicators';
import type { IndicatorFigures } from '@/api/indicators';
import { useWords } from '@/lib/i18n';
import { useQueryString } from '@/lib/router';
import { AsOfBanner, AsOfPicker, asOfFrom } from '@/ui/as_of';
import { DimensionSection } from '@/ui/figures/dimension_section';
import { FigureFacts } from '@/ui/figures/figure_facts';
import { doubtsOf, numberText } from '@/ui/figures/figure_words';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import { ShareTools } from '@/ui/share_tools';
import { Skeleton } from '@/ui/skeleton';

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
        <FigureFacts data={data} on={data.on} />
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
