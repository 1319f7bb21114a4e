// What the interface says about retention and destroying, in English.
import type { nlRetention } from './nl_retention';

export const enRetention: Record<keyof typeof nlRetention, string> = {
  'retention.title': 'Retention',
  'retention.lead': 'Due to be destroyed: {n} records. Nothing goes before an administrator '
    + 'approves the list.',
  'retention.leadOne': 'Due to be destroyed: 1 record. It does not go before an administrator '
    + 'approves the list.',
  'retention.leadWait': 'Which records are due to be destroyed, and what was destroyed.',
  'retention.due': 'Due to be destroyed',
  'retention.none': 'No record is due to be destroyed.',
  'retention.howToErase': 'The retention of these records has ended. Choose what may go. What you '
    + 'do not choose stays on the list.',
  'retention.howToLook': 'The retention of these records has ended. An administrator approves the '
    + 'list. Must something stay? Tell the administrator.',
  'retention.record': 'Record',
  'retention.untitled': '{form} …{id}',
  'retention.person': 'The record of the person. Nothing else about this person is left in Zicht.',
  'retention.register': 'Register',
  'retention.changed': 'Last changed',
  'retention.term': 'Retention',
  'retention.article': 'article {article}',
  'retention.since': 'May go from',
  'retention.chooseAll': 'Choose all on the list',
  'retention.chooseNone': 'Choose nothing',
  'retention.erase': 'Destroy what you chose ({n})',
  'retention.ask': 'Destroy {n} records?',
  'retention.askOne': 'Destroy 1 record?',
  'retention.forGood': 'Nobody can undo this, not even the administrator of Zicht.',
  'retention.times': '{n} × {what}',
  'retention.goes': 'Of each record all versions, the files and the history go.',
  'retention.goesPerson': 'Of a person the name goes too, and the account if they have one.',
  'retention.stays': 'The journal keeps that you decided this and when, without the content. In an '
    + 'earlier back-up the content stays readable until the keys of that back-up expire.',
  'retention.checked': 'I have checked that these records may go.',
  'retention.notChecked': 'Tick this when you have checked it.',
  'retention.yes': 'Destroy for good',
  'retention.no': 'Destroy nothing',
  'retention.went': 'Destroyed: {n} records.',
  'retention.wentOne': 'Destroyed: 1 record.',
  'retention.left': 'Not destroyed: {n} records. They were changed meanwhile, or are not due any '
    + 'more.',
  'retention.leftOne': 'Not destroyed: 1 record. It was changed meanwhile, or is not due any more.',
  'retention.unwiped': 'The records are gone, but bytes of them may be left on disk: the store was '
    + 'busy.',
  'retention.wipe': 'Wipe what is left',
  'retention.erased': 'What was destroyed',
  'retention.noneErased': 'Nothing was destroyed yet.',
  'retention.what': 'What',
  'retention.why': 'Why',
  'retention.by': 'Decided by',
  'retention.account': 'account',
  'retention.cause.retention': 'Retention ended',
  'retention.cause.request': 'Person erased',
  'readers.action.retention': 'seen in the list of retention',
};
