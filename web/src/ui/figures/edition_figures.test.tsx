// An edition on the page: what stands beside its figures, what is hidden, and what is compared with
// the edition before and what never. Rendered with made-up figures; rows are read from the tables.
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { DimensionValue, FrozenFigures, FrozenIndicator } from '@/api/indicators';
import { EditionFigures } from './edition_figures';

const text = (word: string) => ({ nl: word, en: word });

vi.mock('@/api/queries', () => ({ useCatalogue: () => ({ data: { packs: [{
  name: 'p', title: text('p'), version: '1', hash: 'h',
  forms: { open: { title: text('Open'), fields: {}, may: ['read'] } } }] } }) }));
const saved = vi.hoisted(() => vi.fn());
vi.mock('@/lib/download', () => ({ download: saved }));
vi.mock('@/lib/use_width', () => ({ useWidth: () => [{ current: null }, 400] }));

const value = (code: string, figure: Omit<DimensionValue, 'code' | 'label'>): DimensionValue => (
  { code, label: text(`label ${code}`), ...figure });

function indicator(more: Partial<FrozenIndicator> = {}): FrozenIndicator {
  return {
    name: 'p/i', title: text('Aantal'), definition: text('Wat telt.'), unit: text('stuks'),
    measure: 'count', perspective: text('De redactie'),
    source: { title: text('Register'), kind: 'register' },
    pack: { name: 'p', title: text('p'), version: '1', hash: 'h' },
    form: { name: 'p/open', title: text('Stukken') }, already_public: false, threshold: 5,
    total: { number: '1234', before: '1000' },
    dimensions: [{ id: 'd', title: text('Soort'), by: 'value', values: [
      value('b', { number: '3', before: '1500' }), value('a', { number: '1231' }),
      value('c', { number: null, withheld: true, before: '7' })] }],
    ...more,
  };
}

function edition(more: Partial<FrozenFigures> = {}): FrozenFigures {
  return { on: '2026-06-30', known_at: '2026-07-01T10:00:00.000000Z',
    released: '2026-07-02T09:00:00.000000Z', before: { record: 'r0', on: '2025-12-31' },
    indicators: [indicator()], ...more };
}

function without(whole: FrozenFigures, ...keys: (keyof FrozenFigures)[]): FrozenFigures {
  return Object.fromEntries(Object.entries(whole)
    .filter(([key]) => !(keys as string[]).includes(key))) as unknown as FrozenFigures;
}

function show(of: FrozenFigures, file?: string) {
  return render(<EditionFigures title="De cijfers" edition={of} file={file}
    references={{ r9: { title: 'Editie negen' } }} />);
}

const rowsOf = (name: string) => within(screen.getByRole('table', { name })).getAllByRole('row')
  .map((row) => [...row.children].map((cell) => cell.textContent));

afterEach(() => {
  cleanup();
  saved.mockReset();
  vi.unstubAllGlobals();
});

describe('an edition', () => {
  it('says its day, what was known, when it was published, and leads to the one before', () => {
    show(edition({ corrects: 'r9' }));
    screen.getByText('30 juni 2026');
    screen.getByText('op 1 juli 2026 om 12:00');
    screen.getByText('2 juli 2026 om 11:00');
    expect(screen.getByRole('link', { name: 'De editie met peildatum 31 december 2025' })
      .getAttribute('href')).toBe('/records/r0');
    expect(screen.getByRole('link', { name: 'Editie negen' }).getAttribute('href'))
      .toBe('/records/r9');
    expect(screen.queryByText(/Dit is een concept/)).toBeNull();
  });

  it('says of which days an indicator counted, and nothing where it counts all', () => {
    const days = { first: '2026-01-01', last: '2026-06-30' };
    const before = { first: '2025-07-01', last: '2025-12-31' };
    show(edition({ indicators: [indicator({ days, before_days: before })] }));
    screen.getByText('1 januari 2026 t/m 30 juni 2026');
    screen.getByText('Vorige editie, van 1 juli 2025 t/m 31 december 2025: 1.000.');
    cleanup();
    show(edition());
    expect(screen.queryByText('Welke dagen tellen mee')).toBeNull();
  });

  it('that was not published says plainly that it is a draft', () => {
    show(without(edition(), 'released', 'before'));
    screen.getByText('Dit is een concept. Deze cijfers zijn nog niet gepubliceerd.');
    screen.getByText('nog niet');
    screen.getByText('er is geen eerdere editie');
  });

  it('has beside its number the definition, who says so and the source', () => {
    show(edition());
    for (const word of ['stuks', 'Wat telt.', 'De redactie', 'Register']) screen.getByText(word);
    screen.getByText('1.234', { selector: '.indicator-number' });
    screen.getByText('Vorige editie: 1.000.');
    expect(screen.getByRole('link', { name: 'Stukken' }).getAttribute('href'))
      .toBe('/registers/p/open');
  });

  it('names the form without a link for who may not read it', () => {
    show(edition({ indicators: [indicator({ form: { name: 'p/gone', title: text('Weg') } })] }));
    screen.getByText('Weg');
    expect(screen.queryByRole('link', { name: 'Weg' })).toBeNull();
  });
});

describe('what is different from the edition before', () => {
  const name = 'Wat is anders dan op 31 december 2025?';

  it('stands in one table, with the values that changed and without a judgement', () => {
    show(edition());
    expect(rowsOf(name)).toEqual([['Cijfer', 'Vorige editie', 'Deze editie', 'Anders?'],
      ['Aantal (stuks)', '1.000', '1.234',
        'andersWaarden die anders zijn: 1Soort, label b: van 1.500 naar 3']]);
  });

  it('says what is the same, and what no one can compare', () => {
    show(edition({ indicators: [
      indicator({ name: 'p/a', total: { number: '7.0', before: '7' }, dimensions: [] }),
      indicator({ name: 'p/b', total: { number: '7' }, dimensions: [] }),
      indicator({ name: 'p/c', total: { number: null, withheld: true, before: '3' },
        dimensions: [] }),
      indicator({ name: 'p/d', definition_changed: true })] }));
    expect(rowsOf(name).slice(1).map(([, before, , said]) => [before, said])).toEqual([
      ['7', 'gelijk'], ['–', 'niet te vergelijken'], ['3', 'niet te vergelijken'],
      ['–', 'niet te vergelijken: de definitie is anders']]);
  });

  it('is left out of the first edition', () => {
    show(without(edition(), 'before'));
    expect(screen.queryByText(/^Wat is anders/)).toBeNull();
  });
});

describe('the table of a dimension', () => {
  it('keeps the order that it got, and hides what is hidden', () => {
    show(edition());
    expect(rowsOf('Aantal. Naar Soort')).toEqual([
      ['Soort', 'Aantal (stuks)', 'Vorige editie'],
      ['label b', '3', '1.500'], ['label a', '1.231', 'niet te vergelijken'],
      ['label c', 'niet getoond', '7'],
    ]);
    screen.getByText(/^Niet getoond: verborgen zodat niemand te herkennen is\./);
  });

  it('stands alone where the definition changed, and says why', () => {
    show(edition({ indicators: [indicator({ definition_changed: true })] }));
    expect(rowsOf('Aantal. Naar Soort')[0]).toEqual(['Soort', 'Aantal (stuks)']);
    expect(screen.queryByText(/^Vorige editie:/)).toBeNull();
    screen.getByText(/De definitie is anders dan in de vorige editie\./);
  });

  it('stands alone where there is no edition before', () => {
    show(without(edition(), 'before'));
    expect(rowsOf('Aantal. Naar Soort')[0]).toEqual(['Soort', 'Aantal (stuks)']);
    expect(screen.queryByText(/niet te vergelijken/)).toBeNull();
  });

  it('says it where nothing of it can be compared', () => {
    show(edition({ indicators: [indicator({ total: { number: '4' }, dimensions: [
      { id: 'd', title: text('Soort'), by: 'value', values: [value('a', { number: '4' })] }] })],
    }));
    expect(rowsOf('Aantal. Naar Soort')[0]).toEqual(['Soort', 'Aantal (stuks)']);
    expect(screen.getAllByText('Dit is niet te vergelijken met de vorige editie.')).toHaveLength(2);
  });

  it('says of how many rows the value is known, for what is added up', () => {
    show(edition({ indicators: [indicator({ measure: 'rate', of: text('Lekken'),
      by: text('Oppervlakte'), per: 1000, total: { number: '1.5', rows: 1300, valued: 1298 },
      dimensions: [{ id: 'd', title: text('Soort'), by: 'value', values: [
        value('a', { number: '1.5', rows: 1300, valued: 1298 }), value('b', { number: null })] }],
    })] }));
    screen.getByText('Lekken');
    screen.getByText('Oppervlakte (het cijfer is per 1.000)');
    screen.getByText('Van 2 getelde rijen ontbreekt de waarde. Ze zijn niet opgeteld.');
    expect(rowsOf('Aantal. Naar Soort')).toEqual([
      ['Soort', 'Aantal (stuks)', 'Waarvan geteld'],
      ['label a', '1,5', '1.298 van 1.300'], ['label b', 'geen cijfer', '–']]);
  });
});

describe('the picture of a dimension', () => {
  it('draws what is hidden as a dotted line, not as a bar of nothing', () => {
    const { container } = show(edition());
    expect(container.querySelectorAll('.fc-bar')).toHaveLength(2);
    expect(container.querySelectorAll('.fc-withheld')).toHaveLength(1);
    expect([...container.querySelectorAll('.figure-chart text')].map((one) => one.textContent))
      .toContain('niet getoond');
  });

  it('breaks its line where a period is hidden or missing', () => {
    const years = ['2017', '2018', '2019', '2020', '2022', '2023', '2024'];
    const { container } = show(edition({ indicators: [indicator({ dimensions: [
      { id: 'y', title: text('Jaar'), by: 'year', values: years.map((year) => (
        value(year, year === '2019' ? { number: null, withheld: true } : { number: '5' }))) }] })],
    }));
    expect(container.querySelectorAll('.fc-line')).toHaveLength(2);
    expect(container.querySelectorAll('.fc-point')).toHaveLength(6);
    expect(container.querySelectorAll('.fc-withheld')).toHaveLength(1);
  });

  it('half years follow each other over the turn of the year', () => {
    const halves = ['2024-H1', '2024-H2', '2025-H1', '2025-H2', '2026-H2'];
    const { container } = show(edition({ indicators: [indicator({ dimensions: [
      { id: 'h', title: text('Halfjaar'), by: 'half_year', values: halves.map((half) => (
        value(half, { number: '5' }))) }] })] }));
    const [line, ...others] = [...container.querySelectorAll('.fc-line')];
    expect(others).toHaveLength(0);
    expect(line?.getAttribute('d')?.split('L')).toHaveLength(4);
  });
});

describe('the figures as a file', () => {
  const path = '/v1/open-data/editions/r1/figures';
  const asked = () => vi.mocked(fetch).mock.calls.map(([from]) => from);
  const take = (format: string) => {
    fireEvent.click(screen.getByRole('button', { name: 'Exporteren: De cijfers' }));
    fireEvent.click(screen.getByRole('button', { name: format }));
  };

  it('are the file of the server, in the language of the page', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response('a,b\r\n'))));
    show(edition(), path);
    take('CSV');
    await waitFor(() => { expect(saved).toHaveBeenCalledOnce(); });
    expect(asked()).toEqual([`${path}?format=csv&language=nl`]);
    expect(saved.mock.calls[0]?.[0]).toBe('cijfers-2026-06-30.csv');
  });

  it('are there as a workbook too', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response('x'))));
    show(edition(), path);
    take('Excel (XLSX)');
    await waitFor(() => { expect(saved).toHaveBeenCalledOnce(); });
    expect(asked()).toEqual([`${path}?format=xlsx&language=nl`]);
  });

  it('go as a picture with what they count, of which day, and from where', async () => {
    show(edition());
    fireEvent.click(screen.getByRole('button', { name: 'Exporteren: Aantal. Naar Soort' }));
    fireEvent.click(screen.getByRole('button', { name: 'SVG' }));
    await waitFor(() => { expect(saved).toHaveBeenCalledOnce(); });
    expect(saved.mock.calls[0]?.[0]).toBe('p-i-d.svg');
    const svg = await (saved.mock.calls[0]?.[1] as Blob).text();
    const words = [...new DOMParser().parseFromString(svg, 'image/svg+xml')
      .querySelectorAll('svg > text')].map(({ textContent }) => textContent).join(' ');
    expect(words).toBe('Aantal. Naar Soort (stuks) Definitie: Wat telt. Peildatum: 30 juni 2026. '
      + 'Wie zegt dit? De redactie. Bron: Register.');
  });

  it('say why when they do not come', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(
      Response.json({}, { status: 404 }))));
    show(edition(), path);
    take('CSV');
    await screen.findByText('Deze pagina bestaat niet');
    expect(saved).not.toHaveBeenCalled();
  });

  it('are not offered where the page shows an earlier draft', () => {
    show(edition());
    expect(screen.queryByRole('button', { name: 'Exporteren: De cijfers' })).toBeNull();
  });

  it('draws the first of very many values, and all of them when asked', () => {
    const values = Array.from({ length: 501 }, (_, index) => value(`${index}`, { number: '1' }));
    const dimensions = [{ id: 'd', title: text('Soort'), by: 'value' as const, values }];
    const { container } = show(edition({ indicators: [indicator({ dimensions })] }));
    const rows = () => container.querySelectorAll('.figure-box tbody tr').length;
    expect(rows()).toBe(100);
    screen.getByText('en 401 meer');
    fireEvent.click(screen.getByText('Toon alle 501'));
    expect(rows()).toBe(501);
    expect(screen.queryByText('en 401 meer')).toBeNull();
  });

  it('draws all values where there are not so many', () => {
    const values = Array.from({ length: 500 }, (_, index) => value(`${index}`, { number: '1' }));
    const dimensions = [{ id: 'd', title: text('Soort'), by: 'value' as const, values }];
    const { container } = show(edition({ indicators: [indicator({ dimensions })] }));
    expect(container.querySelectorAll('.figure-box tbody tr').length).toBe(500);
  });
});
