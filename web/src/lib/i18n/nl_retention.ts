// What the interface says about retention and destroying, in Dutch.
export const nlRetention = {
  'retention.title': 'Bewaartermijnen',
  'retention.lead': 'Aan vernietiging toe: {n} dossiers. Er verdwijnt niets voordat een beheerder '
    + 'de lijst goedkeurt.',
  'retention.leadOne': 'Aan vernietiging toe: 1 dossier. Het verdwijnt niet voordat een beheerder '
    + 'de lijst goedkeurt.',
  'retention.leadWait': 'Welke dossiers aan vernietiging toe zijn, en wat er is vernietigd.',
  'retention.due': 'Aan vernietiging toe',
  'retention.none': 'Geen dossier is aan vernietiging toe.',
  'retention.howToErase': 'De bewaartermijn van deze dossiers is voorbij. Kies wat weg mag. Wat u '
    + 'niet kiest, blijft op de lijst staan.',
  'retention.howToLook': 'De bewaartermijn van deze dossiers is voorbij. Een beheerder keurt de '
    + 'lijst goed. Moet iets blijven? Laat het de beheerder weten.',
  'retention.record': 'Dossier',
  'retention.untitled': '{form} …{id}',
  'retention.person': 'Het dossier van de persoon zelf. Er staat niets anders meer over deze '
    + 'persoon in Zicht.',
  'retention.register': 'Register',
  'retention.changed': 'Laatst gewijzigd',
  'retention.term': 'Bewaartermijn',
  'retention.article': 'artikel {article}',
  'retention.since': 'Mag weg vanaf',
  'retention.chooseAll': 'Kies alles op de lijst',
  'retention.chooseNone': 'Kies niets',
  'retention.erase': 'Vernietig wat u koos ({n})',
  'retention.ask': '{n} dossiers vernietigen?',
  'retention.askOne': '1 dossier vernietigen?',
  'retention.forGood': 'Dit kan niemand ongedaan maken, ook de beheerder van Zicht niet.',
  'retention.times': '{n} × {what}',
  'retention.goes': 'Van elk dossier verdwijnen alle versies, de bestanden en de geschiedenis.',
  'retention.goesPerson': 'Van een persoon verdwijnen ook de naam, en het account als die er een '
    + 'heeft.',
  'retention.stays': 'In het journaal blijft staan dat u dit besloot en wanneer, zonder de inhoud. '
    + 'In een reservekopie van eerder blijft de inhoud leesbaar tot de sleutels daarvan verlopen.',
  'retention.checked': 'Ik heb nagekeken dat deze dossiers weg mogen.',
  'retention.notChecked': 'Zet hier een vinkje als u het hebt nagekeken.',
  'retention.yes': 'Vernietig voorgoed',
  'retention.no': 'Vernietig niets',
  'retention.went': 'Vernietigd: {n} dossiers.',
  'retention.wentOne': 'Vernietigd: 1 dossier.',
  'retention.left': 'Niet vernietigd: {n} dossiers. Die zijn intussen gewijzigd of niet meer aan '
    + 'vernietiging toe.',
  'retention.leftOne': 'Niet vernietigd: 1 dossier. Dat is intussen gewijzigd of niet meer aan '
    + 'vernietiging toe.',
  'retention.unwiped': 'De dossiers zijn weg, maar op de schijf kunnen nog resten staan: de opslag '
    + 'was bezet.',
  'retention.wipe': 'Ruim de resten op',
  'retention.erased': 'Wat is vernietigd',
  'retention.noneErased': 'Er is nog niets vernietigd.',
  'retention.what': 'Wat',
  'retention.why': 'Waarom',
  'retention.by': 'Besloten door',
  'retention.account': 'account',
  'retention.cause.retention': 'Bewaartermijn voorbij',
  'retention.cause.request': 'Persoon gewist',
  'readers.action.retention': 'op de lijst van bewaartermijnen gezien',
};
