// What a model says is marked as Dutch on an English page, and what the page says of it is not.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import type { ModelDecision } from '@/api/models';
import { LanguageProvider } from '@/lib/i18n';
import '@/lib/i18n/en';                 // there at once, however busy the machine is
import { remember } from '@/lib/storage';
import { DecisionSection } from './decision_section';

vi.mock('@/api/models', () => ({ interviewModel: vi.fn(), askModel: vi.fn() }));

const decision: ModelDecision = {
  name: 'Hek', question: 'Mag het hek?', description: 'Over hekken.', needs: [],
  type: { kind: 'string', text: 'tHek', allowed: '"mag wel","mag niet"' },
  requires: [{ kind: 'input', name: 'Hoogte' }], sources: [{ name: 'Bouwregels' }],
  logic: { kind: 'table', hit_policy: 'unique', annotations: ['Uitleg'],
    inputs: [{ label: 'Soort', expression: 'Soort' }, { label: 'Meters', expression: 'Meters' }],
    outputs: [{ name: 'Uitkomst' }],
    rules: [{ description: 'Laag', inputs: ['"houten"', '< 2'], outputs: ['"mag"'],
      annotations: ['Laag genoeg'] }] },
};

const languageOf = (text: string) => (
  screen.getAllByText(text).at(-1)?.closest('[lang]')?.getAttribute('lang'));

afterEach(() => {
  cleanup();
  remember('language', 'nl');
});

it('marks the words of a decision on an English page, and not those about it', async () => {
  remember('language', 'en');
  render(<LanguageProvider onChange={vi.fn()}>
    <DecisionSection pack="p" model="m" decision={decision} index={0} inputs={[]} typed={{}}
      answer={null} onType={vi.fn()} onAnswer={vi.fn()} />
  </LanguageProvider>);
  await screen.findByText('Mag het hek?');
  const ofModel = ['Hek', 'Mag het hek?', 'Over hekken.', 'Hoogte', 'Bouwregels', 'Soort',
    'Meters', 'Uitkomst', 'houten', 'mag', 'Uitleg', 'Laag', 'Laag genoeg', 'mag wel or mag niet'];
  expect(ofModel.map((text) => [text, languageOf(text)]))
    .toEqual(ofModel.map((text) => [text, 'nl']));
  const ofPage = ['Source', 'Rule', 'less than 2'];
  expect(ofPage.map((text) => [text, languageOf(text)])).toEqual(ofPage.map((t) => [t, 'en']));
});
