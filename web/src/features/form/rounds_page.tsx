// Every round that one may see, with what was asked in it.
import { findForm } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import { roundPage, useRounds } from '@/api/rounds';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Page } from '@/ui/page';
import { ProblemNotice } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';

export default function RoundsPage() {
  const { t, l } = useWords();
  const rounds = useRounds();
  const catalogue = useCatalogue().data ?? { packs: [] };
  return (
    <Page title={t('rounds.title')} lead={t('rounds.lead')} crumbs={[{ label: t('rounds.title') }]}>
      <div className="stack-l">
        {rounds.isPending && <Skeleton lines={6} />}
        {rounds.isError && (
          <ProblemNotice error={rounds.error} onRetry={() => void rounds.refetch()} />
        )}
        {rounds.data?.items.length === 0 && <p>{t('rounds.none')}</p>}
        {rounds.data?.items.map(({ round, editions }) => (
          <section key={round.name} className="stack-s" aria-labelledby={`round-${round.name}`}>
            <h2 id={`round-${round.name}`}>{l(round.title)}</h2>
            <p className="muted">{l(round.lead)}</p>
            {editions.length === 0 && <p>{t('rounds.noEditions')}</p>}
            {editions.length > 0 && (
              <ul className="plain-list stack-s"
                aria-label={l(findForm(catalogue, round.editions)?.form.plural)}>
                {editions.map((edition) => (
                  <li key={edition.id}>
                    <Link to={roundPage(round.name, edition.id)}>{edition.title}</Link>
                  </li>
                ))}
              </ul>
            )}
          </section>
        ))}
      </div>
    </Page>
  );
}
