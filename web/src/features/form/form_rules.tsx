// What the rules say of the form as a whole: what does not go together, and what is not sent.
import type { FormRef } from '@/api/metadata';
import type { Fields, FormEvaluation } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Notice } from '@/ui/notice';
import { RuleNotes, labelsOf } from './rule_notes';

export interface FormRulesProps {
  form: FormRef;
  evaluation: FormEvaluation | undefined;
  fields: Fields;
  dropped: string[];                   // fields that hold something but are not asked any more
}

export function FormRules({ form, evaluation, fields, dropped }: FormRulesProps) {
  const { t, l } = useWords();
  const refused = evaluation?.messages.filter((message) => message.refused) ?? [];
  return (
    <>
      {refused.length > 0 && (
        <Notice meaning="failed" role="status">
          {refused.map(({ text }) => <p key={text.nl}>{l(text)}</p>)}
        </Notice>
      )}
      <RuleNotes form={form} evaluation={evaluation} fields={fields} />
      {dropped.length > 0 && (
        <Notice meaning="attention" role="status">
          <p>{t('rules.dropped', { labels: labelsOf(form, dropped, l) })}</p>
        </Notice>
      )}
    </>
  );
}
