// All stored versions of a pack, for administrators and auditors.
import { useQuery } from '@tanstack/react-query';

import { request } from '@/api/client';
import { formatMoment } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { ProblemNotice } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';

interface Version {
  version: string;
  hash: string;
  activated?: string[];
}

export function Versions({ name }: { name: string }) {
  const { t, lang } = useWords();
  const versions = useQuery({
    queryKey: ['packs', name, 'versions'],
    queryFn: () => request<{ items: Version[] }>(`/v1/packs/${name}/versions`),
    select: (answer) => answer.items,
  });
  return (
    <section className="stack">
      <h2>{t('packs.versions')}</h2>
      {versions.isError && <ProblemNotice error={versions.error} />}
      {versions.data && (
        <SimpleTable caption={t('packs.versions')}
          heads={[t('packs.versions'), t('packs.hash'), t('packs.date')]}
          rows={versions.data.map((one) => {
            const since = one.activated?.at(-1);
            return { key: one.hash, cells: [
              one.version, <code key="hash">{one.hash.slice(0, 16)}</code>,
              since ? formatMoment(since, lang) : '–',
            ] };
          })} />
      )}
    </section>
  );
}
