// What the interface says about the rules of a form, in English.
import type { nlRules } from './nl_rules';

export const enRules: Record<keyof typeof nlRules, string> = {
  'rules.why': 'Why?',
  'rules.because.show_if': 'This is asked because of what you filled in:',
  'rules.because.required_if': 'This is required because of what you filled in:',
  'rules.because.computed': 'This is computed from:',
  'rules.because.valid_if': 'What was compared:',
  'rules.because.unknown': 'Whether this must be asked cannot be determined. What was looked at:',
  'rules.missing': 'Not filled in yet: {labels}.',
  'rules.open': 'Whether this is right cannot be said yet. Not filled in: {labels}.',
  'rules.undecided': 'Whether this is right cannot be said yet.',
  'rules.empty': 'not filled in',
  'rules.today': 'Today',
  'rules.state': 'Where it stands',
  'rules.computed': 'is computed',
  'rules.notYet': 'Cannot be computed yet',
  'rules.dropped': 'Does not fit what you filled in any more and is not saved: {labels}.',
  'rules.astray': 'This does not belong with what else is filled in. Clear it, or change what it '
    + 'depends on.',
  'rules.appeared': 'Now also asked: {labels}.',
  'rules.gone': 'No longer asked: {labels}.',
  'rules.at': '{label}: {text}',
};
