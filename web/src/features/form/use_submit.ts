// Sending a form once, however often one presses the button: the idempotency key stays the same as
// long as the body does, so sending again after silence cannot record twice.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { request } from '@/api/client';
import { problemOf } from '@/api/problem';
import type { ApiProblem } from '@/api/problem';
import { keys } from '@/api/queries';
import type { RecordView } from '@/api/types';
import { randomKey } from '@/lib/keys';

export interface Target {
  method: 'POST' | 'PUT';
  path: string;
  version?: number;
}

const kSlowMs = 4000;

export interface Submit {
  send: (body: unknown) => void;
  isSending: boolean;
  isSlow: boolean;
  problem: ApiProblem | null;
  reset: () => void;
}

export function useSubmit(target: Target, onDone: (record: RecordView) => void): Submit {
  const queries = useQueryClient();
  const last = useRef({ text: '', key: '' });
  const [isSlow, setSlow] = useState(false);
  const mutation = useMutation({
    networkMode: 'always',
    mutationFn: (body: unknown) => {
      const text = JSON.stringify([target, body]);
      if (last.current.text !== text) last.current = { text, key: randomKey() };
      return request<RecordView>(target.path, {
        method: target.method, body, idempotencyKey: last.current.key,
        ...(target.version === undefined ? {} : { ifMatch: target.version }),
      });
    },
    onSuccess: (record) => {
      void queries.invalidateQueries({ queryKey: keys.record(record.id) });
      void queries.invalidateQueries({ queryKey: keys.search(record.form) });
      void queries.invalidateQueries({ queryKey: keys.tasks });
      onDone(record);
    },
  });
  useEffect(() => {
    setSlow(false);
    if (!mutation.isPending) return;
    const timer = window.setTimeout(() => { setSlow(true); }, kSlowMs);
    return () => { window.clearTimeout(timer); };
  }, [mutation.isPending]);
  return {
    send: (body) => { if (!mutation.isPending) mutation.mutate(body); },
    isSending: mutation.isPending,
    isSlow,
    problem: mutation.error ? problemOf(mutation.error) : null,
    reset: mutation.reset,
  };
}
