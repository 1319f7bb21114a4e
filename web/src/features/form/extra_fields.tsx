// What every act asks beside the form's own fields: why, and from (or until) which day it holds.
import type { Fields, Need } from '@/api/types';
import { parseDay } from '@/lib/dates';
import type { MessageKey, Words } from '@/lib/i18n';
import { TextField } from '@/ui/fields/text_field';
import type { Problem } from './check';
import { elementId } from './editor_types';
import type { Question } from './form_fields';
import type { Drafts, Extra } from './use_drafts';

export interface ExtraSpec {
  reason: Need;
  validFrom: Need;
  validTo: Need;
  fromLabel: MessageKey;
  fromName: string;      // in the body: valid_from, or `on` of a step
}

const kNames = ['reason', 'validFrom', 'validTo'] as const;

function labelOf(spec: ExtraSpec, name: keyof Extra): MessageKey {
  if (name === 'reason') return 'form.reason';
  return name === 'validFrom' ? spec.fromLabel : 'form.validTo';
}

export function extraQuestions(spec: ExtraSpec, drafts: Drafts,
  errors: ReadonlyMap<string, string>, { t }: Words): Question[] {
  return kNames.filter((name) => spec[name] !== 'none').map((name) => ({
    id: name,
    content: (
      <TextField id={elementId(name)} label={t(labelOf(spec, name))} value={drafts.extra[name]}
        hint={t(name === 'reason' ? 'form.reasonHint'
          : spec[name] === 'required' ? 'form.dateHint' : 'form.validFromHint')}
        error={errors.get(name)} isRequired={spec[name] === 'required'} isLong={name === 'reason'}
        isShort={name !== 'reason'}
        onChange={(value) => { drafts.setExtra({ [name]: value }); }} />
    ),
  }));
}

export function checkExtra(spec: ExtraSpec, extra: Extra, { t }: Words):
{ values: Fields; problems: Problem[] } {
  const values: Fields = {};
  const problems: Problem[] = [];
  const bodyNames = { reason: 'reason', validFrom: spec.fromName, validTo: 'valid_to' };
  for (const name of kNames) {
    if (spec[name] === 'none') continue;
    const typed = extra[name].trim();
    const label = t(labelOf(spec, name));
    if (!typed) {
      if (spec[name] === 'required') {
        problems.push({ path: name, key: 'check.required', values: { label } });
      }
      continue;
    }
    const value = name === 'reason' ? typed : parseDay(typed);
    if (value) values[bodyNames[name]] = value;
    else problems.push({ path: name, key: 'check.date', values: { label } });
  }
  return { values, problems };
}
