// Who may see and who has looked, in English; the same keys as nl_privacy.ts.
import type { nlPrivacy } from './nl_privacy';

export const enPrivacy: Record<keyof typeof nlPrivacy, string> = {
  'nav.readLog': 'Read log',
  'purpose.label': 'What are you here for?',
  'purpose.none': 'Choose a purpose',
  'readers.title': 'Who has looked?',
  'readers.lead': 'Which organisation looked at your data, in which role and '
    + 'for what. You can ask the privacy officer for the names of staff.',
  'readers.logLead': 'Who looked at data of persons. What you search for here is noted too.',
  'readers.day': 'Day',
  'readers.purpose': 'Purpose',
  'readers.noPurpose': 'no purpose given',
  'readers.action': 'What',
  'readers.times': 'How often',
  'readers.subjects': 'Subjects',
  'readers.subject': 'Id of a person',
  'readers.from': 'From',
  'readers.to': 'Up to',
  'readers.refused': 'refused',
  'readers.action.read': 'read',
  'readers.action.history': 'read the history',
  'readers.action.links': 'read the links',
  'readers.action.file': 'fetched a file',
  'readers.action.search': 'seen in a list',
  'readers.action.export': 'kept as a file',
  'readers.action.tasks': 'seen among tasks',
  'readers.action.change': 'wanted to change',
  'readers.action.readers': 'looked at who looked',
};
