// Open data: the catalogue of the API (JSON-LD by DCAT-AP-NL), read into what a page shows.
import { useQuery } from '@tanstack/react-query';

import { request } from './client';
import type { Text } from './types';

type Value = { '@id': string } | { '@value': string; '@language'?: string; '@type'?: string };

export interface LinkedNode {
  '@id': string;
  '@type': string[];
  [property: string]: string | string[] | Value[];
}

export interface OpenFile {
  address: string;
  format: Text;
}

export interface OpenDataset {
  id: string;
  kind: 'register' | 'edition' | 'indicator';
  title: Text;
  description: Text;
  keywords: Text[];
  page: string;
  issued?: string | undefined;
  modified?: string | undefined;
  on?: string | undefined;               // the day that it is about
  files: OpenFile[];
  licence: string;
}

export interface OpenData {
  title: Text;
  publisher: Text;
  mail?: string | undefined;
  themes: Text[];
  datasets: OpenDataset[];
}

class Graph {
  private readonly nodes: Map<string, LinkedNode>;

  constructor(nodes: LinkedNode[]) {
    this.nodes = new Map(nodes.map((node) => [node['@id'], node]));
  }

  ofType(type: string): LinkedNode | undefined {
    return [...this.nodes.values()].find((node) => node['@type'].includes(type));
  }

  private static values(node: LinkedNode | undefined, property: string): Value[] {
    return (node?.[property] ?? []) as Value[];
  }

  ids(node: LinkedNode | undefined, property: string): string[] {
    return Graph.values(node, property).flatMap((value) => ('@id' in value ? [value['@id']] : []));
  }

  all(node: LinkedNode | undefined, property: string): LinkedNode[] {
    return this.ids(node, property).flatMap((id) => this.nodes.get(id) ?? []);
  }

  word(node: LinkedNode | undefined, property: string): string | undefined {
    const value = Graph.values(node, property)[0];
    return value && '@value' in value ? value['@value'] : undefined;
  }

  // Each language as often as the other, in the same order.
  texts(node: LinkedNode | undefined, property: string): Text[] {
    const of = (lang: string) => Graph.values(node, property)
      .flatMap((value) => ('@value' in value && value['@language'] === lang ? [value['@value']]
        : []));
    const english = of('en');
    return of('nl').map((nl, at) => ({ nl, en: english[at] ?? nl }));
  }

  text(node: LinkedNode | undefined, property: string): Text {
    return this.texts(node, property)[0] ?? { nl: '', en: '' };
  }
}

// The same site, so a path will do; what is not an address stays as it is.
function pathOf(address: string): string {
  return address.replace(/^https?:\/\/[^/]+/, '');
}

function kindOf(id: string): OpenDataset['kind'] {
  if (id.includes('/v1/open-data/registers/')) return 'register';
  return id.includes('/v1/open-data/editions/') ? 'edition' : 'indicator';
}

function datasetOf(graph: Graph, node: LinkedNode): OpenDataset {
  const files = graph.all(node, 'dcat:distribution');
  return {
    id: node['@id'],
    kind: kindOf(node['@id']),
    title: graph.text(node, 'dct:title'),
    description: graph.text(node, 'dct:description'),
    keywords: graph.texts(node, 'dcat:keyword'),
    page: pathOf(graph.ids(node, 'dcat:landingPage')[0] ?? ''),
    issued: graph.word(node, 'dct:issued'),
    modified: graph.word(node, 'dct:modified'),
    on: graph.word(graph.all(node, 'dct:temporal')[0], 'dcat:startDate'),
    files: files.map((file) => ({
      address: pathOf(graph.ids(file, 'dcat:downloadURL')[0] ?? ''),
      format: graph.text(file, 'dct:title'),
    })),
    licence: graph.ids(files[0], 'dct:license')[0] ?? '',
  };
}

export function readCatalogue(nodes: LinkedNode[]): OpenData {
  const graph = new Graph(nodes);
  const catalogue = graph.ofType('dcat:Catalog');
  const mail = graph.ids(graph.all(catalogue, 'dcat:contactPoint')[0], 'vcard:hasEmail')[0];
  return {
    title: graph.text(catalogue, 'dct:title'),
    publisher: graph.text(graph.all(catalogue, 'dct:publisher')[0], 'foaf:name'),
    mail: mail?.replace(/^mailto:/, ''),
    themes: graph.all(graph.ofType('dcat:DataService'), 'dcat:theme')
      .map((theme) => graph.text(theme, 'skos:prefLabel')),
    datasets: graph.all(catalogue, 'dcat:dataset').map((node) => datasetOf(graph, node)),
  };
}

export const kCataloguePath = '/v1/open-data/catalogue';

export function useOpenData() {
  return useQuery({
    queryKey: ['open-data'],
    queryFn: () => request<{ '@graph': LinkedNode[] }>(kCataloguePath),
    select: (answer) => readCatalogue(answer['@graph']),
  });
}
