// Amounts of a group: bars only where all are for the same period, and each cell with its own name,
// by which a phone shows a row as a card.
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Block, Fields, Form, Pack } from '@/api/types';
import { AmountsBlock, commonPeriod } from './amounts_block';

const { useAllRows } = vi.hoisted(() => ({ useAllRows: vi.fn() }));
vi.mock('@/api/queries', () => ({
  useAllRows, useCatalogue: () => ({ data: { packs: [pack] } }) }));
vi.mock('./undetermined_rows', () => ({ UndeterminedRows: () => null }));
vi.mock('@/ui/export_menu', () => ({ ExportMenu: () => null }));
vi.stubGlobal('ResizeObserver', class { observe() { /* no size here */ } disconnect() { /* */ } });

const text = (word: string) => ({ nl: word, en: word });
const pack = { name: 'p', title: text('p'), version: '1', hash: 'h', processes: {}, forms: {
  gift: { title: text('Gift'), plural: text('Giften'), may: ['read'], name: ['what'],
    audience: 'public', subject: 'none', fields: {
      what: { type: 'text', label: text('Wat') }, sum: { type: 'money', label: text('Bedrag') },
      since: { type: 'uncertain_date', label: text('Vanaf') },
      until: { type: 'uncertain_date', label: text('Tot') },
      place: { type: 'text', label: text('Plek') } } } } } as unknown as Pack;
const form = { pack, name: 'p/gift', form: pack.forms.gift as Form };
const block = { kind: 'amounts', id: 'money', title: text('Geld'), form: 'gift', amount: 'sum',
  from: 'since', to: 'until', label: 'what', group_by: 'place' } as unknown as Block;

const year = (of: string) => ({ first: `${of}-01-01`, last: `${of}-12-31`, words: of });

function show(...rows: Fields[]) {
  const items = rows.map((fields, i) => ({ id: `g${i}`, title: String(fields['what']), version: 1,
    fields }));
  useAllRows.mockReturnValue(
    { data: { items, references: {} }, isPending: false, isError: false });
  render(<AmountsBlock desk={{ id: 'd', pack } as never} block={block} form={form} />);
}

const widths = (table: HTMLElement) => [...table.querySelectorAll('.amount-bar rect')]
  .map((bar) => Number(bar.getAttribute('width')));

afterEach(cleanup);

describe('amounts', () => {
  it('of one period have bars to scale, which say nothing that the figures do not', () => {
    show({ what: 'Zaad', sum: '200.00', place: 'Voor', since: year('2026'), until: year('2027') },
      { what: 'Mest', sum: '50.00', place: 'Voor', since: year('2026'), until: year('2027') },
      { what: 'Hark', place: 'Voor', since: year('2026'), until: year('2027') });
    const table = screen.getByRole('table', { name: 'Voor' });
    expect(widths(table)).toEqual([100, 25]);
    expect([...table.querySelectorAll('svg')].every((bar) => bar.ariaHidden === 'true'
      || bar.getAttribute('aria-hidden') === 'true')).toBe(true);
    expect(screen.getByText(/2026.*2027/, { selector: 'p' })).toBeTruthy();
  });

  it('of several periods, or alone, have none', () => {
    show({ what: 'Zaad', sum: '200.00', place: 'Voor', since: year('2026'), until: year('2026') },
      { what: 'Mest', sum: '50.00', place: 'Voor', since: year('2025'), until: year('2025') },
      { what: 'Hark', sum: '9.00', place: 'Achter', since: year('2026'), until: year('2026') });
    expect(screen.getAllByRole('table').flatMap(widths)).toEqual([]);
    expect(commonPeriod([undefined, undefined])).toBeNull();
  });

  it('are told by name in every cell, as a card on a phone has no head of a table', () => {
    show({ what: 'Zaad', sum: '200.00', place: 'Voor', since: year('2026'), until: year('2027') },
      { what: 'Mest', place: 'Voor', since: year('2026') });
    const table = screen.getByRole('table', { name: 'Voor' });
    expect(table.classList.contains('record-table')).toBe(true);
    const heads = within(table).getAllByRole('columnheader').map((one) => one.textContent);
    for (const row of within(table).getAllByRole('row').slice(1)) {
      const cells = within(row).getAllByRole('cell').filter((one) => one.className !== 'bar-cell');
      expect(cells.map((one) => one.dataset['title'])).toEqual(heads.slice(1));
    }
    expect(screen.getByText('sinds 2026')).toBeTruthy();
  });
});
