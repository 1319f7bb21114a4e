// Wie heeft gekeken? For the person whom a record is: per day which organisation, in which role,
// for what. No names of staff.
import { useInfiniteQuery } from '@tanstack/react-query';

import { request } from '@/api/client';
import type { Text } from '@/api/types';
import { formatDate } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import type { MessageKey } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';

interface Line {
  day: string;
  organisation: { id: string; name: string };
  roles: { id: string; title: Text }[];
  purpose?: { id: string; title: Text };
  action: string;
  times: number;
}

export default function ReadersPage({ id }: { id: string }) {
  const { t, l, lang } = useWords();
  const readers = useInfiniteQuery({
    queryKey: ['readers', id],
    queryFn: ({ pageParam }) => request<{ items: Line[]; next?: string }>(
      `/v1/records/${id}/readers${pageParam ? `?cursor=${pageParam}` : ''}`),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  if (readers.isError) return <ProblemPage error={readers.error} />;
  const lines = readers.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('readers.title')} lead={t('readers.lead')}
      crumbs={[{ label: t('readers.title') }]}>
      <div className="stack">
        {readers.isPending ? <Skeleton lines={6} /> : (
          <SimpleTable caption={t('readers.title')}
            heads={[t('readers.day'), t('admin.organisation'), t('admin.roles'),
              t('readers.purpose'), t('readers.action'), t('readers.times')]}
            rows={lines.map((line, index) => ({ key: String(index), cells: [
              formatDate(line.day, lang), line.organisation.name,
              line.roles.map((role) => l(role.title)).join(', '),
              line.purpose ? l(line.purpose.title) : t('readers.noPurpose'),
              t(`readers.action.${line.action}` as MessageKey), line.times,
            ] }))} />
        )}
        {readers.hasNextPage && (
          <div>
            <Button onClick={() => void readers.fetchNextPage()}>{t('common.more')}</Button>
          </div>
        )}
      </div>
    </Page>
  );
}
