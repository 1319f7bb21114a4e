// What the interface says about the rules of a form, in Dutch.
export const nlRules = {
  'rules.why': 'Waarom?',
  'rules.because.show_if': 'Dit wordt gevraagd door wat u invulde:',
  'rules.because.required_if': 'Dit is verplicht door wat u invulde:',
  'rules.because.computed': 'Dit is berekend uit:',
  'rules.because.valid_if': 'Vergeleken is:',
  'rules.because.unknown': 'Of dit gevraagd moet worden is niet te bepalen. Bekeken is:',
  'rules.missing': 'Nog niet ingevuld: {labels}.',
  'rules.open': 'Of dit klopt is nog niet te zeggen. Niet ingevuld: {labels}.',
  'rules.undecided': 'Of dit klopt is nog niet te zeggen.',
  'rules.empty': 'niet ingevuld',
  'rules.today': 'Vandaag',
  'rules.state': 'Stand van zaken',
  'rules.computed': 'wordt berekend',
  'rules.notYet': 'Nog niet te berekenen',
  'rules.dropped': 'Past niet meer bij wat u invulde en wordt niet opgeslagen: {labels}.',
  'rules.astray': 'Dit hoort niet bij wat er verder is ingevuld. Maak het leeg, of pas aan waar '
    + 'het van afhangt.',
  'rules.appeared': 'Nu wordt ook gevraagd: {labels}.',
  'rules.gone': 'Niet meer gevraagd: {labels}.',
  'rules.at': '{label}: {text}',
};
