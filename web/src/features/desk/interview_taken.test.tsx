// What an interview says of the one before it: which outcome it takes, or that another answer
// stands here. The questions themselves are tests of their own.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import type { Block } from '@/api/types';
import InterviewBlock from './interview_block';

const { seen } = vi.hoisted(() => ({ seen: { outcome: undefined as unknown, value: '' } }));
vi.mock('@/api/queries', () => ({ useCatalogue: () => ({ data: { packs: [] } }) }));
vi.mock('@/api/models', () => ({ useModel: () => ({ data: { id: 'm', pack: { hash: 'h' },
  model: { decisions: [] } } }) }));
vi.mock('@/ui/interview/use_interview', () => ({ useInterview: () => ({
  question: null, isBusy: false, error: '', failure: null, ends: [], isDone: false, ask: vi.fn(),
  replies: seen.value ? [{ question: { name: 'Checklist' }, value: seen.value }] : [] }) }));
vi.mock('./outcomes', () => ({ useOutcome: () => seen.outcome, useTellOutcome: () => undefined }));
vi.mock('./block_embed', () => ({ BlockEmbed: () => null }));

const text = (word: string) => ({ nl: word, en: word });
const block = { kind: 'interview', id: 'second', title: text('Toets'), form: 'use', model: 'm',
  after: 'first', takes: 'Checklist' } as unknown as Block;
const desk = { id: 'd', pack: { name: 'p', forms: {} },
  desk: { blocks: [{ id: 'first', title: text('Vragenlijst') }, block] } } as never;

function said(outcome: unknown, value = '') {
  Object.assign(seen, { outcome, value });
  render(<InterviewBlock desk={desk} block={block} />);
  return document.body.textContent;
}

afterEach(cleanup);

it('it says what came of the one before, where that is the answer here', () => {
  expect(said('Wel recht', 'Wel recht')).toMatch(/“Vragenlijst” kwam: Wel recht\./);
  expect(screen.queryByText(/ander antwoord/)).toBeNull();
});

it('it says so where another answer stands here', () => {
  expect(said('Geen recht', 'Wel recht'))
    .toContain('Uit “Vragenlijst” kwam: Geen recht. Hier staat een ander antwoord.');
});

it('it says nothing while the one before has not ended', () => {
  expect(said(undefined, 'Wel recht')).not.toContain('“Vragenlijst”');
});
