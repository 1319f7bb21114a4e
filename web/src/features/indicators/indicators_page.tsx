// The indicators that one may ask, by pack: what each counts, without figures, so that none is laid
// beside one of another definition.
import { useIndicators } from '@/api/indicators';
import type { Indicator } from '@/api/indicators';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';

function PackTable({ items }: { items: Indicator[] }) {
  const { t, l } = useWords();
  const pack = l(items[0]?.pack.title);
  return (
    <section className="stack">
      <h2>{pack}</h2>
      <SimpleTable caption={pack}
        heads={[t('indicators.title'), t('indicators.definition'), t('indicators.perspective')]}
        rows={items.map((item) => ({ key: item.name, cells: [
          <Link key="to" className="utrecht-link" to={`/cijfers/${item.name}`}>
            {l(item.title)}
          </Link>,
          l(item.definition), l(item.perspective),
        ] }))} />
    </section>
  );
}

export default function IndicatorsPage() {
  const { t } = useWords();
  const found = useIndicators();
  if (found.isError) {
    return <ProblemPage error={found.error} onRetry={() => { void found.refetch(); }} />;
  }
  if (!found.data) return <Skeleton hasTitle />;
  const packs = [...Map.groupBy(found.data, (item) => item.pack.name)];
  return (
    <Page title={t('indicators.title')} lead={t('indicators.lead')}
      crumbs={[{ label: t('indicators.title') }]}>
      <div className="stack-l">
        {packs.length === 0 && <p>{t('indicators.none')}</p>}
        {packs.map(([name, items]) => <PackTable key={name} items={items} />)}
      </div>
    </Page>
  );
}
