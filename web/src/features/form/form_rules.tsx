// What the rules say of the form as a whole: what does not go together, and what is not sent. What
// changes elsewhere in the form, as somebody types, is said aloud from here.
import { useState } from 'react';

import type { FormRef } from '@/api/metadata';
import type { Fields, FormEvaluation } from '@/api/types';
import { useWords } from '@/lib/i18n';
import type { Words } from '@/lib/i18n';
import { Notice } from '@/ui/notice';
import { labelsOf } from '@/ui/rule_facts';
import { RuleNotes } from './rule_notes';

export interface FormRulesProps {
  form: FormRef;
  evaluation: FormEvaluation | undefined;
  fields: Fields;
  dropped: string[];                   // fields that hold something but are not asked any more
  hidden: ReadonlySet<string>;
}

// What the rules refuse beside fields, one line.
function refusedText(form: FormRef, evaluation: FormEvaluation | undefined,
  { t, l }: Words): string {
  return Object.entries(evaluation?.fields ?? {}).flatMap(([id, { messages }]) => (
    messages.filter(({ refused }) => refused).map(({ text }) => (
      t('rules.at', { label: l(form.form.fields[id]?.label), text: l(text) }))))).join(' ');
}

// Fields that came and went with the last answer; nothing before the first.
function useMoves(form: FormRef, evaluation: FormEvaluation | undefined,
  hidden: ReadonlySet<string>, { t, l }: Words): string {
  const now = evaluation && [...hidden].join(' ');
  const [last, setLast] = useState({ now, text: '' });
  if (now === last.now) return last.text;
  const before = new Set(last.now?.split(' ').filter(Boolean));
  const came = [...before].filter((id) => !hidden.has(id));
  const went = [...hidden].filter((id) => !before.has(id));
  const text = last.now === undefined || now === undefined ? '' : [
    came.length > 0 && t('rules.appeared', { labels: labelsOf(form, came, l) }),
    went.length > 0 && t('rules.gone', { labels: labelsOf(form, went, l) }),
  ].filter(Boolean).join(' ');
  setLast({ now, text });
  return text;
}

export function FormRules({ form, evaluation, fields, dropped, hidden }: FormRulesProps) {
  const words = useWords();
  const { t, l } = words;
  const refused = evaluation?.messages.filter((message) => message.refused) ?? [];
  const moves = useMoves(form, evaluation, hidden, words);
  // The places that are read aloud are there before there is anything to say.
  return (
    <>
      <p role="status" className="visually-hidden">
        {[moves, refusedText(form, evaluation, words)].filter(Boolean).join(' ')}
      </p>
      <div role="status" className="stack-s">
        {refused.length > 0 && (
          <Notice meaning="failed">
            {refused.map(({ text }) => <p key={text.nl}>{l(text)}</p>)}
          </Notice>
        )}
        {dropped.length > 0 && (
          <Notice meaning="attention">
            <p>{t('rules.dropped', { labels: labelsOf(form, dropped, l) })}</p>
          </Notice>
        )}
      </div>
      <RuleNotes form={form} evaluation={evaluation} fields={fields} />
    </>
  );
}
