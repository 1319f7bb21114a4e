// What is typed, saved in this browser session as one types; confidential fields never are.
import { useCallback, useEffect, useState } from 'react';

import type { Form } from '@/api/types';
import { forget, recall, remember } from '@/lib/storage';
import { keepable } from './drafts';
import type { Draft, DraftFields } from './drafts';

export interface Extra {
  reason: string;
  validFrom: string;
  validTo: string;
}

export const kNoExtra: Extra = { reason: '', validFrom: '', validTo: '' };

interface Kept {
  drafts: DraftFields;
  extra: Extra;
  at: string;
}

const kPauseMs = 600;

export interface Drafts {
  drafts: DraftFields;
  extra: Extra;
  keptAt: string;
  wasFound: boolean;
  setField: (id: string, draft: Draft) => void;
  setExtra: (part: Partial<Extra>) => void;
  drop: () => void;
}

export function useDrafts(key: string, form: Form, initial: DraftFields): Drafts {
  const [kept] = useState(() => recall<Kept | null>(key, null, 'session'));
  const [drafts, setDrafts] = useState<DraftFields>({ ...initial, ...kept?.drafts });
  const [extra, setAllExtra] = useState<Extra>({ ...kNoExtra, ...kept?.extra });
  const [isTouched, setTouched] = useState(false);
  const [wasFound, setFound] = useState(kept !== null);
  const [keptAt, setKeptAt] = useState(kept?.at ?? '');
  useEffect(() => {
    if (!isTouched) return;
    const timer = window.setTimeout(() => {
      const at = new Date().toISOString();
      remember(key, { drafts: keepable(form, drafts), extra, at }, 'session');
      setKeptAt(at);
    }, kPauseMs);
    return () => { window.clearTimeout(timer); };
  }, [key, form, drafts, extra, isTouched]);
  return {
    drafts,
    extra,
    keptAt,
    wasFound,
    setField: useCallback((id: string, draft: Draft) => {
      setTouched(true);
      setDrafts((old) => ({ ...old, [id]: draft }));
    }, []),
    setExtra: useCallback((part: Partial<Extra>) => {
      setTouched(true);
      setAllExtra((old) => ({ ...old, ...part }));
    }, []),
    drop: useCallback(() => {
      forget(key, 'session');
      setDrafts(initial);
      setAllExtra(kNoExtra);
      setTouched(false);
      setFound(false);
      setKeptAt('');
    }, [key, initial]),
  };
}
