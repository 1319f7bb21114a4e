// Retention: which records about people may go, since when and why; approving it; and what was
// destroyed by whom. Administrators approve; privacy officers look.
import { useState } from 'react';

import { formatDecimal } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';
import { DueTable } from './due_table';
import { EraseDialog } from './erase_dialog';
import { EraseOutcome } from './erase_outcome';
import { ErasuresTable } from './erasures_table';
import { useApproval, useDue, useErasures } from './retention';
import type { DueRecord } from './retention';

function Due() {
  const { t, lang } = useWords();
  const due = useDue();
  const approval = useApproval();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isAsked, setAsked] = useState(false);
  const items = due.data?.pages.flatMap((page) => page.items) ?? [];
  const first = due.data?.pages[0];
  const mayErase = Boolean(first?.may.includes('erase'));
  const taken = items.filter(({ id }) => chosen.has(id));
  const approve = (records: DueRecord[]) => {
    approval.mutate(records, { onSuccess: () => { setChosen(new Set()); } });
    setAsked(false);
  };
  return (
    <section className="stack" aria-labelledby="due">
      <h2 id="due">{t('retention.due')}</h2>
      {due.isPending && <Skeleton lines={6} />}
      {due.isError && <ProblemNotice error={due.error} onRetry={() => void due.refetch()} />}
      {approval.isError && <ProblemNotice error={approval.error} />}
      {approval.isSuccess && (
        <EraseOutcome outcome={approval.data}
          onAgain={() => { approval.mutate(approval.variables); }} />
      )}
      {first && !items.length && <p>{t('retention.none')}</p>}
      {first && items.length > 0 && (
        <>
          <p>{t(mayErase ? 'retention.howToErase' : 'retention.howToLook')}</p>
          <DueTable items={items} mayChoose={mayErase} chosen={chosen} onChoose={setChosen} />
        </>
      )}
      <div className="row">
        {due.hasNextPage && (
          <Button onClick={() => void due.fetchNextPage()}>{t('common.more')}</Button>
        )}
        {mayErase && items.length > 0 && (
          <Button look="primary" disabled={!taken.length || approval.isPending}
            onClick={() => { setAsked(true); }}>
            {t('retention.erase', { n: formatDecimal(taken.length, lang) })}
          </Button>
        )}
      </div>
      {isAsked && (
        <EraseDialog records={taken} onApprove={() => { approve(taken); }}
          onClose={() => { setAsked(false); }} />
      )}
    </section>
  );
}

function Erased() {
  const { t } = useWords();
  const erasures = useErasures();
  const items = erasures.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="stack" aria-labelledby="erased">
      <h2 id="erased">{t('retention.erased')}</h2>
      {erasures.isPending && <Skeleton lines={4} />}
      {erasures.isError && (
        <ProblemNotice error={erasures.error} onRetry={() => void erasures.refetch()} />
      )}
      {erasures.isSuccess && !items.length && <p>{t('retention.noneErased')}</p>}
      {items.length > 0 && <ErasuresTable items={items} />}
      {erasures.hasNextPage && (
        <div>
          <Button onClick={() => void erasures.fetchNextPage()}>{t('common.more')}</Button>
        </div>
      )}
    </section>
  );
}

export default function RetentionPage() {
  const { t, lang } = useWords();
  const due = useDue();
  if (due.isError && !due.data) {
    return <ProblemPage error={due.error} onRetry={() => void due.refetch()} />;
  }
  const count = due.data?.pages[0]?.count;
  const lead = count === 1 ? t('retention.leadOne')
    : t('retention.lead', { n: formatDecimal(count ?? 0, lang) });
  return (
    <Page title={t('retention.title')} lead={count === undefined ? t('retention.leadWait') : lead}
      crumbs={[{ label: t('nav.admin') }, { label: t('retention.title') }]}>
      <div className="stack-l">
        <Due />
        <Erased />
      </div>
    </Page>
  );
}
