// What stands at an address under '/embed/': one block or one figure, as a visitor sees it.
import { lazy, Suspense } from 'react';

import { useCatalogue } from '@/api/queries';
import { kEmbed } from '@/lib/embed';
import { useWords } from '@/lib/i18n';
import { matchPath, usePath } from '@/lib/router';
import { EmbedFrame } from '@/ui/embed_frame';
import { Notice } from '@/ui/notice';
import { ProblemNotice } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';
import { ErrorBoundary } from './error_boundary';

const EmbedBlock = lazy(() => import('@/features/desk/embed_block'));
const EmbedIndicator = lazy(() => import('@/features/indicators/embed_indicator'));

function Part({ path }: { path: string }) {
  const { t } = useWords();
  const block = matchPath(`${kEmbed}/overzicht/:pack/:desk/:block`, path);
  if (block) {
    return <EmbedBlock pack={block['pack'] ?? ''} desk={block['desk'] ?? ''}
      block={block['block'] ?? ''} />;
  }
  const figure = matchPath(`${kEmbed}/cijfers/:pack/:indicator`, path);
  if (figure) {
    return <EmbedIndicator name={`${figure['pack'] ?? ''}/${figure['indicator'] ?? ''}`} />;
  }
  return (
    <EmbedFrame title={t('app.name')} full="/">
      <Notice meaning="attention"><p>{t('embed.absent')}</p></Notice>
    </EmbedFrame>
  );
}

export default function Embed() {
  const path = usePath();
  const { t } = useWords();
  const catalogue = useCatalogue();
  if (catalogue.isError) {
    return (
      <EmbedFrame title={t('app.name')} full="/">
        <ProblemNotice error={catalogue.error} onRetry={() => void catalogue.refetch()} />
      </EmbedFrame>
    );
  }
  if (catalogue.isPending) return <Skeleton lines={6} />;
  return (
    <ErrorBoundary>
      <Suspense fallback={<Skeleton lines={6} />}><Part path={path} /></Suspense>
    </ErrorBoundary>
  );
}
