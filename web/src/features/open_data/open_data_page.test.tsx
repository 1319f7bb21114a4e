// The page of open data: what is shown of a dataset, and that its files are plain links, which
// work without a script and without an account.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import type { OpenData } from '@/api/open_data';
import OpenDataPage, { licenceName } from './open_data_page';

const text = (word: string) => ({ nl: word, en: word });
const kZero = 'http://creativecommons.org/publicdomain/zero/1.0/deed.nl';
const data = vi.hoisted(() => ({ now: undefined as OpenData | undefined }));
vi.mock('@/api/open_data', () => ({ kCataloguePath: '/v1/open-data/catalogue',
  useOpenData: () => ({ data: data.now, isError: false }) }));

const kData: OpenData = {
  title: text('Open data'), publisher: text('Gemeente'), mail: 'open@example.nl',
  themes: [text('Gezondheid')],
  datasets: [{ id: 'x', kind: 'register', title: text('Bomen'), description: text('Alle bomen.'),
    keywords: [text('boom'), text('blad')], page: '/registers/p/boom', licence: kZero,
    modified: '2026-01-31T09:00:00.000000Z',
    files: [{ address: '/v1/open-data/registers/p/boom?format=csv', format: text('CSV') }] }],
};

afterEach(cleanup);

it('open data: a dataset has its description, licence, date, keywords and files', () => {
  data.now = kData;
  render(<OpenDataPage />);
  screen.getByRole('heading', { name: 'Registers' });
  expect(screen.getByRole('link', { name: 'Bomen' }).getAttribute('href'))
    .toBe('/registers/p/boom');
  for (const word of ['Alle bomen.', 'boom, blad', '31 januari 2026 om 10:00', 'Gemeente']) {
    screen.getByText(word);
  }
  expect(screen.getByRole('link', { name: 'CC0 1.0' }).getAttribute('href')).toBe(kZero);
  expect(screen.getByRole('link', { name: 'Bomen als CSV' }).getAttribute('href'))
    .toBe('/v1/open-data/registers/p/boom?format=csv&language=nl');
  expect(screen.getByRole('link', { name: 'Catalogus als Turtle' }).getAttribute('href'))
    .toBe('/v1/open-data/catalogue?format=turtle');
});

it('open data: without any the page says so, and still has the catalogue', () => {
  data.now = { ...kData, datasets: [] };
  render(<OpenDataPage />);
  screen.getByText('Er is nog geen open data.');
  screen.getByRole('link', { name: 'Catalogus als JSON-LD' });
});

it.each([[kZero, 'CC0 1.0'], ['https://creativecommons.org/licenses/by-sa/4.0/', 'CC BY-SA 4.0'],
  ['https://example.nl/other', 'https://example.nl/other'],
])('open data: %s is %s', (from, name) => {
  expect(licenceName(from)).toBe(name);
});
