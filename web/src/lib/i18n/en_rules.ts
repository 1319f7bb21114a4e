// What the interface says about the rules of a form, in English.
import type { nlRules } from './nl_rules';

export const enRules: Record<keyof typeof nlRules, string> = {
  'rules.why': 'Why?',
  'rules.because.show_if': 'This is asked because of what you filled in:',
  'rules.because.required_if': 'This is required because of what you filled in:',
  'rules.because.computed': 'This is computed from:',
  'rules.because.valid_if': 'What was compared:',
  'rules.missing': 'Not filled in yet: {labels}.',
  'rules.open': 'Whether this is right cannot be said yet. Not filled in: {labels}.',
  'rules.empty': 'not filled in',
  'rules.today': 'Today',
  'rules.computed': 'is computed',
  'rules.notYet': 'Cannot be computed yet',
  'rules.dropped': 'Does not fit what you filled in any more and is not saved: {labels}.',
};
