// On an English page what a model says is marked as Dutch, and what the page says is not.
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { InterviewStep, ModelAnswer, ModelDecision } from '@/api/models';
import type { Lang } from '@/lib/dates';
import { LanguageProvider } from '@/lib/i18n';
import '@/lib/i18n/en';                 // there at once, however busy the machine is
import { remember } from '@/lib/storage';
import { InterviewForm } from './interview_form';

const { interviewModel } = vi.hoisted(() => ({ interviewModel: vi.fn() }));
vi.mock('@/api/models', () => ({ interviewModel, askModel: vi.fn() }));

const choice = { kind: 'string', text: 'tStatus', choices: ['burger', 'familielid'] };
const decision = { name: 'Gelijk behandeld', type: choice, needs: ['Wie'], requires: [],
  logic: null } as unknown as ModelDecision;
const asks: InterviewStep = { open: ['Wie'], end: null, next: { name: 'Wie', input: 'Wie',
  description: 'Wie vraagt hulp?', type: choice, why: [{ decision: 'Grondslag', rules: [1, 2] }] },
} as unknown as InterviewStep;
const answer: ModelAnswer = { outcome: 'value', value: 'wel recht', missing: [], errors: [],
  explanation: [{ decision: 'Gelijk behandeld', file: 'm', inputs: {}, value: 'wel recht',
    tables: [{ table: 'Wie krijgt wat', inputs: {}, rules: [], near_misses: [
      { rule: 1, blocked_by: ['Duur', 'Bewijs'] }] }] }],
} as unknown as ModelAnswer;

function open(lang: Lang) {
  remember('language', lang);
  render(<LanguageProvider onChange={vi.fn()}>
    <InterviewForm pack="p" model="m" decision={decision} prefix="q" onAnswer={vi.fn()} />
  </LanguageProvider>);
}

async function begin(summary: string) {
  const details = (await screen.findByText(summary)).closest('details');
  if (details) details.open = true;
  return screen.findByText('Wie vraagt hulp?');
}

const languageOf = (text: string) => (
  screen.getAllByText(text).at(-1)?.closest('[lang]')?.getAttribute('lang'));

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn();
  interviewModel.mockReset();
  interviewModel.mockResolvedValueOnce(asks)
    .mockResolvedValueOnce({ next: null, open: [], end: answer, stand_ins: [] });
});
afterEach(() => {
  cleanup();
  remember('language', 'nl');
});

it('marks questions, answers and outcomes as Dutch on an English page, and says so', async () => {
  open('en');
  await begin('Question by question');
  expect(screen.getByText('The questions, the answers and the outcome are in Dutch.')).toBeTruthy();
  const ofModel = ['Wie', 'Wie vraagt hulp?', 'burger', 'familielid', 'Grondslag'];
  expect(ofModel.map(languageOf)).toEqual(ofModel.map(() => 'nl'));
  expect(['Next', 'I do not know', 'Why this question?'].map(languageOf))
    .toEqual(['en', 'en', 'en']);
  fireEvent.click(screen.getByLabelText('burger'));
  fireEvent.click(screen.getByText('Next'));
  await screen.findByText('wel recht');
  const told = ['Wie', 'burger', 'wel recht', 'Wie krijgt wat', 'Duur', 'Bewijs'];
  expect(told.map(languageOf)).toEqual(told.map(() => 'nl'));
  expect(screen.getByText(/^Rule 1 nearly matched/).closest('[lang]')?.getAttribute('lang'))
    .toBe('en');
});

it('says nothing of it on a Dutch page', async () => {
  open('nl');
  const question = await begin('Vraag voor vraag');
  expect(question.closest('[lang]')).toBe(document.documentElement);
  expect(screen.queryByText(/in het Nederlands/)).toBeNull();
});
