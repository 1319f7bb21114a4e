// A number on a desk: what stands beside it, and what is said when it does not come.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import type { DeskRef } from '@/api/metadata';
import { ApiProblem } from '@/api/problem';
import type { Block } from '@/api/types';
import { LanguageProvider } from '@/lib/i18n';
import IndicatorBlock from './indicator_block';

const { useIndicator } = vi.hoisted(() => ({ useIndicator: vi.fn() }));
vi.mock('@/api/indicators', () => ({ useIndicator }));
vi.mock('@/api/queries', () => ({ useCatalogue: () => ({ data: { packs: [] } }) }));

const text = (nl: string) => ({ nl, en: nl });
const data = {
  name: 'p/i', title: text('Gezegd'), definition: text('Alles telt één keer.'),
  unit: text('dingen'),
  measure: 'count', perspective: text('Volgens ons'), source: { title: text('Brief'), kind: 'x' },
  pack: { name: 'p', title: text('P'), version: '1', hash: 'a' },
  form: { name: 'p/f', title: text('Ding') }, already_public: true, on: '2026-06-30',
  total: { number: '1234' },
  dimensions: [{ id: 'corner', title: text('Hoek'), by: 'value', values: [
    { code: 'a', label: text('Noord'), number: '1000' },
    { code: 'b', label: text('Zuid'), number: '234' }] }],
};
const desk = { id: 'd', pack: { name: 'p' } } as unknown as DeskRef;
const block: Block = { kind: 'indicator', id: 'n', title: text('Hoeveel?'), form: 'p/f',
  indicator: 'i' };

function show(answer: unknown, more: Partial<Block> = {}) {
  useIndicator.mockReturnValue(answer);
  render(
    <LanguageProvider onChange={vi.fn()}>
      <IndicatorBlock desk={desk} block={{ ...block, ...more }} />
    </LanguageProvider>);
}

afterEach(cleanup);

it('the number stands with its sentence, its definition, its day and who says so', () => {
  show({ data });
  expect(useIndicator).toHaveBeenCalledWith('p/i', {});
  expect(screen.getByRole('heading', { name: 'Hoeveel?' })).toBeTruthy();
  expect(screen.getByText('1.234')).toBeTruthy();
  expect(screen.getByText('Gezegd: 1.234 dingen, op 30 juni 2026.')).toBeTruthy();
  expect(screen.getByText('Alles telt één keer.')).toBeTruthy();
  expect(screen.getAllByText('Volgens ons').length).toBeGreaterThan(0);
  expect(screen.getByText('Alles over dit cijfer').getAttribute('href')).toBe('/cijfers/p/i');
  expect(screen.queryByRole('table')).toBeNull();
});

it('a hidden number is no zero', () => {
  show({ data: { ...data, total: { number: null, withheld: true } } });
  expect(screen.getByText('Gezegd: niet getoond, op 30 juni 2026.')).toBeTruthy();
});

it('divided by a dimension there is a table, and a dimension that is gone is told', () => {
  show({ data }, { by: 'corner' });
  expect(screen.getByRole('table').textContent).toContain('Noord');
  cleanup();
  show({ data }, { by: 'other' });
  expect(screen.getByText('Dit cijfer heeft deze indeling niet.')).toBeTruthy();
});

it.each([[403, 'U mag dit cijfer niet zien.', 0],
  [404, 'Dit cijfer is er niet, of u mag het niet zien.', 0],
  [503, 'Dit cijfer is nu niet op te halen. Probeer het straks opnieuw.', 1]])(
  'a refusal (%i) is a small notice', (status, said, buttons) => {
    show({ isError: true, error: new ApiProblem(status, {}) });
    expect(screen.getByRole('status').textContent).toContain(said);
    expect(screen.queryAllByRole('button').length).toBe(buttons);
  });

it('that it is being counted is told as such, and may be asked again', () => {
  const error = new ApiProblem(503, { type: 'urn:zicht:error:ST-0100' });
  show({ isError: true, error });
  expect(screen.getByRole('status').textContent)
    .toContain('Dit cijfer wordt nu geteld. Kijk over een minuut opnieuw.');
  expect(screen.getAllByRole('button').length).toBe(1);
});
