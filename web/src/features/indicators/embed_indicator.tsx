// One indicator, alone, for another site.
import { useIndicator } from '@/api/indicators';
import { asOfQuery } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { useQueryString } from '@/lib/router';
import { asOfFrom } from '@/ui/as_of';
import { EmbedFrame } from '@/ui/embed_frame';
import { FigureRefused } from '@/ui/figures/figure_refused';
import { Skeleton } from '@/ui/skeleton';
import { IndicatorContent } from './indicator_content';

export default function EmbedIndicator({ name }: { name: string }) {
  const { t, l } = useWords();
  const asOf = asOfFrom(useQueryString());
  const found = useIndicator(name, asOf);
  const full = `/cijfers/${name}${asOfQuery(asOf)}`;
  if (found.isError) {
    return (
      <EmbedFrame title={t('indicators.title')} full={full}>
        <FigureRefused error={found.error} onRetry={() => { void found.refetch(); }} />
      </EmbedFrame>
    );
  }
  if (!found.data) return <Skeleton hasTitle />;
  return (
    <EmbedFrame title={l(found.data.title)} on={found.data.on} full={full}>
      <IndicatorContent data={found.data} />
    </EmbedFrame>
  );
}
