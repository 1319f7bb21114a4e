// What the rules of a form say of what is typed so far. The server evaluates them, after a pause in
// the typing; nothing is stored by asking. Until it has answered every field is asked.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { post } from '@/api/client';
import type { FormRef } from '@/api/metadata';
import type { Fields, Form, FormEvaluation } from '@/api/types';

const kPauseMs = 400;

export function hasRules(form: Form): boolean {
  return Boolean(form.valid_if?.length) || Object.values(form.fields).some((field) => (
    Boolean(field.show_if ?? field.required_if ?? field.computed ?? field.valid_if)));
}

// The text, once it has stayed the same for a while.
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    if (text === settled) return;
    const timer = window.setTimeout(() => { setSettled(text); }, kPauseMs);
    return () => { window.clearTimeout(timer); };
  }, [text, settled]);
  return settled;
}

export function useEvaluation(form: FormRef, fields: Fields): FormEvaluation | undefined {
  const isWanted = hasRules(form.form);
  const text = useSettled(isWanted ? JSON.stringify(fields) : '');
  return useQuery({
    queryKey: ['evaluate', form.name, text],
    queryFn: ({ signal }) => post<FormEvaluation>(
      `/v1/forms/${form.name}/_evaluate`, { fields: JSON.parse(text) as Fields }, { signal }),
    enabled: isWanted,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  }).data;
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
