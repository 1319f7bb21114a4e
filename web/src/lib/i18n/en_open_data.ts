// What the interface says about open data, in English.
import type { nlOpenData } from './nl_open_data';

export const enOpenData: Record<keyof typeof nlOpenData, string> = {
  'openData.title': 'Open data',
  'openData.lead': 'What everybody may take from Zicht and use: registers, published editions and '
    + 'figures.',
  'openData.none': 'There is no open data yet.',
  'openData.registers': 'Registers',
  'openData.editions': 'Published editions',
  'openData.indicators': 'Figures as they are now',
  'openData.licence': 'Licence',
  'openData.issued': 'Published',
  'openData.modified': 'Last changed',
  'openData.on': 'Reference date',
  'openData.keywords': 'Keywords',
  'openData.files': 'Files',
  'openData.file': '{title} as {format}',
  'openData.publisher': 'Who publishes this?',
  'openData.contact': 'Questions',
  'openData.mail': 'Mail {address}',
  'openData.theme': 'Theme',
  'openData.catalogue': 'For catalogues',
  'openData.catalogueWords': 'This list is there as DCAT-AP-NL too, so that data.overheid.nl and '
    + 'other catalogues can fetch it.',
  'openData.jsonld': 'Catalogue as JSON-LD',
  'openData.turtle': 'Catalogue as Turtle',
};
