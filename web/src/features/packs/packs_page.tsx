// The packs that are active: what each is about, its version, and the way to its content.
import { useQuery } from '@tanstack/react-query';

import { request } from '@/api/client';
import { useCatalogue } from '@/api/queries';
import { formatMoment } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Page } from '@/ui/page';

interface ActivePack {
  name: string;
  since?: string;
}

export function useActivePacks() {
  return useQuery({
    queryKey: ['packs'],
    queryFn: () => request<{ items?: ActivePack[]; packs?: ActivePack[] }>('/v1/packs'),
    select: (answer) => answer.items ?? answer.packs ?? [],
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
          const since = active?.find((one) => one.name === pack.name)?.since;
          return (
            <li key={pack.name} className="panel stack-s">
              <h2 className="card-title"><Link to={`/packs/${pack.name}`}>{l(pack.title)}</Link></h2>
              {pack.description && <p>{l(pack.description)}</p>}
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
