// A grid: the order of its rows and columns, what stands in a cell, and how it looks on a phone.
import { act, cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Block, Form, Pack, RecordItem, SearchBody } from '@/api/types';
import { makeWords } from '@/lib/i18n';
import { nl } from '@/lib/i18n/nl';
import type { ValueContext } from '@/ui/values/field_value';
import GridBlock, { findingOfGrid } from './grid_block';
import { gridOf } from './grid_rows';
import { asAsked } from './search_fixture';
import type { BlockData } from './use_block';

const { useAllRows, useRecord, useMedia } = vi.hoisted(() => ({ useAllRows: vi.fn(),
  useRecord: vi.fn(), useMedia: vi.fn() }));
vi.mock('@/api/queries', () => ({ useAllRows, useRecord, kManyRows: 5000,
  useCatalogue: () => ({ data: { packs: [pack] } }) }));
vi.mock('@/lib/use_media', () => ({ useMedia }));
vi.mock('./block_frame', () => ({ BlockFrame: ({ finding, tools, children }: {
  finding?: string; tools: React.ReactNode; children: React.ReactNode; }) => (
  <div><p>{finding}</p>{tools}{children}</div>) }));
vi.mock('@/ui/export_menu', () => ({ ExportMenu: ({ columns }: { columns: string[] }) => (
  <p>{columns.join(' ')}</p>) }));
vi.stubGlobal('ResizeObserver', class { observe() { /* no size here */ } disconnect() { /* */ } });

const text = (word: string) => ({ nl: word, en: word });
const pack = {
  name: 'p', title: text('p'), version: '1', hash: 'h', forms: {
    y: { title: text('y'), plural: text('y'), may: ['read'], fields: {} },
    part: { title: text('part'), plural: text('parts'), may: ['read'], fields: {} },
  }, lists: {
    parts: { title: text('parts'), codes: {
      zuid: { label: text('Zuid') }, noord: { label: text('Noord') },
      oud: { label: text('Oud'), to: '2020-01-01' },
      later: { label: text('Later'), from: '2099-01-01' } } },
    states: { title: text('states'), codes: {
      ready: { label: text('Gereed'), meaning: 'done' }, busy: { label: text('Bezig') } } },
  },
} as unknown as Pack;
const form = {
  title: text('f'), plural: text('f'), fields: {
    place: { type: 'choice', list: 'parts', label: text('Plaats') },
    topic: { type: 'reference', form: 't', label: text('Onderwerp') },
    part: { type: 'reference', form: 'part', label: text('Deel') },
    state: { type: 'choice', list: 'states', label: text('Stand') },
    year: { type: 'reference', form: 'y', label: text('Jaar'), filterable: true },
    before: { type: 'reference', form: 'f', label: text('Vorige') },
  },
} as unknown as Form;
const context: ValueContext = {
  catalogue: { packs: [pack] }, pack, words: makeWords('nl', nl, () => undefined),
  references: { t1: { title: 'Zorg' }, t2: { title: 'Onderwijs' }, y1: { title: '2025' },
    y2: { title: '2026' } },
};
const block: Block = { kind: 'grid', id: 'g', title: text('Stand'), form: 'p/f', rows: 'place',
  across: 'topic', cell: 'state' };

function item(id: string, fields: RecordItem['fields'], changed = '2026-01-01'): RecordItem {
  return { id, title: `Stuk ${id}`, version: 1, fields, changed };
}

const items = [
  item('a', { place: 'noord', topic: 't1', state: 'busy' }, '2026-01-01'),
  item('b', { place: 'noord', topic: 't1', state: 'ready' }, '2026-03-01'),
  item('c', { place: 'noord', topic: 't1', state: 'busy' }, '2026-02-01'),
  item('d', { place: 'noord', topic: 't1', state: 'busy' }, '2025-02-01'),
  item('e', { place: 'noord', topic: 't1', state: 'busy' }, '2024-02-01'),
  item('f', { place: 'zuid', topic: 't2', state: 'ready' }),
];
const today = '2026-06-01';
const options = { rows: 'place', across: 'topic', chosen: {}, today };

// What findingOfGrid needs.
function data(): BlockData {
  return { block, form: { pack, name: 'p/f', form }, context } as unknown as BlockData;
}

type Medium = 'desk' | 'phone' | 'paper';

// A server that filters; returns what it was asked.
function show(some = items, on: Medium = 'desk', of = block, others: RecordItem[] = []) {
  const asked: SearchBody[] = [];
  useAllRows.mockImplementation((body: SearchBody, isWanted = true) => {
    if (isWanted) asked.push(body);
    const found = (body.form === 'p/f' ? some : others).filter(({ fields }) => (
      (body.filters ?? []).every(({ field, any_of: values }) => (
        values?.includes(String(fields[field]))))));
    const data = { items: asAsked(found, body), references: context.references };
    return { data: isWanted ? data : undefined, isPending: false, isError: false,
      isPlaceholderData: false };
  });
  useRecord.mockImplementation((id: string, _: object, isWanted: boolean) => (
    { data: isWanted ? some.find((one) => one.id === id) : undefined }));
  useMedia.mockImplementation((query: string) => on === (query === 'print' ? 'paper' : 'phone'));
  render(<GridBlock desk={{} as never} block={of} form={{ pack, name: 'p/f', form }} />);
  return asked;
}

beforeEach(() => { window.history.replaceState(null, '', '/'); });
afterEach(cleanup);

describe('the rows and columns of a grid', () => {
  it('stand in the order of the list or by name, whatever the cells say', () => {
    for (const some of [items, [...items].reverse()]) {
      const grid = gridOf(context, form.fields, some, options);
      expect(grid.rows.map(({ label }) => label)).toEqual(['Zuid', 'Noord']);
      expect(grid.across.map(({ label }) => label)).toEqual(['Onderwijs', 'Zorg']);
    }
  });

  it('are codes of today and those in use, and records that do not say come last', () => {
    const more = [...items, item('g', { place: 'oud', topic: 't1' }), item('h', { topic: 't1' })];
    const grid = gridOf(context, form.fields, more, options);
    expect(grid.rows.map(({ label }) => label)).toEqual(['Zuid', 'Noord', 'Oud', 'Niet ingevuld']);
  });

  it('are only those that the reader filters on', () => {
    const grid = gridOf(context, form.fields, items.slice(0, 5),
      { ...options, chosen: { place: ['noord'] } });
    expect(grid.rows.map(({ value }) => value)).toEqual(['noord']);
  });

  it('are counted in a sentence, with the cells that are filled', () => {
    const grid = gridOf(context, form.fields, items, options);
    expect(findingOfGrid(data(), grid)).toBe(
      'Rijen (plaats): 2. Kolommen (onderwerp): 2. Gevulde vakken: 2 van 4.');
  });
});

describe('a cell', () => {
  it('links the newest three, and has the others behind "en 2 meer"', () => {
    show();
    const row = screen.getByRole('row', { name: /^Noord/ });
    const cell = within(row).getAllByRole('cell')[1];
    const links = [...cell?.querySelectorAll('a') ?? []];
    expect(links.map((link) => link.getAttribute('href'))).toEqual(
      ['b', 'c', 'a', 'd', 'e'].map((id) => `/records/${id}`));
    expect(cell?.querySelector('details')?.querySelectorAll('a').length).toBe(2);
    expect(cell?.querySelector('summary')?.textContent).toBe('en 2 meer');
  });

  it('shows a code with a meaning by its shape, another by its word alone', () => {
    show();
    expect(screen.getByRole('link', { name: /^Gereed ?: Stuk b$/ }).querySelector('.is-done svg'))
      .toBeTruthy();
    expect(screen.getByRole('link', { name: /^Bezig ?: Stuk a$/ }).querySelector('svg')).toBeNull();
  });

  it('without a record says that nothing is known', () => {
    show();
    expect(screen.getAllByText('Niets bekend').length).toBe(2);
  });
});

describe('a grid of one edition at a time', () => {
  const ofYears: Block = { ...block, one_of: ['year'], previous: 'before' };
  const years = [
    item('old', { place: 'noord', topic: 't1', state: 'busy', year: 'y1' }, '2025-12-01'),
    item('new', { place: 'noord', topic: 't1', state: 'ready', year: 'y2', before: 'old' }),
    item('same', { place: 'zuid', topic: 't1', state: 'ready', year: 'y2', before: 'gone' }),
  ];
  const editions = [item('y1', {}), item('y2', {})].map((one, index) => (
    { ...one, title: String(2025 + index) }));
  const filter = (value: string) => [{ field: 'year', any_of: [value] }];

  it('shows the newest, what was said before, and how many differ', () => {
    show(years, 'desk', ofYears, editions);
    expect(screen.getByRole('combobox', { name: 'Jaar' })).toHaveProperty('value', 'y2');
    expect(screen.getAllByRole('option').map((one) => one.textContent)).toEqual(['2025', '2026']);
    const row = screen.getByRole('row', { name: /^Noord/ });
    expect(within(row).getAllByRole('link').map((link) => link.getAttribute('href')))
      .toEqual(['/records/new']);
    expect(within(row).getByText('Eerder: Bezig')).toBeTruthy();
    expect(screen.getByText(/Anders dan de keer ervoor: 1\./)).toBeTruthy();
  });

  it('asks the server for that edition and for the one before, and never for all', () => {
    const asked = show(years, 'desk', ofYears, editions).filter(({ form: of }) => of === 'p/f');
    expect(asked.map(({ filters }) => filters ?? [])).toEqual([[], filter('y2'), filter('y1')]);
  });

  it('needs no look at the newest where the reader chose', () => {
    window.history.replaceState(null, '', '/?g.f.year=y1');
    const asked = show(years, 'desk', ofYears, editions).filter(({ form: of }) => of === 'p/f');
    expect(asked.map(({ filters }) => filters)).toEqual([filter('y1')]);
    expect(screen.queryByText(/^Eerder/)).toBeNull();
  });
});

it('a row stands there without a value, where the block says which rows there are', () => {
  const parts = [item('p2', {}), item('p1', {})]
    .map((one) => ({ ...one, title: `Deel ${one.id}` }));
  const of: Block = { ...block, rows: 'part', among: 'is_part' };
  const some = [item('a', { part: 'p1', topic: 't1', state: 'busy' }),
    item('b', { part: 'p9', topic: 't1', state: 'busy' })];
  const asked = show(some, 'desk', of, parts);
  expect(asked.find(({ form: name }) => name === 'p/part')?.where).toBe('is_part');
  expect(screen.getAllByRole('rowheader').map((one) => one.textContent))
    .toEqual(['Deel p1', 'Deel p2', 'p9']);
  const isLinked = (one: HTMLElement) => one.querySelector('a') !== null;
  expect(screen.getAllByRole('rowheader').map(isLinked)).toEqual([true, true, false]);
  expect(screen.getByText('Rijen (deel): 3. Kolommen (onderwerp): 1. Gevulde vakken: 2 van 3.'))
    .toBeTruthy();
});

it('on a phone each row is a list under its name', () => {
  show(items, 'phone');
  expect(screen.queryByRole('table')).toBeNull();
  expect(screen.getAllByRole('heading', { level: 3 }).map((one) => one.textContent))
    .toEqual(['Zuid', 'Noord']);
  expect(screen.getAllByRole('term').map((one) => one.textContent))
    .toEqual(['Onderwijs', 'Zorg', 'Onderwijs', 'Zorg']);
});

it('on a phone many rows are closed at first', () => {
  const many = ['v', 'w', 'x', 'y', 'z'].map((topic) => item(topic, { topic, place: topic }));
  show(many, 'phone');
  const details = [...document.querySelectorAll('details')];
  expect(details.length).toBeGreaterThan(4);
  expect(details.every((one) => !one.open)).toBe(true);
});

describe('on paper', () => {
  const wide = (n: number) => Array.from({ length: n },
    (_, i) => item(`i${i}`, { topic: `t${i}`, place: 'noord', state: 'busy' }));
  const begin = (event: string) => { act(() => { window.dispatchEvent(new Event(event)); }); };

  it('few columns stay a table, and many are a list, as they would be cut off', () => {
    show(wide(3), 'paper');
    expect(screen.getByRole('table')).toBeTruthy();
    cleanup();
    show(wide(4), 'paper');
    expect(screen.queryByRole('table')).toBeNull();
    expect(screen.getAllByRole('term').length).toBe(8);
  });

  it('is told by the browser before it prints, and the table is back after', () => {
    show(wide(4));
    begin('beforeprint');
    expect(screen.queryByRole('table')).toBeNull();
    begin('afterprint');
    expect(screen.getByRole('table')).toBeTruthy();
  });
});

it('an export has the columns of the grid', () => {
  show();
  expect(screen.getByText('place topic state')).toBeTruthy();
});
