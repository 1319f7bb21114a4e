// What is told of rows of which it cannot be determined whether they belong in a block.
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Block } from '@/api/types';
import type { ValueContext } from '@/ui/values/field_value';
import { UndeterminedRows } from './undetermined_rows';

const { useAllRows } = vi.hoisted(() => ({ useAllRows: vi.fn() }));
vi.mock('@/api/queries', () => ({ kPictureRows: 1000, useAllRows }));

const text = { nl: 'Blok', en: 'Block' };
const block: Block = { kind: 'register', id: 'b', title: text, form: 'a/b', where: 'n > 1' };
const context = {
  words: {
    lang: 'nl', l: (said: typeof text) => said.nl,
    t: (key: string, holes?: Record<string, string>) => `${key} ${JSON.stringify(holes ?? {})}`,
  },
} as unknown as ValueContext;
const refetch = vi.fn();

function show(rows: unknown) {
  useAllRows.mockReturnValue(rows);
  render(<UndeterminedRows block={block} body={{ form: 'a/b', where: 'n > 1' }} plural="dingen"
    context={context} />);
}

beforeEach(() => { useAllRows.mockReset(); refetch.mockReset(); });
afterEach(cleanup);

describe('rows of which it cannot be determined', () => {
  it('are counted and linked, and say when there are more', () => {
    show({ data: { items: [{ id: '1', title: 'Een' }], next: 'more' } });
    expect(useAllRows).toHaveBeenCalledWith(
      { form: 'a/b', where: 'n > 1', undetermined: true }, true);
    expect(screen.getByText(/desk.undetermined/).textContent).toContain('"plural":"dingen"');
    expect(screen.getByText('Een').getAttribute('href')).toContain('/records/1');
    expect(screen.getByText(/desk.first/).textContent).toContain('"n":"1"');
  });

  it('are not spoken of where there are none', () => {
    show({ data: { items: [] } });
    expect(document.body.textContent).toBe('');
  });

  it('are not left out in silence when they cannot be asked for', () => {
    show({ isError: true, error: new Error('away'), refetch });
    expect(screen.getByRole('alert')).toBeTruthy();
    fireEvent.click(screen.getByRole('button'));
    expect(refetch).toHaveBeenCalled();
  });
});
