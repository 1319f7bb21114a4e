// Problems of the browser's check and of the server as one map from place to message.
import type { ApiProblem } from '@/api/problem';
import type { Form, FormEvaluation, ProblemItem } from '@/api/types';
import type { Words } from '@/lib/i18n';
import type { Problem } from './check';

// '/fields/contact/role' -> 'contact.role'; parts of a date fold into the field.
export function pathOf(form: Form, where: string | undefined): string {
  const parts = (where ?? '').split('/').filter(Boolean);
  if (parts[0] === 'fields') parts.shift();
  const field = form.fields[parts[0] ?? ''];
  if (!field) return parts[0] ?? '';
  const isNested = field.type === 'group' || (field.many && field.type !== 'choice');
  return isNested ? parts.slice(0, 2).join('.') : parts[0] ?? '';
}

function serverText(form: Form, words: Words, item: ProblemItem): string {
  const field = form.fields[pathOf(form, item.where).split('.')[0] ?? ''];
  const message = [item.message, item.hint].filter(Boolean).join(' ');
  return field ? words.t('form.serverPlace', { label: words.l(field.label), message }) : message;
}

export function errorMap(form: Form, words: Words, own: Problem[],
  server: ApiProblem | null): Map<string, string> {
  const map = new Map<string, string>();
  for (const { path, key, values } of own) if (!map.has(path)) map.set(path, words.t(key, values));
  if (own.length) return map;
  for (const item of server?.problems ?? []) {
    const path = pathOf(form, item.where);
    if (!map.has(path)) map.set(path, serverText(form, words, item));
  }
  return map;
}

// The same with what the rules refuse of what is typed so far, beside each field. `astray`: fields
// that hold what does not belong with the rest.
export function withRules(errors: ReadonlyMap<string, string>,
  evaluation: FormEvaluation | undefined, words: Words,
  astray: ReadonlySet<string> = new Set()): Map<string, string> {
  const map = new Map(errors);
  for (const id of astray) if (!map.has(id)) map.set(id, words.t('rules.astray'));
  for (const [id, { messages }] of Object.entries(evaluation?.fields ?? {})) {
    const refused = messages.find((message) => message.refused);
    if (refused && !map.has(id)) map.set(id, words.l(refused.text));
  }
  return map;
}
