// Files on their way to the server. A draft without `file` is one that has not arrived: its `key`
// leads to how far it is, or to what went wrong.
import { useEffect, useRef, useState } from 'react';

import { uploadFile } from '@/api/client';
import { problemOf } from '@/api/problem';
import { useCatalogue } from '@/api/queries';
import { formatBytes } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import type { Words } from '@/lib/i18n';
import { randomKey } from '@/lib/keys';
import type { AttachmentDraft } from './drafts';

export interface Upload {
  part: number;                  // sent so far, 0..1
  problem?: string;              // in words; then it is over
}

export interface Uploads {
  uploads: Readonly<Record<string, Upload>>;
  said: string;                  // for a screen reader: what was not taken, what happened last
  add: (files: File[]) => void;
  remove: (key: string) => void;
}

function problemText(error: unknown, { t }: Words): string {
  const problem = problemOf(error);
  if (problem.isOffline || problem.status >= 500) return t('file.lost');
  return [problem.message, problem.detail].filter(Boolean).join(' ');
}

export function useUploads(drafts: AttachmentDraft[], most: number,
  onChange: (drafts: AttachmentDraft[]) => void): Uploads {
  const words = useWords();
  const { t, lang } = words;
  const largest = useCatalogue().data?.file_bytes ?? Infinity;
  const [uploads, setUploads] = useState<Record<string, Upload>>({});
  const [said, setSaid] = useState('');
  // Stays while the files that were taken arrive, each with its own news.
  const [refused, setRefused] = useState('');
  // Files arrive when they like: each change starts from the last one, not from a page of before.
  const latest = useRef({ drafts, onChange });
  useEffect(() => { latest.current = { drafts, onChange }; });
  const sending = useRef(new Map<string, AbortController>());
  useEffect(() => {
    const all = sending.current;
    return () => { all.forEach((one) => { one.abort(); }); };
  }, []);

  const change = (next: AttachmentDraft[]) => {
    latest.current.drafts = next;
    latest.current.onChange(next);
  };
  const progress = (key: string, upload: Upload) => {
    setUploads((old) => ({ ...old, [key]: upload }));
  };
  const send = (key: string, file: File) => {
    if (file.size > largest) {
      progress(key, { part: 0,
        problem: t('file.tooLarge', { size: formatBytes(largest, lang) }) });
      return;
    }
    const controller = new AbortController();
    sending.current.set(key, controller);
    progress(key, { part: 0 });
    uploadFile(file, { signal: controller.signal, onProgress: (part) => {
      progress(key, { part });
    } }).then((kept) => {
      change(latest.current.drafts.map((one) => (
        one.key === key ? { ...kept, key, size: String(kept.size) } : one)));
      setSaid(t('file.added', { name: file.name }));
    }).catch((error: unknown) => {
      if (controller.signal.aborted) return;
      progress(key, { part: 0, problem: problemText(error, words) });
      setSaid(t('file.failed', { name: file.name }));
    }).finally(() => { sending.current.delete(key); });
  };
  return {
    uploads,
    said: [refused, said].filter(Boolean).join(' '),
    add: (files) => {
      const room = Math.max(0, most - latest.current.drafts.length);
      const taken = files.slice(0, room).map((file) => ({ key: randomKey(), file }));
      change([...latest.current.drafts, ...taken.map(({ key, file }) => (
        { key, file: '', name: file.name, type: '', size: String(file.size) }))]);
      setRefused(files.length > room ? t('file.full', { n: most }) : '');
      setSaid('');
      taken.forEach(({ key, file }) => { send(key, file); });
    },
    remove: (key) => {
      sending.current.get(key)?.abort();
      const gone = latest.current.drafts.find((one) => one.key === key);
      change(latest.current.drafts.filter((one) => one.key !== key));
      setRefused('');
      setSaid(gone ? t('file.removed', { name: gone.name }) : '');
    },
  };
}
