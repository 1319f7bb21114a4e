// What the interface says about figures that stay as they were published, in English.
import type { nlEditions } from './nl_editions';

export const enEditions: Record<keyof typeof nlEditions, string> = {
  'editions.draft': 'This is a draft. These figures have not been published yet.',
  'editions.knownAt': 'By what was known',
  'editions.knownOn': 'on {date}',
  'editions.released': 'Published',
  'editions.notReleased': 'not yet',
  'editions.corrects': 'Corrects',
  'editions.correctedOne': 'an earlier edition',
  'editions.before': 'Edition before',
  'editions.beforeOn': 'The edition with reference date {date}',
  'editions.first': 'there is no earlier edition',
  'editions.beforeNumber': 'Edition before: {number}.',
  'editions.notCompared': 'not to be compared',
  'editions.noneCompared': 'This cannot be compared with the edition before.',
  'editions.definitionChanged': 'The definition differs from that in the edition before. That is '
    + 'why the figure of then does not stand beside it.',
  'editions.protected': 'Protected before it was recorded: small counts (below {threshold}) may be '
    + 'hidden.',
  'editions.public': 'Counted over what everybody may see.',
  'editions.none': 'There are no figures in this edition.',
  'editions.file': 'figures-{on}',
  'editions.fileDraft': 'figures-{on}-draft',
  'editions.words': '{n} figures with reference date {on}, {status}',
  'editions.wordsOne': '1 figure with reference date {on}, {status}',
  'editions.statusReleased': 'published on {date}',
  'editions.statusDraft': 'a draft',
  'editions.tables': '{n} tables: the counts behind the figures; needed to check next editions',
  'editions.tablesOne': '1 table: the counts behind the figures; needed to check next editions',
};
