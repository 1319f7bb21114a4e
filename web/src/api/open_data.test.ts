// The catalogue of open data as a page reads it: one dataset with a period and two files, and a
// publisher with a mail address. The nodes are written by hand, in the shape of the API.
import { expect, it } from 'vitest';

import { readCatalogue } from './open_data';
import type { LinkedNode } from './open_data';

const words = (nl: string, en: string) => [
  { '@value': nl, '@language': 'nl' }, { '@value': en, '@language': 'en' }];
const to = (...ids: string[]) => ids.map((id) => ({ '@id': id }));
const kSet = 'https://zicht.example.nl/v1/open-data/editions/r1/figures';

const kNodes: LinkedNode[] = [
  { '@id': 'c', '@type': ['dcat:Catalog'], 'dct:title': words('Open data', 'Open data'),
    'dct:publisher': to('p'), 'dcat:contactPoint': to('k'), 'dcat:dataset': to(`${kSet}#dataset`) },
  { '@id': 's', '@type': ['dcat:DataService'], 'dcat:theme': to('t') },
  { '@id': 't', '@type': ['skos:Concept'], 'skos:prefLabel': words('Gezondheid', 'Health') },
  { '@id': 'p', '@type': ['foaf:Agent'], 'foaf:name': words('Gemeente', 'Municipality') },
  { '@id': 'k', '@type': ['vcard:Kind'], 'vcard:hasEmail': to('mailto:a@example.nl') },
  { '@id': `${kSet}#dataset`, '@type': ['dcat:Dataset'], 'dct:title': words('Editie', 'Edition'),
    'dct:description': words('Wat', 'What'), 'dct:temporal': to('d'),
    'dcat:keyword': [...words('een', 'one'), ...words('twee', 'two')],
    'dcat:landingPage': to('https://zicht.example.nl/records/r1'),
    'dct:issued': [{ '@value': '2026-01-31T09:00:00.000000Z', '@type': 'xsd:dateTime' }],
    'dcat:distribution': to(`${kSet}#csv`, `${kSet}#json`) },
  { '@id': 'd', '@type': ['dct:PeriodOfTime'],
    'dcat:startDate': [{ '@value': '2026-01-01', '@type': 'xsd:date' }] },
  ...['csv', 'json'].map((format) => ({ '@id': `${kSet}#${format}`,
    '@type': ['dcat:Distribution'], 'dct:title': words(format, format),
    'dcat:downloadURL': to(`${kSet}?format=${format}`), 'dct:license': to('licence') })),
];

it('open data: a dataset has its words, dates, licence and files', () => {
  expect(readCatalogue(kNodes)).toEqual({
    title: { nl: 'Open data', en: 'Open data' },
    publisher: { nl: 'Gemeente', en: 'Municipality' },
    mail: 'a@example.nl',
    themes: [{ nl: 'Gezondheid', en: 'Health' }],
    datasets: [{
      id: `${kSet}#dataset`, kind: 'edition', title: { nl: 'Editie', en: 'Edition' },
      description: { nl: 'Wat', en: 'What' },
      keywords: [{ nl: 'een', en: 'one' }, { nl: 'twee', en: 'two' }],
      page: '/records/r1', issued: '2026-01-31T09:00:00.000000Z', modified: undefined,
      on: '2026-01-01', licence: 'licence',
      files: ['csv', 'json'].map((format) => ({ format: { nl: format, en: format },
        address: `/v1/open-data/editions/r1/figures?format=${format}` })),
    }],
  });
});

it('open data: a catalogue without datasets is an empty page, not a broken one', () => {
  expect(readCatalogue(kNodes.slice(0, 1)).datasets).toEqual([]);
});
