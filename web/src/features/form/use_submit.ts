// Sending a form once, however often one presses the button: the idempotency key stays the same as
// long as the body does, so sending again after silence cannot record twice. Days that go by make
// versions too (a warning, the end of a waiting time); where one came in between and nothing that
// the page shows is otherwise, what was asked is sent once more, on that version.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { request } from '@/api/client';
import { ApiProblem, problemOf } from '@/api/problem';
import { keys } from '@/api/queries';
import type { RecordView } from '@/api/types';
import { randomKey } from '@/lib/keys';

export interface Target {
  method: 'POST' | 'PUT';
  path: string;
  seen?: RecordView;          // what is written on, as the page shows it
}

const kSlowMs = 4000;

export interface Submit {
  send: (body: unknown) => void;
  isSending: boolean;
  isSlow: boolean;
  problem: ApiProblem | null;
  reset: () => void;
}

// What stands there now, where it is what was seen in all but its version.
function sameAsSeen(seen: RecordView | undefined, error: unknown): RecordView | undefined {
  const now = error instanceof ApiProblem && error.status === 409 ? error.current : undefined;
  const isSame = seen && now && seen.state?.id === now.state?.id
    && JSON.stringify(seen.fields) === JSON.stringify(now.fields);
  return isSame ? now : undefined;
}

export function useSubmit(target: Target, onDone: (record: RecordView) => void): Submit {
  const queries = useQueryClient();
  const last = useRef({ text: '', key: '' });
  const [isSlow, setSlow] = useState(false);
  const { method, path, seen } = target;
  const sendOnce = (body: unknown, version: number | undefined) => {
    const text = JSON.stringify([method, path, version, body]);
    if (last.current.text !== text) last.current = { text, key: randomKey() };
    return request<RecordView>(path, {
      method, body, idempotencyKey: last.current.key,
      ...(version === undefined ? {} : { ifMatch: version }),
    });
  };
  const mutation = useMutation({
    networkMode: 'always',
    mutationFn: async (body: unknown) => {
      try {
        return await sendOnce(body, seen?.version);
      } catch (error) {
        const now = sameAsSeen(seen, error);
        if (!now) throw error;
        return sendOnce(body, now.version);
      }
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
