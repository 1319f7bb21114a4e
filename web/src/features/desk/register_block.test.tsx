// The first rows of a register on a desk: how many there are is said, and a part is never counted
// as if it were all.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Block, Form, Pack } from '@/api/types';
import { RegisterBlock } from './register_block';

const { useAllRows } = vi.hoisted(() => ({ useAllRows: vi.fn() }));
vi.mock('@/api/queries', () => ({
  useAllRows, useCatalogue: () => ({ data: { packs: [pack] } }) }));
vi.mock('@/lib/use_media', () => ({ useMedia: () => false }));
vi.mock('./undetermined_rows', () => ({ UndeterminedRows: () => null }));
vi.mock('@/ui/export_menu', () => ({ ExportMenu: () => null }));
vi.stubGlobal('ResizeObserver', class { observe() { /* no size here */ } disconnect() { /* */ } });

const text = (word: string) => ({ nl: word, en: word });
const state = { id: 'open', label: text('Loopt'), meaning: 'running' };
const pack = { name: 'p', title: text('p'), version: '1', hash: 'h', processes: {}, forms: {
  thing: { title: text('Ding'), plural: text('Dingen'), may: ['read'], name: ['what'], fields: {
    what: { type: 'text', label: text('Wat') }, kind: { type: 'text', label: text('Soort') } } } },
} as unknown as Pack;
const form = { pack, name: 'p/thing', form: pack.forms.thing as Form };
const block: Block = { kind: 'register', id: 'r', title: text('Lijst'), form: 'thing',
  columns: ['what', 'kind'] };

function show(count: number, next?: string) {
  const items = Array.from({ length: count }, (_, i) => ({ id: `r${i}`, title: `Ding ${i}`,
    version: 1, state, fields: { what: `Ding ${i}`, kind: 'x' } }));
  useAllRows.mockReturnValue({ data: { items, references: {}, ...(next ? { next } : {}) },
    isPending: false, isError: false });
  render(<RegisterBlock desk={{ id: 'd', pack } as never} block={block} form={form} />);
}

afterEach(cleanup);

describe('a register on a desk', () => {
  it('counts what it was given where that is all, and shows the first rows', () => {
    show(30);
    expect(screen.getByRole('status').textContent).toMatch(/^30 dingen\. .+: 30\.$/);
    expect(screen.getByText('De eerste 25 van 30. Alles staat in het register.')).toBeTruthy();
    expect(screen.getAllByRole('row')).toHaveLength(26);
    expect(useAllRows.mock.lastCall?.slice(1)).toEqual([true, 200]);
  });

  it('says of more that there are more, and counts no state of a part', () => {
    show(200, 'c');
    expect(screen.getByRole('status').textContent).toBe('Meer dan 200 dingen.');
    expect(screen.getByText('De eerste 25 van meer dan 200. Alles staat in het register.'))
      .toBeTruthy();
    expect(screen.queryByText(/getekend/)).toBeNull();
  });
});
