// The read log as a privacy officer sees it: who looked at whose data, by days, to keep as a file.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { fetchFile, post } from '@/api/client';
import type { Text } from '@/api/types';
import { formatMoment } from '@/lib/dates';
import { download } from '@/lib/download';
import { useWords } from '@/lib/i18n';
import type { MessageKey } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';

interface Entry {
  id: string;
  at: string;
  account: { id: string; name: string };
  organisation: { id: string; name: string };
  purpose?: { id: string; title: Text };
  action: string;
  subjects: string[];
  outcome: string;
}

function TextBox({ id, label, value, onChange, type }: { id: string; label: string;
  value: string; onChange: (value: string) => void; type?: string; }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} type={type ?? 'text'} value={value} autoComplete="off"
        className="utrecht-textbox utrecht-textbox--html-input"
        onChange={(event) => { onChange(event.target.value); }} />
    </div>
  );
}

function useEntries(body: Record<string, string>) {
  return useInfiniteQuery({
    queryKey: ['read-log', body],
    queryFn: ({ pageParam }) => post<{ items: Entry[]; next?: string }>('/v1/read-log/_search',
      { ...body, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
}

function EntryTable({ entries }: { entries: Entry[] }) {
  const { t, l, lang } = useWords();
  return (
    <SimpleTable caption={t('nav.readLog')}
      heads={[t('admin.at'), t('admin.actor'), t('admin.organisation'), t('readers.purpose'),
        t('readers.action'), t('readers.subjects')]}
      rows={entries.map((entry) => ({ key: entry.id, cells: [
        formatMoment(entry.at, lang), entry.account.name, entry.organisation.name,
        entry.purpose ? l(entry.purpose.title) : t('readers.noPurpose'),
        t(`readers.action.${entry.action}` as MessageKey)
          + (entry.outcome === 'refused' ? ` (${t('readers.refused')})` : ''),
        entry.subjects.join(', '),
      ] }))} />
  );
}

export default function ReadLogPage() {
  const { t } = useWords();
  const [asked, setAsked] = useState<Record<string, string>>({});
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [error, setError] = useState<unknown>(null);
  const log = useEntries(asked);
  if (log.isError) return <ProblemPage error={log.error} />;
  const entries = log.data?.pages.flatMap((page) => page.items) ?? [];
  const box = (key: string, label: string, type?: string) => (
    <TextBox id={`read-log-${key}`} label={label} type={type ?? 'text'} value={typed[key] ?? ''}
      onChange={(value) => { setTyped({ ...typed, [key]: value }); }} />
  );
  const search = () => {
    setAsked(Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== '')));
  };
  const save = (format: string) => {
    setError(null);
    fetchFile('/v1/read-log/_export', { ...asked, format })
      .then((blob) => { download(`read-log.${format}`, blob); }).catch(setError);
  };
  return (
    <Page title={t('nav.readLog')} lead={t('readers.logLead')}
      crumbs={[{ label: t('nav.admin') }, { label: t('nav.readLog') }]}>
      <div className="stack">
        <form className="row no-print" onSubmit={(event) => { event.preventDefault(); search(); }}>
          {box('subject', t('readers.subject'))}
          {box('from', t('readers.from'), 'date')}
          {box('to', t('readers.to'), 'date')}
          <Button type="submit">{t('filter.search')}</Button>
          <Button onClick={() => { save('csv'); }}>{t('chart.csv')}</Button>
          <Button onClick={() => { save('xlsx'); }}>{t('chart.xlsx')}</Button>
        </form>
        {error !== null && <ProblemNotice error={error} />}
        {log.isPending ? <Skeleton lines={8} /> : <EntryTable entries={entries} />}
        {log.hasNextPage && (
          <div><Button onClick={() => void log.fetchNextPage()}>{t('common.more')}</Button></div>
        )}
      </div>
    </Page>
  );
}
