// The packs that are active: what each is about, its version, and the way to its content.
import { useQuery } from '@tanstack/react-query';

import { request } from '@/api/client';
import { useCatalogue } from '@/api/queries';
import type { Text } from '@/api/types';
import { formatMoment } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Page } from '@/ui/page';

interface ActivePack {
  name: string;
  since?: string;
  description?: Text;
}

export function useActivePacks() {
  return useQuery({
    queryKey: ['packs'],
    queryFn: () => request<{ items: ActivePack[] }>('/v1/packs'),
    select: (answer) => answer.items,
  });
}

export default function PacksPage() {
  const { t, l, lang } = useWords();
  const packs = useCatalogue().data?.packs ?? [];
  const active = useActivePacks().data;
  return (
    <Page title={t('packs.title')} lead={t('packs.lead')} crumbs={[{ label: t('packs.title') }]}>
      <ul className="cards plain-list">
        {packs.map((pack) => {
          const { since, description } = active?.find(({ name }) => name === pack.name) ?? {};
          return (
            <li key={pack.name} className="panel stack-s">
              <h2 className="card-title">
                <Link to={`/packs/${pack.name}`}>{l(pack.title)}</Link>
              </h2>
              {description && <p>{l(description)}</p>}
              <p className="small muted">
                {t('packs.version', { version: pack.version })}
                {since && <>. {t('packs.since', { date: formatMoment(since, lang) })}</>}
              </p>
            </li>
          );
        })}
      </ul>
    </Page>
  );
}
