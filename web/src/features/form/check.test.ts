// Forms: from typed text to values with all problems, per type of field; and from values to drafts
// and back without loss.
import { describe, expect, it } from 'vitest';

import type { Field, Fields, Form } from '@/api/types';
import { checkField, checkForm } from './check';
import { draftOf, draftsOf, emptyDraft, isEmptyDraft, keepable } from './drafts';
import { pathOf } from './problems';

const label = { nl: 'Veld', en: 'Field' };
const field = (part: Partial<Field>): Field => ({ type: 'text', label, ...part });
const kPlace = { path: 'f', label: 'Veld', lang: 'nl' as const };

function check(part: Partial<Field>, typed: string) {
  const { value, problems } = checkField(field(part), typed, kPlace);
  return problems[0]?.key ?? value;
}

describe('a single value', () => {
  it.each<[Partial<Field>, string, unknown]>([
    [{}, '  tekst ', 'tekst'],
    [{ max: 3 }, 'é👍x', 'é👍x'],
    [{ max: 3 }, 'abcd', 'check.tooLong'],
    [{ required: true }, '   ', 'check.required'],
    [{ type: 'choice', required: true }, '', 'check.choose'],
    [{ type: 'integer' }, '1.250', 1250],
    [{ type: 'integer' }, '1,5', 'check.scale'],
    [{ type: 'integer', min: 0 }, '-1', 'check.min'],
    [{ type: 'integer', max: 10 }, '11', 'check.max'],
    [{ type: 'decimal', scale: 1 }, '2,5', '2.5'],
    [{ type: 'decimal', scale: 1 }, '2,55', 'check.scale'],
    [{ type: 'money' }, '1.250,5', '1250.50'],
    [{ type: 'money' }, 'veel', 'check.number'],
    [{ type: 'boolean' }, 'false', false],
    [{ type: 'date' }, '31 januari 2025', '2025-01-31'],
    [{ type: 'date' }, '31-02-2025', 'check.date'],
    [{ type: 'url' }, 'https://example.org', 'https://example.org'],
    [{ type: 'url' }, 'javascript:alert(1)', 'check.url'],
  ])('%j with %j gives %j', (part, typed, want) => { expect(check(part, typed)).toBe(want); });
});

describe('an uncertain date', () => {
  const window = (words: string, first = '', last = '') => checkField(
    field({ type: 'uncertain_date' }), { words, first, last, written: '' }, kPlace);
  it('is a plain day without words', () => {
    expect(window('31-1-2025').value).toEqual({ first: '2025-01-31', last: '2025-01-31' });
  });
  it('keeps the literal words beside the window that a person gave', () => {
    expect(window('rond de zomer', '1-6-2025', '31-8-2025').value)
      .toEqual({ words: 'rond de zomer', first: '2025-06-01', last: '2025-08-31' });
  });
  it('refuses words without a window, and a window that ends before it starts', () => {
    expect(window('ooit').problems[0]?.key).toBe('check.window');
    expect(window('x', '2-1-2025', '1-1-2025').problems[0]?.key).toBe('check.windowOrder');
  });
});

const form = {
  fields: {
    title: field({ required: true }), secret: field({ sensitivity: 'confidential' }),
    when: field({ type: 'uncertain_date' }), term: field({ type: 'period' }),
    tags: field({ many: true }), amount: field({ type: 'money' }),
    codes: field({ type: 'choice', many: true }),
    contact: field({ type: 'group',
      fields: { role: field({ required: true }), phone: field({}) } }),
  },
} as unknown as Form;
const ids = Object.keys(form.fields);

it('values become drafts and come back the same', () => {
  const values: Fields = {
    title: 'T', secret: 's', when: { words: 'zomer', first: '2025-06-01', last: '2025-08-31' },
    term: 'P6W', tags: ['a', 'b'], amount: '1250.50', codes: ['x', 'y'], contact: { role: 'R' },
  };
  for (const lang of ['nl', 'en'] as const) {
    const checked = checkForm(form, draftsOf(form, ids, values, lang), lang);
    expect(checked).toEqual({ fields: values, problems: [] });
  }
});

it('a combined period from elsewhere is kept as it is', () => {
  const draft = draftOf(field({ type: 'period' }), 'P1Y6M', 'nl', {});
  expect(checkField(field({ type: 'period' }), draft, kPlace).value).toBe('P1Y6M');
});

it('all problems are told at once, each at its own place', () => {
  const drafts = draftsOf(form, ids, {}, 'nl');
  const problems = checkForm(form, { ...drafts, amount: 'x', contact: { role: '', phone: '1' },
    tags: ['a', '', 'a'] }, 'nl').problems;
  expect(problems.map(({ path }) => path).sort()).toEqual(
    ['amount', 'contact.role', 'tags', 'title']);
});

it('an empty draft of every type is empty and gives no value', () => {
  for (const one of Object.values(form.fields)) {
    expect(isEmptyDraft(emptyDraft(one))).toBe(true);
  }
});

it('a confidential field never reaches the kept draft', () => {
  const kept = keepable(form, draftsOf(form, ids, { secret: 'kanarie', title: 'T' }, 'nl'));
  expect(JSON.stringify(kept)).not.toContain('kanarie');
  expect(kept['title']).toBe('T');
});

it('a step asks for its own fields and not for what the form needs', () => {
  const drafts = draftsOf(form, ['title', 'amount'], {}, 'nl');
  expect(checkForm(form, drafts, 'nl', new Set(['amount'])).problems.map((p) => p.path))
    .toEqual(['amount']);
});

it.each([['/fields/when/first', 'when'], ['/fields/contact/role', 'contact.role'],
  ['/fields/tags/1', 'tags.1'], ['/reason', 'reason'], [undefined, '']])(
  'the place %s of the server is %s of the form', (where, path) => {
    expect(pathOf(form, where)).toBe(path);
  });
