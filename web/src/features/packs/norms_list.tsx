// The norms of a pack: what each asks, of what, who judges, and by which rule; nothing without any.
import type { NormOfPack } from '@/api/norms';
import { usePackNorms } from '@/api/norms';
import { joinWords } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { NormSource } from '@/ui/norm_source';
import { ProblemNotice } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';
import { useValidity } from './validity';

function NormRule({ pack, norm }: { pack: string; norm: NormOfPack }) {
  const { t } = useWords();
  const { decision } = norm;
  return (
    <>
      {decision && (
        <Link to={`/packs/${pack}/modellen/${decision.model}`}>
          {t('norms.byDecision', { decision: decision.decision })}
        </Link>
      )}
      <details>
        <summary>{t('norms.inFeel')}</summary>
        {norm.applies_if && <p>{t('norms.appliesIf')}: <code>{norm.applies_if}</code></p>}
        {norm.rule && <p><code>{norm.rule}</code></p>}
        {decision?.inputs.map(({ name, rule }) => <p key={name}>{name}: <code>{rule}</code></p>)}
      </details>
    </>
  );
}

export function NormsList({ pack }: { pack: string }) {
  const { t, l, lang } = useWords();
  const validity = useValidity();
  const norms = usePackNorms(pack);
  if (norms.data?.length === 0) return null;
  return (
    <section className="stack">
      <h2>{t('norms.title')}</h2>
      <p>{t('norms.lead')}</p>
      {norms.isPending && <Skeleton lines={2} />}
      {norms.isError && (
        <ProblemNotice error={norms.error} onRetry={() => { void norms.refetch(); }} />
      )}
      {norms.data && (
        <SimpleTable caption={t('norms.title')}
          heads={[t('norms.title'), t('norms.form'), t('norms.judges'), t('packs.validity'),
            t('norms.rule')]}
          rows={norms.data.map((norm) => ({ key: norm.id, cells: [
            <>{l(norm.title)}<NormSource norm={norm} /></>,
            l(norm.form.title), joinWords(norm.judges.map(({ title }) => l(title)), lang),
            validity(norm.from, norm.to), <NormRule key="rule" pack={pack} norm={norm} />,
          ] }))} />
      )}
    </section>
  );
}
