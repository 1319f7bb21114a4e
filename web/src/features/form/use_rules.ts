// What the rules of a form say of what is typed so far. The engine in the browser tells at once,
// also without a connection (use_form_engine.ts); where it cannot, the server is asked, after a
// pause in the typing; nothing is stored by asking. Until one of them has answered, and where
// neither does, every field is asked. The server judges what is saved, whatever was told here.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';

import { post } from '@/api/client';
import type { FormRef } from '@/api/metadata';
import type { Fields, Form, FormEvaluation } from '@/api/types';
import { serverToday } from '@/lib/server_clock';
import { useFormEngine } from './use_form_engine';

const kPauseMs = 400;

export function hasRules(form: Form): boolean {
  return Boolean(form.valid_if?.length) || Object.values(form.fields).some((field) => (
    Boolean(field.show_if ?? field.required_if ?? field.computed ?? field.valid_if)));
}

// The text, once it has stayed the same for so long.
function useSettled(text: string, pauseMs: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    if (text === settled) return;
    const timer = window.setTimeout(() => { setSettled(text); }, pauseMs);
    return () => { window.clearTimeout(timer); };
  }, [text, settled, pauseMs]);
  return settled;
}

interface Answer {
  text: string;                        // the fields that it is about
  told: FormEvaluation | undefined;    // nothing: nobody answers
}

export interface Evaluation {
  told: FormEvaluation | undefined;
  isCurrent: boolean;                  // it is about these very fields, not about earlier ones
}

// `isUrgent`: ask the server at once, without a pause.
export function useEvaluation(form: FormRef, fields: Fields, isUrgent: boolean): Evaluation {
  const isWanted = hasRules(form.form);
  const text = isWanted ? JSON.stringify(fields) : '';
  const judge = useFormEngine(form, isWanted);
  const today = serverToday();         // another day, another answer
  const here = useMemo(() => judge?.(text, today), [judge, text, today]);
  const settled = useSettled(text, isUrgent ? 0 : kPauseMs);
  const { data, isError } = useQuery({
    queryKey: ['evaluate', form.name, settled],
    queryFn: async ({ signal }): Promise<Answer> => ({
      text: settled,
      told: await post<FormEvaluation>(`/v1/forms/${form.name}/_evaluate`,
        { fields: JSON.parse(settled) as Fields }, { signal }),
    }),
    enabled: isWanted && !here,
    gcTime: 0,
    retry: false,
    networkMode: 'always',
  });
  // The last answer stays until the next; that there was none is an answer too.
  const [last, setLast] = useState<Answer>({ text: '', told: undefined });
  const ofServer = data ?? (isError ? { text: settled, told: undefined } : last);
  const now = here ? { text, told: here } : ofServer;
  if (now.text !== last.text || now.told !== last.told) setLast(now);
  return { told: now.told, isCurrent: now.text === text };
}

export interface Asked {
  hidden: ReadonlySet<string>;
  required: ReadonlySet<string>;
}

// Which of the fields are asked, and which of those must be filled in. `ofStep`: what a step of the
// process asks for, instead of what the form itself does.
export function askedOf(form: Form, ids: string[], evaluation: FormEvaluation | undefined,
  ofStep?: ReadonlySet<string>): Asked {
  const told = (id: string) => evaluation?.fields[id];
  const hidden = new Set(ids.filter((id) => told(id)?.shown === false));
  const isRequired = (id: string) => {
    const field = form.fields[id];
    if (hidden.has(id) || !field || field.computed) return false;
    if (ofStep) return ofStep.has(id) || Boolean(field.required_if && told(id)?.required);
    return field.show_if || field.required_if ? Boolean(told(id)?.required)
      : Boolean(field.required);
  };
  return { hidden, required: new Set(ids.filter(isRequired)) };
}
