// What the rules say beside a field: what is still open, and for "Waarom?" what was looked at.
import type { FormRef } from '@/api/metadata';
import type { Fields, FormEvaluation, RuleMessage, RuleWhy } from '@/api/types';
import type { MessageKey } from '@/lib/i18n';
import { useWords } from '@/lib/i18n';
import { RuleFacts, fieldOfFact, labelsOf } from '@/ui/rule_facts';
import { useValueContext } from '@/ui/values/field_value';

export interface RuleNotesProps {
  form: FormRef;
  id?: string;                         // of the field; without it: of the form as a whole
  evaluation: FormEvaluation | undefined;
  fields: Fields;                      // what the rules looked at
}

function Why({ form, why, fields, because }:
{ form: FormRef; why: RuleWhy; fields: Fields; because: MessageKey }) {
  const context = useValueContext(form.pack);
  const { t, l } = context.words;
  return (
    <>
      <p>{t(because)}</p>
      <RuleFacts context={context} form={form} whys={[why]} fields={fields} />
      {why.missing.length > 0 && (
        <p>{t('rules.missing', { labels: labelsOf(form, why.missing, l) })}</p>
      )}
      {why.errors.map((error) => <p key={error.nl}>{l(error)}</p>)}
    </>
  );
}

const kReasons = ['show_if', 'required_if', 'computed'] as const;

export function RuleNotes({ form, id, evaluation, fields }: RuleNotesProps) {
  const { t, l } = useWords();
  const told = id === undefined ? evaluation : evaluation?.fields[id];
  if (!told) return null;
  // Of a form that nobody began with nothing is open yet.
  const messages: RuleMessage[] = told.messages.filter(({ refused, why }) => refused
    || why.facts.some(({ name }) => fields[fieldOfFact(name)] !== undefined));
  const reasons = 'why' in told ? told.why : {};
  const known = kReasons.flatMap((name) => {
    const why = reasons[name];
    const isTold = why && (why.outcome === 'yes' || name === 'computed' || why.errors.length);
    return isTold ? [{ name, why }] : [];
  });
  const open = messages.filter((message) => !message.refused);
  if (!known.length && !messages.length) return null;
  return (
    <div className="small stack-s">
      {open.map(({ text, why }) => (
        <p key={text.nl} className="muted">
          {why.missing.length
            ? t('rules.open', { labels: labelsOf(form, why.missing, l) }) : t('rules.undecided')}
        </p>
      ))}
      <details>
        <summary>{t('rules.why')}</summary>
        {known.map(({ name, why }) => (
          <Why key={name} form={form} why={why} fields={fields}
            because={why.outcome === 'unknown' && name !== 'computed'
              ? 'rules.because.unknown' : `rules.because.${name}`} />
        ))}
        {messages.map(({ refused, text, why }) => (
          <div key={text.nl}>
            {refused && <p>{l(text)}</p>}
            <Why form={form} why={why} fields={fields} because="rules.because.valid_if" />
          </div>
        ))}
      </details>
    </div>
  );
}
