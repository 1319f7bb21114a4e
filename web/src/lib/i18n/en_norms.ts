// What the interface says about norms, in English.
import type { nlNorms } from './nl_norms';

export const enNorms: Record<keyof typeof nlNorms, string> = {
  'norms.title': 'Norms',
  'norms.lead': 'Zicht holds the facts against the norm. A person says whether the norm is met.',
  'norms.yes': 'Yes, by the facts',
  'norms.no': 'No, by the facts',
  'norms.unknown': 'Cannot be judged yet',
  'norms.withheld': 'Cannot be judged for you',
  'norms.ready': 'Ready to be judged by: {roles}.',
  'norms.missing': 'Missing: {labels}.',
  'norms.hidden': 'This needs facts that you may not see.',
  'norms.article': '{source}, article {article}',
  'norms.others': 'Not applicable: {n}',
  'norms.other': 'Not applicable',
  'norms.whyTitle': 'Why does this come out?',
  'norms.whyApplies': 'Whether the norm holds here follows from:',
  'norms.whyRule': 'What was compared:',
  'norms.whyDecision': 'With these facts a decision was asked:',
  'norms.whyValue': '{decision} comes to: {value}.',
  'norms.whyUnknown': '{decision} cannot be determined.',
  'norms.readModel': 'Read and try this decision model',
  'norms.inFeel': 'The rule itself',
  'norms.judgedOn': 'Compared on {date}, with {pack} version {version}.',
};
