// The answers of an interview: what the server is asked with, and how they read.
import type { InterviewQuestion, ModelInput, StandIn } from '@/api/models';
import type { Words } from '@/lib/i18n';
import { questionOf } from './question';
import type { Typed } from './question';

export interface Reply {
  question: InterviewQuestion;
  value: unknown;                      // null: not known
  typed?: Typed;                       // what it was read from
}

type Named = Pick<InterviewQuestion, 'label' | 'input' | 'path'>;

export function labelOf({ label, input, path = [] }: Named): string {
  return label ?? [input, ...path].join(': ');
}

// A member of a group goes to its place within the group; of two values the last one counts.
export function inputsOf(replies: { question: Named; value: unknown }[]): Record<string, unknown> {
  const inputs: Record<string, unknown> = {};
  for (const { question: { input, path = [] }, value } of replies) {
    let group = inputs;
    let name = input;
    for (const member of path) {
      group = (group[name] ??= {}) as Record<string, unknown>;
      name = member;
    }
    group[name] = value;
  }
  return inputs;
}

// What the end was worked out with.
export function endInputsOf(replies: Reply[], standIns: StandIn[] = []): Record<string, unknown> {
  return inputsOf([...replies, ...standIns.map((one) => ({ question: one, value: one.value }))]);
}

// A changed answer stays where it was; a new one comes last.
export function withReply(replies: Reply[], reply: Reply): Reply[] {
  const isSame = (one: Reply) => one.question.name === reply.question.name;
  return replies.some(isSame) ? replies.map((one) => (isSame(one) ? reply : one))
    : [...replies, reply];
}

// What is typed, as the value of the question; without one the reason stands in `error`.
export function replyOf(question: InterviewQuestion, typed: Typed, words: Words,
): { value?: unknown; error?: string } {
  const input: ModelInput = { name: question.name, label: labelOf(question), type: question.type };
  const { inputs, errors } = questionOf([input], typed, words);
  const error = [...errors.values()][0];
  if (error) return { error };
  if (!(question.name in inputs)) return { error: words.t('models.answerFirst') };
  return { value: inputs[question.name] };
}
