// What the block "Normen" tells of each outcome, in words.
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Norm } from '@/api/norms';
import { Norms } from './norms';
import type { SideProps } from './side';

const { useNorms } = vi.hoisted(() => ({ useNorms: vi.fn() }));
vi.mock('@/api/norms', () => ({ useNorms }));

const both = (said: string) => ({ nl: said, en: said });
const why = (rule: string) => ({ rule, outcome: 'no' as const, missing: [], errors: [],
  facts: [{ name: 'met_on.last', value: '@"2026-01-20"' }, { name: 'state', value: '"open"' }] });
const base: Norm = {
  id: 'n', title: both('Op tijd'), framework: both('Kader'), article: '16', withheld: false,
  source: { title: both('Wet'), kind: 'law' }, judges: [{ role: 'r', title: both('Rechter') }],
  applies: true, outcome: 'yes', missing: [], errors: [], why: { rule: why('a <= b') },
};
const words = {
  lang: 'nl', l: (said: { nl: string }) => said.nl,
  t: (key: string, holes?: Record<string, string>) => `${key} ${JSON.stringify(holes ?? {})}`,
};
const props = {
  context: { words, catalogue: { packs: [{ name: 'p', title: both('Pakket') }] }, references: {} },
  form: { form: { norms: true, fields: { met_on: { type: 'date', label: both('Gedaan op') } } } },
  record: { id: '1', fields: { met_on: '2026-01-20' }, state: { id: 'o', label: both('Loopt') } },
} as unknown as SideProps;

function show(...items: Partial<Norm>[]) {
  useNorms.mockReturnValue({ data: { on: '2026-01-31', pack: { name: 'p', version: '1.0.0' },
    items: items.map((item, at) => ({ ...base, id: String(at), ...item })) } });
  render(<Norms {...props} />);
}

beforeEach(() => {
  useNorms.mockReset();
  HTMLDialogElement.prototype.showModal = function open() { this.open = true; };
});
afterEach(cleanup);

describe('norms of a record', () => {
  it('say yes and no by the facts, and who judges', () => {
    show({}, { outcome: 'no' });
    expect(screen.getByText('norms.yes {}')).toBeTruthy();
    expect(screen.getByText('norms.no {}')).toBeTruthy();
    const signs = [...document.querySelectorAll('.status')].map((sign) => sign.className);
    expect(signs).toEqual(['status is-running', 'status is-running']);
    expect(screen.getAllByText('norms.ready {"roles":"Rechter"}')).toHaveLength(2);
    expect(screen.getAllByText(/Wet, artikel 16/)).toHaveLength(2);
  });

  it('name what is missing, and call that neither yes nor no nor ready', () => {
    show({ outcome: 'unknown', errors: [both('Deelt door nul.')],
      missing: [{ name: 'a', label: both('Begin') }, { name: 'b', label: both('Einde') }] });
    expect(screen.getByText('norms.unknown {}')).toBeTruthy();
    expect(screen.getByText('norms.missing {"labels":"Begin en Einde"}')).toBeTruthy();
    expect(screen.getByText('Deelt door nul.')).toBeTruthy();
    expect(screen.queryByText(/norms.ready/)).toBeNull();
  });

  it('say that one does not see what they rest on, and give no why', () => {
    const { id, title, framework, source, judges } = base;
    useNorms.mockReturnValue({ data: { on: '2026-01-31', pack: { name: 'p', version: '1' },
      items: [{ id, title, framework, source, judges, withheld: true }] } });
    render(<Norms {...props} />);
    expect(screen.getByText('norms.withheld {}')).toBeTruthy();
    expect(screen.getByText('norms.hidden {}')).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('fold away those that do not apply', () => {
    show({ applies: false }, {});
    const folded = screen.getByText('norms.others {"n":1}').closest('details');
    expect(folded && within(folded).getByText('norms.other {}')).toBeTruthy();
    expect(screen.getAllByText('norms.yes {}')).toHaveLength(1);
  });

  it('tell why: the facts by their labels, and the rule itself', () => {
    show({ why: { applies_if: why('c'), decision: {
      model: 'm', decision: 'Stand', outcome: 'value', value: 'Te laat', missing: [], errors: [],
      inputs: [{ name: 'Dag', why: why('met_on.last') }],
      explanation: [{ decision: 'Stand', file: 'f', inputs: {}, value: 'Te laat', tables: [
        { table: 'Stand', line: 1, hit_policy: 'unique', inputs: {}, value: 'Te laat',
          rules: [{ rule: 3, matched: true, annotations: ['Met een bron.'] }] }] }],
    } } });
    fireEvent.click(screen.getByRole('button', { name: /record.whyOf/ }));
    const drawer = within(screen.getByRole('dialog'));
    expect(drawer.getAllByText('Gedaan op')).toHaveLength(2);
    expect(drawer.getAllByText('Loopt')).toHaveLength(2);
    expect(drawer.getByText('Stand komt uit op: Te laat.')).toBeTruthy();
    expect(drawer.getByText('Met een bron.')).toBeTruthy();
    expect(drawer.getByText('norms.readModel {}').getAttribute('href'))
      .toContain('/packs/p/modellen/m');
    expect(drawer.getByText('Dag = met_on.last')).toBeTruthy();
  });

  it('are not asked for where the form has none', () => {
    useNorms.mockReturnValue({ isPending: true });
    const form = { ...props.form, form: { ...props.form.form, norms: false } };
    render(<Norms {...props} form={form} />);
    expect(useNorms).toHaveBeenCalledWith('1', false);
    expect(document.body.textContent).toBe('');
  });
});
