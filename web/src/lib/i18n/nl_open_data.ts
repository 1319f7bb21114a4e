// What the interface says about open data, in Dutch.
export const nlOpenData = {
  'openData.title': 'Open data',
  'openData.lead': 'Wat iedereen uit Zicht mag meenemen en gebruiken: registers, gepubliceerde '
    + 'edities en cijfers.',
  'openData.none': 'Er is nog geen open data.',
  'openData.registers': 'Registers',
  'openData.editions': 'Gepubliceerde edities',
  'openData.indicators': 'Cijfers zoals ze nu zijn',
  'openData.licence': 'Licentie',
  'openData.issued': 'Gepubliceerd',
  'openData.modified': 'Laatst gewijzigd',
  'openData.on': 'Peildatum',
  'openData.keywords': 'Trefwoorden',
  'openData.files': 'Bestanden',
  'openData.file': '{title} als {format}',
  'openData.publisher': 'Wie publiceert dit?',
  'openData.contact': 'Vragen',
  'openData.mail': 'Mail {address}',
  'openData.theme': 'Thema',
  'openData.catalogue': 'Voor catalogi',
  'openData.catalogueWords': 'Deze lijst is er ook als DCAT-AP-NL, zodat data.overheid.nl en '
    + 'andere catalogi haar kunnen ophalen.',
  'openData.jsonld': 'Catalogus als JSON-LD',
  'openData.turtle': 'Catalogus als Turtle',
};
