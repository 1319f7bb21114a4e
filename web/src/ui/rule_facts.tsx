// What rules in FEEL looked at, in the words of the form: its fields, and the day.
import type { FormRef } from '@/api/metadata';
import type { Fields, RuleWhy, Text } from '@/api/types';
import { formatDate } from '@/lib/dates';
import { FieldValue } from '@/ui/values/field_value';
import type { ValueContext } from '@/ui/values/field_value';

// 'due.first' is about the field `due`.
export function fieldOfFact(name: string): string {
  return /^\w+/.exec(name)?.[0] ?? name;
}

export function labelsOf(form: FormRef, names: string[], l: (text?: Text) => string): string {
  const ids = [...new Set(names.map(fieldOfFact))];
  return ids.map((id) => l(form.form.fields[id]?.label) || id).join(', ');
}

export interface RuleFactsProps {
  context: ValueContext;
  form: FormRef;
  whys: RuleWhy[];
  fields: Fields;                      // what the rules looked at
  state?: string | undefined;          // where the record stands, in words
}

export function RuleFacts({ context, form, whys, fields, state }: RuleFactsProps) {
  const { t, lang } = context.words;
  const facts = whys.flatMap((why) => why.facts);
  const today = facts.find(({ name }) => name === 'today')?.value;
  const ids = [...new Set(facts.map(({ name }) => fieldOfFact(name)))]
    .filter((id) => form.form.fields[id]);
  const isState = state && !form.form.fields['state'] && facts.some(({ name }) => name === 'state');
  return (
    <dl className="facts">
      {ids.map((id) => {
        const field = form.form.fields[id];
        return field && (
          <div key={id}>
            <dt>{context.words.l(field.label)}</dt>
            <dd>
              {fields[id] === undefined ? <span className="muted">{t('rules.empty')}</span>
                : <FieldValue context={context} field={field} value={fields[id]} />}
            </dd>
          </div>
        );
      })}
      {isState && <div><dt>{t('rules.state')}</dt><dd>{state}</dd></div>}
      {today && (
        <div>
          <dt>{t('rules.today')}</dt>
          <dd>{formatDate(today.replace(/^@"|"$/g, ''), lang)}</dd>
        </div>
      )}
    </dl>
  );
}
