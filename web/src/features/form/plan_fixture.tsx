// A form of four fields with rules, what a server says of it, and showing it: for tests of the
// rules of a form.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';

import type { FormRef } from '@/api/metadata';
import type { Fields, Form, FormEvaluation, RuleWhy } from '@/api/types';
import { RecordForm } from './record_form';

export const text = (name: string) => ({ nl: name, en: name });
export const rule = { rule: 'x', inputs: ['starts'] };
export const form = {
  title: text('Plan'), plural: text('Plannen'), subject: 'none', audience: 'public',
  basis: { law: 'Wet', controller: text('c'), recipients: text('r'), purpose: text('p'),
    retention: 'P1Y' },
  may: ['create'],
  fields: {
    starts: { type: 'date', label: text('Begin'), required: true },
    ends: { type: 'date', label: text('Einde'), required_if: rule,
      valid_if: [{ ...rule, message: text('Het einde ligt voor het begin.') }] },
    reason: { type: 'text', label: text('Uitleg'), required: true, show_if: rule },
    days: { type: 'integer', label: text('Dagen'), computed: rule },
  },
} as unknown as Form;
const ref: FormRef = {
  pack: { name: 'rules', title: text('Proef'), version: '1.0.0', forms: { plan: form } } as never,
  name: 'rules/plan', form,
};

export const why = (part: Partial<RuleWhy> = {}): RuleWhy => (
  { rule: 'x', outcome: 'no', missing: [], errors: [], facts: [], ...part });

// What a server says: an end needs a start before it, and a reason is asked of a plan with none.
export function told({ starts, ends }: Fields): FormEvaluation {
  const facts = [{ name: 'ends', value: `@"${String(ends)}"` },
    { name: 'starts', value: `@"${String(starts)}"` }];
  const isWrong = Boolean(starts && ends && ends < starts);
  return {
    messages: [],
    fields: {
      ends: {
        shown: true, required: Boolean(starts),
        messages: isWrong ? [{ refused: true, text: text('Het einde ligt voor het begin.'),
          why: why({ facts }) }] : [],
        why: {},
      },
      reason: { shown: !ends, required: !ends, messages: [], why: {} },
      days: { shown: true, required: false, messages: [], value: starts && ends ? 3 : undefined,
        why: { computed: why({ outcome: 'unknown', facts, missing: ends ? [] : ['ends'] }) } },
    },
  } as FormEvaluation;
}

export function show(fields: Fields = {}) {
  const ids = Object.keys(form.fields);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RecordForm form={ref} ids={ids} fields={fields} backTo="/" draftKey="t"
        extra={{ reason: 'none', validFrom: 'none', validTo: 'none', fromLabel: 'form.validFrom',
          fromName: 'valid_from' }}
        target={{ method: 'POST', path: '/v1/records' }} bodyOf={(fields) => ({ fields })} />
    </QueryClientProvider>,
  );
}

export function type(label: RegExp, value: string) {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

export function onScreen({ isNarrow }: { isNarrow: boolean }) {
  window.matchMedia = (() => ({ matches: isNarrow, addEventListener: () => undefined,
    removeEventListener: () => undefined })) as never;
}
