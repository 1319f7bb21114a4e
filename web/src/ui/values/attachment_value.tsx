// A file of a record: its name, how large it is, and a button that fetches it. It is asked for by a
// script, so that the purpose goes along, and handed to the browser's downloads: never shown.
import { useState } from 'react';

import { fetchAttachment } from '@/api/client';
import { asOfQuery } from '@/api/queries';
import type { AsOf } from '@/api/queries';
import type { Attachment } from '@/api/types';
import { download } from '@/lib/download';
import { formatBytes } from '@/lib/format';
import type { Words } from '@/lib/i18n';
import { Button } from '../button';
import { ProblemNotice } from '../problem_view';

export function attachmentText({ name, size }: Attachment, { lang }: Words): string {
  return `${name} (${formatBytes(size, lang)})`;
}

export interface AttachmentValueProps {
  words: Words;
  record: string;
  asOf?: AsOf | undefined;
  value: Attachment;
}

export function AttachmentValue({ words, record, asOf, value }: AttachmentValueProps) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const fetch = () => {
    setBusy(true);
    setError(null);
    fetchAttachment(record, value.file, asOf && asOfQuery(asOf))
      .then((content) => { download(value.name, content); })
      .catch(setError).finally(() => { setBusy(false); });
  };
  const { t } = words;
  return (
    <>
      <span className="row">
        <span>{attachmentText(value, words)}</span>
        <Button small aria-label={t('file.download', { name: value.name })}
          aria-disabled={isBusy || undefined} onClick={() => { if (!isBusy) fetch(); }}>
          {isBusy ? t('file.downloading') : t('file.downloadShort')}
        </Button>
      </span>
      {error !== null && <ProblemNotice error={error} onRetry={fetch} />}
    </>
  );
}
