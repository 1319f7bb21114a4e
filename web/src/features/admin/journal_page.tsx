// The journal as auditors see it: envelopes without content, newest first, and whether the chain
// was found sound.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { request } from '@/api/client';
import { formatMoment } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';

interface Envelope {
  seq: number;
  at: string;
  kind: string;
  organisation?: string;
  actor?: string;
}

interface Verification {
  status?: string;
  sound?: boolean;
  checked_at?: string;
  problems?: string[];
}

function VerificationNotice() {
  const { t, lang } = useWords();
  const state = useQuery({
    queryKey: ['journal', 'verification'],
    queryFn: () => request<Verification>('/v1/journal/verification'),
  });
  if (state.isError) return <ProblemNotice error={state.error} />;
  const { checked_at: checkedAt, status, sound, problems = [] } = state.data ?? {};
  if (!checkedAt) {
    return <Notice meaning="attention"><p>{t('admin.neverVerified')}</p></Notice>;
  }
  const isSound = sound ?? status === 'sound';
  return (
    <Notice meaning={isSound ? 'done' : 'failed'}>
      <p>{isSound ? t('admin.verified', { date: formatMoment(checkedAt, lang) })
        : t('admin.notVerified')}</p>
      {problems.map((problem) => <p key={problem}>{problem}</p>)}
    </Notice>
  );
}

export default function JournalPage() {
  const { t, lang } = useWords();
  const journal = useInfiniteQuery({
    queryKey: ['journal'],
    queryFn: ({ pageParam }) => request<{ items: Envelope[] }>(
      `/v1/journal${pageParam ? `?before=${pageParam}` : ''}`),
    initialPageParam: 0,
    getNextPageParam: (last) => {
      const seq = last.items.at(-1)?.seq ?? 0;
      return seq > 1 ? seq : undefined;
    },
  });
  if (journal.isError) return <ProblemPage error={journal.error} />;
  const items = journal.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('admin.journal')} lead={t('admin.journalLead')}
      crumbs={[{ label: t('nav.admin') }, { label: t('admin.journal') }]}>
      <div className="stack">
        <VerificationNotice />
        {journal.isPending ? <Skeleton lines={8} /> : (
          <SimpleTable caption={t('admin.journal')}
            heads={[t('admin.seq'), t('admin.at'), t('admin.kind'), t('admin.organisation'),
              t('admin.actor')]}
            rows={items.map((item) => ({ key: String(item.seq), cells: [
              item.seq, formatMoment(item.at, lang), item.kind, item.organisation ?? '–',
              item.actor ?? '–',
            ] }))} />
        )}
        {journal.hasNextPage && (
          <div><Button onClick={() => void journal.fetchNextPage()}>{t('common.more')}</Button></div>
        )}
      </div>
    </Page>
  );
}
