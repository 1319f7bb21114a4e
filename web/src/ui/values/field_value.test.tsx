// Values in words, by the type of the field: a table, and what must never reach the page.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';

import type { Field, Json, Pack } from '@/api/types';
import { makeWords } from '@/lib/i18n';
import { nl } from '@/lib/i18n/nl';
import { FieldValue, valueText } from './field_value';
import type { ValueContext } from './field_value';

afterEach(cleanup);

const label = { nl: 'Veld', en: 'Field' };
const pack = {
  name: 'p', title: label, version: '1', hash: 'h', forms: {},
  lists: { l: { title: label, codes: { a: { label: { nl: 'Een', en: 'One' } } } } },
} as Pack;
const context: ValueContext = {
  catalogue: { packs: [pack] }, pack, words: makeWords('nl', nl, () => undefined),
  references: { r1: { title: 'Een ander stuk', form: 'p/f' } },
};

describe('a value as text', () => {
  it.each<[Partial<Field>, Json, string]>([
    [{ type: 'choice', list: 'l' }, 'a', 'Een'],
    [{ type: 'choice', list: 'l' }, 'weg', 'weg'],
    [{ type: 'choice', list: 'l', many: true }, ['a', 'b'], 'Een; b'],
    [{ type: 'boolean' }, false, 'Nee'],
    [{ type: 'money' }, '1250.00', '€ 1.250'],
    [{ type: 'period' }, 'P6W', '6 weken'],
    [{ type: 'reference' }, 'r1', 'Een ander stuk'],
    [{ type: 'uncertain_date' }, { words: 'zomer', first: '2025-06-01', last: '2025-08-31' },
      '“zomer” (1 juni 2025 t/m 31 augustus 2025)'],
    [{ type: 'uncertain_date' }, { words: '2025', first: '2025-01-01', last: '2025-12-31' },
      '2025'],
    [{ type: 'group', fields: { x: { type: 'text', label } } }, { x: 'y' }, 'Veld: y'],
  ])('%j with %j says %j', (part, value, text) => {
    expect(valueText(context, { type: 'text', label, ...part }, value)).toBe(text);
  });
});

it('a reference that one may see is a link; another is its bare id', () => {
  const field: Field = { type: 'reference', label };
  render(<FieldValue context={context} field={field} value="r1" />);
  expect(screen.getByRole('link', { name: 'Een ander stuk' }).getAttribute('href'))
    .toBe('/records/r1');
  cleanup();
  render(<FieldValue context={context} field={field} value="onbekend" />);
  expect(screen.queryByRole('link')).toBeNull();
});

it('text is text: markup in a value is shown, never run', () => {
  const { container } = render(
    <FieldValue context={context} field={{ type: 'text', label }} value={'<img src=x>'} />);
  expect(container.querySelector('img')).toBeNull();
  expect(container.textContent).toBe('<img src=x>');
});
