// Hand-overs: what other organisations offer and hand over to one's own, and the other way round.
import { useHandovers } from '@/api/handovers';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Page } from '@/ui/page';
import { ProblemNotice } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';
import { HandoverItem } from './handover_item';

function List({ direction }: { direction: 'incoming' | 'outgoing' }) {
  const { t } = useWords();
  const handovers = useHandovers(direction);
  const items = handovers.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="stack" aria-labelledby={direction}>
      <h2 id={direction}>{t(`handover.${direction}`)}</h2>
      {handovers.isPending && <Skeleton lines={6} />}
      {handovers.isError && (
        <ProblemNotice error={handovers.error} onRetry={() => void handovers.refetch()} />
      )}
      {handovers.data && !items.length && <p>{t(`handover.none.${direction}`)}</p>}
      {items.length > 0 && (
        <ul className="stack plain-list">
          {items.map((item) => <HandoverItem key={item.id} item={item} />)}
        </ul>
      )}
      {handovers.hasNextPage && (
        <div>
          <Button onClick={() => void handovers.fetchNextPage()}>{t('common.more')}</Button>
        </div>
      )}
    </section>
  );
}

export default function HandoversPage() {
  const { t } = useWords();
  return (
    <Page title={t('handover.title')} lead={t('handover.lead')}
      crumbs={[{ label: t('handover.title') }]}>
      <div className="stack-l">
        <List direction="incoming" />
        <List direction="outgoing" />
      </div>
    </Page>
  );
}
