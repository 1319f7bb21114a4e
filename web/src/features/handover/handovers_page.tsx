// Hand-overs: what other organisations offer and hand over to one's own, and the other way round.
import { useHandovers, useMayHandOver } from '@/api/handovers';
import type { HandoverList } from '@/api/handovers';
import { useSession } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Page } from '@/ui/page';
import { ProblemNotice } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';
import { HandoverItem } from './handover_item';

function List({ list }: { list: HandoverList }) {
  const { t } = useWords();
  const handovers = useHandovers(list);
  const items = handovers.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="stack" aria-labelledby={list}>
      <h2 id={list}>{t(`handover.${list}`)}</h2>
      {handovers.isPending && <Skeleton lines={6} />}
      {handovers.isError && (
        <ProblemNotice error={handovers.error} onRetry={() => void handovers.refetch()} />
      )}
      {handovers.data && !items.length && <p>{t(`handover.none.${list}`)}</p>}
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
  const roles = useSession().data?.account?.roles ?? [];
  const isOfficer = roles.some((role) => role.id === 'privacy-officer');
  const mayHandOver = useMayHandOver();
  return (
    <Page title={t('handover.title')} lead={t('handover.lead')}
      crumbs={[{ label: t('handover.title') }]}>
      <div className="stack-l">
        {(mayHandOver || !isOfficer) && <List list="incoming" />}
        {(mayHandOver || !isOfficer) && <List list="outgoing" />}
        {isOfficer && <List list="all" />}
      </div>
    </Page>
  );
}
