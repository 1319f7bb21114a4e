// A map: which place stands on which tile, what a tile says, what stands beside it, and that values
// of another choice are never on it.
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Block, Form, Pack, RecordItem, SearchBody } from '@/api/types';
import MapBlock from './map_block';
import { placeRows, placesOf } from './map_rows';
import { asAsked } from './search_fixture';

const { useAllRows, useMedia } = vi.hoisted(() => ({ useAllRows: vi.fn(), useMedia: vi.fn() }));
vi.mock('@/api/queries', () => ({ kManyRows: 5000,
  useAllRows, useCatalogue: () => ({ data: { packs: [pack] } }) }));
vi.mock('@/lib/use_media', () => ({ useMedia }));
vi.mock('./block_frame', () => ({ BlockFrame: ({ finding, tools, data, children }: {
  finding?: string; tools: React.ReactNode; data: { body: SearchBody };
  children: React.ReactNode; }) => (
  <div><p>{finding}</p><p>{JSON.stringify(data.body)}</p>{tools}{children}</div>) }));
vi.stubGlobal('ResizeObserver', class { observe() { /* no size here */ } disconnect() { /* */ } });

const text = (word: string) => ({ nl: word, en: word });
const pack = {
  name: 'p', title: text('p'), version: '1', hash: 'h', lists: {
    topics: { title: text('topics'), codes: {
      care: { label: text('Zorg') }, school: { label: text('School') } } },
    states: { title: text('states'), codes: {
      ready: { label: text('Gereed'), meaning: 'done' }, other: { label: text('Anders') } } },
  },
  forms: {
    place: { title: text('Plaats'), plural: text('Plaatsen'), may: ['read'], fields: {
      name: { type: 'text', label: text('Naam') }, brief: { type: 'text', label: text('Kort') },
      x: { type: 'integer', label: text('Kolom') }, y: { type: 'integer', label: text('Rij') } } },
    look: { title: text('Blik'), plural: text('Blikken'), may: ['read', 'export'], fields: {
      place: { type: 'reference', form: 'place', label: text('Plaats') },
      topic: { type: 'choice', list: 'topics', label: text('Onderwerp') },
      year: { type: 'choice', list: 'years', label: text('Jaar') },
      state: { type: 'choice', list: 'states', label: text('Stand') },
      count: { type: 'integer', label: text('Aantal') },
      seen: { type: 'date', label: text('Peildatum') },
      before: { type: 'reference', form: 'look', label: text('Vorige') } } },
  },
} as unknown as Pack;
const form = { pack, name: 'p/look', form: pack.forms.look as Form };
const block: Block = { kind: 'map', id: 'm', title: text('Kaart'), form: 'look', places: 'place',
  among: 'x > 0', column: 'x', row: 'y', short: 'brief', one_of: ['topic', 'year'], cell: 'state',
  date: 'seen', columns: ['count'] };

function item(id: string, title: string, fields: RecordItem['fields']): RecordItem {
  return { id, title, version: 1, fields, changed: '2026-01-01' };
}

const places = [
  item('n', 'De Noordhoek', { brief: 'N.hoek', x: 2, y: 1 }),
  item('z', 'Zuid', { x: 2, y: 3 }),
  item('a', 'Achter', { x: 2, y: 3 }),          // where Zuid would stand
  item('w', 'Weg', { x: 4 }),                   // half a position
];
const look = (id: string, place: string | undefined, topic: string, year: string, state: string,
  seen: string) => item(id, `Blik ${id}`, { ...(place ? { place } : {}), topic, year, state,
  count: 1200, seen });
const looks = [
  look('1', 'n', 'care', '2025', 'ready', '2025-07-01'),
  look('2', 'n', 'care', '2025', 'other', '2025-06-01'),
  look('3', 'n', 'care', '2024', 'other', '2024-07-01'),
  look('4', 'n', 'school', '2025', 'other', '2025-12-01'),
  look('5', 'z', 'care', '2025', 'ready', '2025-07-01'),
  look('6', 'elders', 'care', '2025', 'other', '2025-07-01'),
  look('7', undefined, 'care', '2025', 'other', '2025-07-01'),
];

interface Asked { bodies: SearchBody[] }

// The server narrows by the first choice alone; `stale`: it gives what was asked before.
function show({ some = looks, isPhone = false, stale = false, of = block } = {}): Asked {
  const asked: Asked = { bodies: [] };
  useMedia.mockReturnValue(isPhone);
  useAllRows.mockImplementation((body: SearchBody, isWanted = true) => {
    if (isWanted) asked.bodies.push(body);
    const items = asAsked(body.form === 'p/place' ? places : some, body);
    return { data: { items, references: { elders: { title: 'Elders' } } }, isPending: false,
      isError: false, isPlaceholderData: stale && body.form === 'p/look' };
  });
  render(<MapBlock desk={{} as never} block={of} form={form} />);
  return asked;
}

const tiles = () => within(screen.getByRole('group', { name: /^Kaart van tegels/ }))
  .getAllByRole('link');
const said = () => tiles().map((tile) => tile.querySelector('.visually-hidden')?.textContent);

beforeEach(() => { window.history.replaceState(null, '', '/'); useAllRows.mockReset(); });
afterEach(cleanup);

describe('places', () => {
  const rows = placeRows(placesOf(places, { column: 'x', row: 'y', short: 'brief' }), looks, {
    places: 'place', date: 'seen', nameOf: (id) => id || 'Niet ingevuld', lang: 'nl' });

  it('never stand on each other: the first by name has the tile', () => {
    expect(rows.placed.map(({ place }) => place.name)).toEqual(['Achter', 'De Noordhoek']);
    const at = rows.placed.map(({ column, row }) => `${String(column)} ${String(row)}`);
    expect(new Set(at).size).toBe(at.length);
  });

  it('without a tile stand beside the map, as do records of no place: none is lost', () => {
    expect(rows.beside.map(({ place }) => place.name))
      .toEqual(['elders', 'Niet ingevuld', 'Weg', 'Zuid']);
    const kept = [...rows.placed, ...rows.beside].flatMap(({ items }) => items);
    expect(kept.map(({ id }) => id).sort()).toEqual(looks.map(({ id }) => id));
  });

  it('have their newest record first, by its reference date', () => {
    const north = rows.placed.find(({ place }) => place.id === 'n');
    expect(north?.items.map(({ id }) => id)).toEqual(['4', '1', '2', '3']);
  });

  it('keep their order whatever their values are', () => {
    const other = placeRows(placesOf([...places].reverse(), { column: 'x', row: 'y' }),
      [...looks].reverse(), { places: 'place', date: undefined, nameOf: (id) => id, lang: 'nl' });
    expect(other.placed.map(({ place }) => place.id)).toEqual(['a', 'n']);
  });
});

describe('the time before', () => {
  const ofBefore: Block = { ...block, previous: 'before' };
  const some = looks.map((each) => (each.id !== '1' ? each
    : { ...each, fields: { ...each.fields, before: '3' } }));

  it('marks the tile that said something else, and is told in its sentence', () => {
    show({ some, of: ofBefore });
    const marked = tiles().map((tile) => tile.classList.contains('is-marked'));
    expect(marked).toEqual([true, false]);
    expect(said()[0]).toContain('Eerder: Anders');
    expect(screen.getByText(/Anders dan de keer ervoor: 1\./)).toBeTruthy();
    expect(screen.getByText('Anders dan de keer ervoor')).toBeTruthy();
  });

  it('stands under the value in a table', () => {
    show({ some, of: ofBefore, isPhone: true });
    expect(screen.getByRole('row', { name: /De Noordhoek.*Eerder: Anders/ })).toBeTruthy();
  });
});

describe('a map', () => {
  it('shows one topic and one year: the first, and the newest of it', () => {
    const { bodies } = show();
    expect(said()).toEqual([
      'N.hoek, De Noordhoek: Gereed. Aantal: 1.200; Peildatum: 1 juli 2025; en 1 meer.',
      'Achter: Niets bekend.']);
    expect(screen.getByText('Plaatsen: 6. Met een waarde: 4.')).toBeTruthy();
    expect(bodies).toContainEqual({ form: 'p/place', where: 'x > 0' });
    expect(bodies).toContainEqual({ form: 'p/look',
      fields: ['place', 'state', 'seen', 'count', 'topic', 'year'],
      filters: [{ field: 'topic', any_of: ['care'] }] });
  });

  it('has its choice in the address, and asks and exports that alone', () => {
    window.history.replaceState(null, '', '/?m.f.topic=care&m.f.year=2024');
    show();
    expect(said()[0]).toContain('N.hoek, De Noordhoek: Anders.');
    expect(screen.getByText(JSON.stringify({ form: 'p/look', filters: [
      { field: 'topic', any_of: ['care'] }, { field: 'year', any_of: ['2024'] }] }))).toBeTruthy();
    cleanup();
    show();
    fireEvent.change(screen.getByLabelText('Onderwerp'), { target: { value: 'school' } });
    expect(new URLSearchParams(window.location.search).get('m.f.topic')).toBe('school');
  });

  it('takes an unknown choice for none, and never mixes what it gets', () => {
    window.history.replaceState(null, '', '/?m.f.topic=weg');
    show();
    expect(screen.getByLabelText<HTMLSelectElement>('Onderwerp').value).toBe('care');
    expect(said().join(' ')).not.toContain('1 december 2025');
  });

  it('shows no tile while it still holds what was chosen before', () => {
    show({ stale: true });
    expect(screen.queryByRole('group', { name: /^Kaart van tegels/ })).toBeNull();
  });

  it('tells a state by shape and word, and another code by its word', () => {
    show();
    const [north] = tiles();
    expect(north?.className).toContain('is-done');
    expect(north?.querySelector('svg path')).toBeTruthy();
    expect(north?.querySelector('.tile-value')?.textContent).toBe('Gereed');
    cleanup();
    window.history.replaceState(null, '', '/?m.f.topic=school');
    show();
    expect(tiles()[0]?.querySelector('svg')).toBeNull();
    expect(tiles()[0]?.querySelector('.tile-value')?.textContent).toBe('Anders');
  });

  it('leads to the record, or without one to the place, and has one stop for the Tab key', () => {
    show();
    expect(tiles().map((tile) => tile.getAttribute('href'))).toEqual(['/records/1', '/records/a']);
    expect(tiles().map((tile) => tile.tabIndex)).toEqual([0, -1]);
    tiles()[0]?.focus();
    fireEvent.keyDown(tiles()[0] as Element, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(tiles()[1]);
    expect(tiles().map((tile) => tile.tabIndex)).toEqual([-1, 0]);
    expect(document.querySelector('.tile-detail')?.textContent).toBe('Achter: Niets bekend.');
  });

  it('lists beside it what has no tile', () => {
    show();
    const table = screen.getByRole('table', { name: 'Niet op de kaart' });
    const rows = within(table).getAllByRole('row');
    expect(rows.slice(1).map((row) => within(row).getByRole('rowheader').textContent))
      .toEqual(['Elders', 'Niet ingevuld', 'Weg', 'Zuid']);
  });
});

it('as a table, and on a phone, every place and every record has a row, by name', () => {
  show({ isPhone: true });
  expect(screen.queryByRole('group', { name: /^Kaart van tegels/ })).toBeNull();
  const rows = within(screen.getByRole('table', { name: 'Kaart' })).getAllByRole('row').slice(1);
  expect(rows.map((row) => within(row).getByRole('rowheader').textContent))
    .toEqual(['Achter', 'De Noordhoek', 'De Noordhoek', 'Elders', 'Niet ingevuld', 'Weg', 'Zuid']);
  expect(within(rows[1] as HTMLElement).getByRole('link', { name: /^Gereed ?: Blik 1$/ })
    .getAttribute('href')).toBe('/records/1');
});
