// The journal as auditors see it: envelopes without content, newest first, and whether the chain
// was found sound.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { request } from '@/api/client';
import type { Text } from '@/api/types';
import { formatMoment } from '@/lib/dates';
import { formatDecimal } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import type { MessageKey } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';

interface Envelope {
  seq: number;
  recorded_at: string;
  kind: string;
  organisation: string;
  actor: string;
  actor_name?: string;
}

// Null as long as nobody checked the chain.
interface Verification {
  verified: null | {
    at: string;
    entries: number;
    problems: { id: string; where?: string; message?: Text | string }[];
  };
}

const kKinds: Partial<Record<string, MessageKey>> = {
  'record.put': 'journal.record', 'account.put': 'journal.account',
  'account.reset': 'journal.reset', 'organisation.put': 'journal.organisation',
  'pack.stored': 'journal.packStored', 'pack.activated': 'journal.packActivated',
  'calendar.configured': 'journal.calendar', 'webhook.put': 'journal.webhook',
  'person.erased': 'journal.erased', 'records.expired': 'journal.expired',
  'keys.rotated': 'journal.keys', 'import.kept': 'journal.import',
};

function Kind({ kind }: { kind: string }) {
  const { t } = useWords();
  const known = kKinds[kind];
  return <>{known && t(known)} <code className="small muted">{kind}</code></>;
}

function VerificationNotice() {
  const { t, l, lang } = useWords();
  const state = useQuery({
    queryKey: ['journal', 'verification'],
    queryFn: () => request<Verification>('/v1/journal/verification'),
  });
  if (state.isError) return <ProblemNotice error={state.error} />;
  if (state.isPending) return null;
  if (!state.data.verified) {
    return <Notice meaning="attention"><p>{t('admin.neverVerified')}</p></Notice>;
  }
  const { at, entries, problems } = state.data.verified;
  const isSound = problems.length === 0;
  return (
    <Notice meaning={isSound ? 'done' : 'failed'}>
      <p>{isSound ? t('admin.verified', {
        date: formatMoment(at, lang), n: formatDecimal(entries, lang),
      }) : t('admin.notVerified')}</p>
      {problems.map(({ id, where, message }) => (
        <p key={id + (where ?? '')}>{id} {where} {l(message)}</p>
      ))}
    </Notice>
  );
}

export default function JournalPage() {
  const { t, lang } = useWords();
  const journal = useInfiniteQuery({
    queryKey: ['journal'],
    queryFn: ({ pageParam }) => request<{ items: Envelope[]; next?: number }>(
      `/v1/journal${pageParam ? `?before=${pageParam}` : ''}`),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
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
              item.seq, formatMoment(item.recorded_at, lang),
              <Kind key="kind" kind={item.kind} />, item.organisation,
              item.actor_name ?? item.actor,
            ] }))} />
        )}
        {journal.hasNextPage && (
          <div>
            <Button onClick={() => void journal.fetchNextPage()}>{t('common.more')}</Button>
          </div>
        )}
      </div>
    </Page>
  );
}
