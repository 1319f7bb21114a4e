// The processing register and the pre-DPIA, as the packs give them; to keep as a file.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { fetchFile, request } from '@/api/client';
import { download } from '@/lib/download';
import { useWords } from '@/lib/i18n';
import { Button, ButtonLink } from '@/ui/button';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';

interface TextTable {
  title: string;
  headings: string[];
  rows: string[][];
  notes: string[];
}

export type ProcessingDocument = 'register' | 'pre-dpia';

function Rows({ table }: { table: TextTable }) {
  return (
    <ul className="stack plain-list">
      {table.rows.map((row) => (
        <li key={row.slice(0, 2).join(' ')} className="stack-s panel">
          <h2>{row[0]}</h2>
          <dl className="facts">
            {row.slice(1).map((text, index) => (
              <div key={table.headings[index + 1]}>
                <dt>{table.headings[index + 1]}</dt><dd>{text}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Files({ document }: { document: ProcessingDocument }) {
  const { t } = useWords();
  const [error, setError] = useState<unknown>(null);
  const save = (format: string) => {
    setError(null);
    fetchFile(`/v1/processing/${document}/_export`, { format })
      .then((blob) => { download(`${document}.${format}`, blob); }).catch(setError);
  };
  return (
    <div className="stack-s no-print">
      {error !== null && <ProblemNotice error={error} />}
      <div className="row">
        <Button onClick={() => { save('md'); }}>{t('processing.markdown')}</Button>
        <Button onClick={() => { save('csv'); }}>{t('chart.csv')}</Button>
        <Button onClick={() => { save('xlsx'); }}>{t('chart.xlsx')}</Button>
        {document === 'register'
          ? <ButtonLink to="/beheer/pre-dpia">{t('processing.dpia')}</ButtonLink>
          : <ButtonLink to="/beheer/verwerkingsregister">{t('processing.title')}</ButtonLink>}
      </div>
    </div>
  );
}

export default function ProcessingPage({ document }: { document: ProcessingDocument }) {
  const { t, lang } = useWords();
  const found = useQuery({
    queryKey: ['processing', document, lang],
    queryFn: () => request<TextTable>(`/v1/processing/${document}`),
  });
  const title = t(document === 'register' ? 'processing.title' : 'processing.dpia');
  if (found.isError) return <ProblemPage error={found.error} />;
  return (
    <Page title={title} lead={t('processing.lead')}
      crumbs={[{ label: t('nav.admin') }, { label: title }]}>
      <div className="stack">
        <Files document={document} />
        {found.isPending ? <Skeleton lines={8} /> : (
          <>
            {found.data.rows.length ? <Rows table={found.data} /> : <p>{t('processing.none')}</p>}
            {found.data.notes.map((note) => <p key={note} className="muted">{note}</p>)}
          </>
        )}
      </div>
    </Page>
  );
}
