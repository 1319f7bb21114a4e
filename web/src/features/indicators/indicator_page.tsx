// One indicator: its number, and by each dimension a picture with its table; with its definition,
// reference date, source and who says so. As of any day.
import { useIndicator } from '@/api/indicators';
import { asOfQuery } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { useQueryString } from '@/lib/router';
import { AsOfBanner, AsOfPicker, asOfFrom } from '@/ui/as_of';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import { IndicatorFiles } from '@/ui/figures/indicator_files';
import { ShareTools } from '@/ui/share_tools';
import { Skeleton } from '@/ui/skeleton';
import { IndicatorContent } from './indicator_content';

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
      tools={(
        <>
          <AsOfPicker asOf={asOf} />
          {!asOfQuery(asOf) && <IndicatorFiles data={data} />}
          <ShareTools embed={{ title: l(data.title),
            path: () => `/cijfers/${name}${asOfQuery(asOf)}` }} />
        </>
      )}>
      <AsOfBanner asOf={asOf} />
      <IndicatorContent data={data} />
    </Page>
  );
}
