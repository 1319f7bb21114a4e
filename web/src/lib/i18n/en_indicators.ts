// What the interface says about indicators, in English.
import type { nlIndicators } from './nl_indicators';

export const enIndicators: Record<keyof typeof nlIndicators, string> = {
  'indicators.title': 'Figures',
  'indicators.lead': 'What is counted here, and how. Each figure has its own definition; do not '
    + 'lay figures of different definition side by side.',
  'indicators.none': 'There are no figures that you may see.',
  'indicators.definition': 'Definition',
  'indicators.perspective': 'Who says so?',
  'indicators.on': 'Reference date',
  'indicators.days': 'Days counted',
  'indicators.counted': 'Counted over',
  'indicators.rows': 'Of which counted',
  'indicators.rule': 'What counts',
  'indicators.part': 'Which part',
  'indicators.by': 'By {title}',
  'indicators.value': '{title} ({unit})',
  'indicators.finding': '{title}, {dimension}: {values}.',
  'indicators.one': '{label} {number}',
  'indicators.noNumber': 'no figure',
  'indicators.undetermined': 'Of {n} rows it cannot be determined whether they count, as data are '
    + 'missing. They do not count.',
  'indicators.undeterminedOne': 'Of 1 row it cannot be determined whether it counts, as data are '
    + 'missing. It does not count.',
  'indicators.partOpen': 'Of {n} counted rows it cannot be determined whether they belong to the '
    + 'part. They are left out of the share.',
  'indicators.partOpenOne': 'Of 1 counted row it cannot be determined whether it belongs to the '
    + 'part. It is left out of the share.',
  'indicators.valueOpen': 'Of {n} counted rows the value is missing. They are not added up.',
  'indicators.valueOpenOne': 'Of 1 counted row the value is missing. It is not added up.',
  'indicators.added': 'Added up',
  'indicators.divided': 'Divided by',
  'indicators.dividedBy': '{by} (the figure is per {per})',
  'indicators.valued': 'Value known of',
  'indicators.valuedOf': '{n} of {rows}',
  'indicators.withheld': 'not shown',
  'indicators.withheldWhy': 'Not shown: hidden so that nobody can be recognised. Do not read zero.',
  'indicators.withheldLine': 'In the picture that is a dotted line.',
  'indicators.public': 'Counted over what everybody may see: the same figure for all.',
  'indicators.own': 'Counted over what you may see. Somebody else may see another figure. Not to '
    + 'be published: counts below {threshold} are protected first.',
  'indicators.said': '{title}: {number} {unit}, on {on}.',
  'indicators.saidNone': '{title}: {number}, on {on}.',
  'indicators.about': 'What is counted here?',
  'indicators.all': 'All about this figure',
  'indicators.refused': 'You may not see this figure.',
  'indicators.absent': 'This figure does not exist, or you may not see it.',
  'indicators.away': 'This figure cannot be fetched now. Try again in a while.',
  'indicators.counting': 'This figure is being counted now. Look again in a minute.',
  'indicators.noDimension': 'This figure is not divided in this way.',
  'indicators.noValues': 'There is nothing to divide.',
  'indicators.overlaps': 'One may count under several of these, so together they are more than the '
    + 'total.',
  'indicators.order': 'The order is fixed: that of the list, or by name. Never by number.',
};
