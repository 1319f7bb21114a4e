// Emergency access: asking for it, own times, and those that one reviews; for the privacy officer
// all of them.
import { useBreakRules } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';
import { BreakForm } from './break_form';
import { BreakItem } from './break_item';
import { useBreaks } from './breaks';

export default function EmergencyPage({ record }: { record?: string }) {
  const { t } = useWords();
  const mayBreak = useBreakRules().length > 0;
  const breaks = useBreaks();
  if (breaks.isError) return <ProblemPage error={breaks.error} />;
  const items = breaks.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('break.title')} lead={t('break.lead')} crumbs={[{ label: t('break.title') }]}>
      <div className="stack-l">
        {mayBreak && <BreakForm {...(record ? { record } : {})} />}
        <section className="stack" aria-labelledby="taken">
          <h2 id="taken">{t('break.taken')}</h2>
          {breaks.isPending && <Skeleton lines={6} />}
          {breaks.data && !items.length && <p>{t('break.none')}</p>}
          {items.length > 0 && (
            <ul className="stack plain-list">
              {items.map((item) => <BreakItem key={item.id} item={item} />)}
            </ul>
          )}
          {breaks.hasNextPage && (
            <div>
              <Button onClick={() => void breaks.fetchNextPage()}>{t('common.more')}</Button>
            </div>
          )}
        </section>
      </div>
    </Page>
  );
}
