// The decision models of a pack, each with the way to its page; nothing for a pack without any.
import { useModels } from '@/api/models';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { ProblemNotice } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';
import { SimpleTable } from '@/ui/simple_table';

export function ModelsList({ pack }: { pack: string }) {
  const { t } = useWords();
  const models = useModels(pack);
  if (models.data?.length === 0) return null;
  return (
    <section className="stack">
      <h2>{t('models.title')}</h2>
      <p>{t('models.lead')}</p>
      {models.isPending && <Skeleton lines={2} />}
      {models.isError && (
        <ProblemNotice error={models.error} onRetry={() => { void models.refetch(); }} />
      )}
      {models.data && (
        <SimpleTable caption={t('models.title')}
          heads={[t('models.title'), t('models.decisions'), t('models.meaning')]}
          rows={models.data.map((model) => ({ key: model.id, cells: [
            <Link key="to" to={`/packs/${pack}/modellen/${model.id}`}>{model.name}</Link>,
            model.decisions.join(', '), model.description ?? '–',
          ] }))} />
      )}
    </section>
  );
}
