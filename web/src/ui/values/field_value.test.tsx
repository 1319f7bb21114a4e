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
  lists: { l: { title: label, codes: { a: { label: { nl: 'Een', en: 'One' } },
    z: { label: { nl: 'Klaar', en: 'Ready' }, meaning: 'done' } } } },
} as Pack;
const context: ValueContext = {
  catalogue: { packs: [pack] }, pack, words: makeWords('nl', nl, () => undefined),
  references: { r1: { title: 'Een ander stuk', form: 'p/f' }, a1: { title: 'Jan de Groot' },
    zorg: { title: 'Zorg BV' } },
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
    [{ type: 'account' }, 'a1', 'Jan de Groot'],
    [{ type: 'organisation', many: true }, ['zorg', 'weg'], 'Zorg BV; weg'],
    [{ type: 'attachment' }, { file: 'f', name: 'brief.pdf', type: 'application/pdf', size: 2048 },
      'brief.pdf (2,0 kB)'],
    [{ type: 'uncertain_date' }, { words: 'zomer', first: '2025-06-01', last: '2025-08-31' },
      '“zomer” (1 juni 2025 t/m 31 augustus 2025)'],
    [{ type: 'uncertain_date' }, { words: '2025', first: '2025-01-01', last: '2025-12-31' },
      '2025'],
    [{ type: 'figures' }, { on: '2026-06-30', known_at: '2026-07-01T10:00:00Z',
      released: '2026-07-02T09:00:00Z', indicators: [{}, {}] },
    '2 cijfers met peildatum 30 juni 2026, gepubliceerd op 2 juli 2026 om 11:00'],
    [{ type: 'figures' }, { on: '2026-06-30', known_at: '2026-07-01T10:00:00Z', indicators: [{}] },
      '1 cijfer met peildatum 30 juni 2026, een concept'],
    [{ type: 'figures' }, { tables: [{ indicator: 'p/i', name: 'a' }] },
      '1 tabel: de tellingen achter de cijfers; nodig om volgende edities te controleren'],
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

it('a file of a record has a button to fetch it, one without a record is words only', () => {
  const field: Field = { type: 'attachment', label };
  const value = { file: 'f', name: 'brief.pdf', type: 'application/pdf', size: 2048 };
  render(<FieldValue context={{ ...context, source: { record: 'r' } }} field={field}
    value={value} />);
  screen.getByRole('button', { name: 'Download brief.pdf' });
  cleanup();
  render(<FieldValue context={context} field={field} value={value} />);
  expect(screen.queryByRole('button')).toBeNull();
});

it('a code with a meaning has the shape of a state beside its word, and stays plain text', () => {
  const field: Field = { type: 'choice', list: 'l', label };
  const { container } = render(<FieldValue context={context} field={field} value="z" />);
  expect(container.querySelector('.status.is-done svg')).toBeTruthy();
  expect(container.textContent).toBe('Klaar');
  expect(valueText(context, field, 'z')).toBe('Klaar');
  cleanup();
  const plain = render(<FieldValue context={context} field={field} value="a" />);
  expect(plain.container.querySelector('svg')).toBeNull();
});
