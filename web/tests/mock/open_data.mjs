// A catalogue of open data in the shape of the API: a register and a published edition.
const words = (nl, en) => [{ '@value': nl, '@language': 'nl' }, { '@value': en, '@language': 'en' }];
const to = (...ids) => ids.map((id) => ({ '@id': id }));
const moment = (value) => [{ '@value': value, '@type': 'xsd:dateTime' }];
const kZero = 'http://creativecommons.org/publicdomain/zero/1.0/deed.nl';

function dataset(path, page, [title, description], { formats, more = {} }) {
  return [{ '@id': `${path}#dataset`, '@type': ['dcat:Dataset'], 'dct:title': words(title, title),
    'dct:description': words(description, description), 'dcat:landingPage': to(page),
    'dcat:keyword': [...words('tuin', 'garden'), ...words('hoek', 'corner')],
    'dcat:distribution': to(...formats.map((format) => `${path}#${format}`)), ...more },
  ...formats.map((format) => ({ '@id': `${path}#${format}`, '@type': ['dcat:Distribution'],
    'dct:title': words(format.toUpperCase(), format.toUpperCase()), 'dct:license': to(kZero),
    'dcat:downloadURL': to(`${path}?format=${format}`) }))];
}

const kRegister = '/v1/open-data/registers/tuin/keuring';
const kEdition = '/v1/open-data/editions/e2/figures';

export const openData = { '@context': {}, '@graph': [
  { '@id': '/v1/open-data/catalogue#catalogue', '@type': ['dcat:Catalog'],
    'dct:title': words('Open data van De Tuin', 'Open data of De Tuin'),
    'dct:publisher': to('#p'), 'dcat:contactPoint': to('#c'),
    'dcat:dataset': to(`${kRegister}#dataset`, `${kEdition}#dataset`) },
  { '@id': '#p', '@type': ['foaf:Agent'], 'foaf:name': words('De Tuin', 'De Tuin') },
  { '@id': '#c', '@type': ['vcard:Kind'], 'vcard:hasEmail': to('mailto:tuin@example.nl') },
  { '@id': '#s', '@type': ['dcat:DataService'], 'dcat:theme': to('#t') },
  { '@id': '#t', '@type': ['skos:Concept'], 'skos:prefLabel': words('Milieu', 'Environment') },
  { '@id': '#d', '@type': ['dct:PeriodOfTime'],
    'dcat:startDate': [{ '@value': '2026-06-30', '@type': 'xsd:date' }] },
  ...dataset(kRegister, '/registers/tuin/keuring', ['Keuringen', 'Wat er is gekeurd.'],
    { formats: ['csv', 'xlsx'], more: { 'dct:modified': moment('2026-07-01T10:00:00.000000Z') } }),
  ...dataset(kEdition, '/records/e2', ['Tuincijfers', 'Cijfers van de tuin.'],
    { formats: ['csv', 'json'], more: { 'dct:temporal': to('#d'),
      'dct:issued': moment('2026-07-02T09:00:00.000000Z') } }),
] };
