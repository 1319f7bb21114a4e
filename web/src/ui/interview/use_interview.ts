// An interview under way: what was answered, what is asked now, and what came out. Decisions are
// gone through one by one with the same answers: where the first one is settled, the next asks
// only what it needs besides. What rests on answers that contradict each other is held back until
// one of them is changed, or the person says that both are so.
import { useEffect, useRef, useState } from 'react';

import { interviewModel } from '@/api/models';
import type { Contradiction, InterviewQuestion, InterviewStep, ModelAnswer, ModelDecision, StandIn }
  from '@/api/models';
import { elementId, focusOnElement } from '@/ui/fields/places';
import { inputsOf } from './interview';
import type { Reply } from './interview';
import { errorsOf, placeOf } from './question';

export interface End {
  decision: string;
  answer: ModelAnswer;
  standIns: StandIn[];
}

interface Asked {
  step: InterviewStep | null;          // of the decision that is not settled, or of the last one
  ends: End[];
  contradictions: Contradiction[];
}

const kNothingAsked: Asked = { step: null, ends: [], contradictions: [] };

export interface InterviewOf {
  pack: string;
  model: string;
  decisions: Pick<ModelDecision, 'name' | 'needs'>[];
  alsoTold?: string[];                 // inputs that are told to decisions that do not need them
  prefix: string;                      // of the places of its fields
  onAnswer?: (answer: ModelAnswer | null) => void;
}

function withNew(known: Contradiction[], more: Contradiction[] = []): Contradiction[] {
  const isKnown = (one: Contradiction) => known.some(({ decision }) => decision === one.decision);
  return [...known, ...more.filter((one) => !isKnown(one))];
}

// A decision is told what it rests on; another one may rest on less. Once one cannot be determined
// for want of what nobody knows, or its answers contradict each other, the others are told where
// they are settled, and ask nothing.
async function askOn({ pack, model, decisions, alsoTold = [] }: InterviewOf, given: Reply[],
  doubts: Contradiction[]): Promise<Asked> {
  const asked: Asked = { ...kNothingAsked, ends: [] };
  const accepted = doubts.length ? { accepted: doubts.map(({ decision }) => decision) } : {};
  for (const { name: decision, needs } of decisions) {
    const told = given.filter(({ question: { input } }) => needs.includes(input)
      || alsoTold.includes(input));
    const step = await interviewModel(pack, model,
      { decision, inputs: inputsOf(told), ...accepted });
    asked.contradictions = withNew(asked.contradictions, step.contradictions);
    const isHeld = asked.contradictions.length > 0
      || asked.ends.some(({ answer }) => answer.outcome === 'unknown');
    if (!step.end && isHeld) continue;
    asked.step = step;
    if (!step.end) return asked;
    asked.ends.push({ decision, answer: step.end, standIns: step.stand_ins ?? [] });
  }
  return asked;
}

// A doubt is accepted of the answers that it was about, until one of them is another.
function stillSo(doubts: Contradiction[], before: Reply[], after: Reply[]): Contradiction[] {
  const of = (replies: Reply[], name: string) => replies.filter(
    ({ question }) => question.input === name);
  return doubts.filter(({ answers }) => answers.every((name) => {
    const now = of(after, name);
    return now.length > 0 && now.every((reply) => of(before, name).includes(reply));
  }));
}

export function useInterview(of: InterviewOf) {
  const { prefix, onAnswer } = of;
  const [replies, setReplies] = useState<Reply[]>([]);
  const [{ step, ends, contradictions }, setAsked] = useState(kNothingAsked);
  const [accepted, setAccepted] = useState<Contradiction[]>([]);
  const [changed, setChanged] = useState<InterviewQuestion | null>(null);
  const [error, setError] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  // What was asked with last, to ask with again where no answer came.
  const lastGiven = useRef({ given: [] as Reply[], doubts: [] as Contradiction[] });
  // How often another question, or the end, took the place of what was there.
  const [moves, setMoves] = useState(0);
  const question = changed ?? (contradictions.length ? null : step?.next ?? null);
  const place = question ? elementId(placeOf(prefix, question.name)) : `${prefix}-end`;
  useEffect(() => {
    if (moves > 0) focusOnElement(place);
  }, [moves, place]);
  const ask = async (given: Reply[], doubts = stillSo(accepted, replies, given)) => {
    lastGiven.current = { given, doubts };
    setFailure(null);
    setBusy(true);
    try {
      const asked = await askOn(of, given, doubts);
      setReplies(given);
      setAccepted(doubts);
      setAsked(asked);
      setChanged(null);
      setError('');
      onAnswer?.(asked.contradictions.length ? null : asked.step?.end ?? null);
      setMoves((count) => count + 1);
    } catch (problem) {
      const told = errorsOf(problem).get(question?.name ?? '');
      setError(told ?? '');
      if (!told) setFailure(problem);
    } finally {
      setBusy(false);
    }
  };
  const change = (reply: Reply) => {
    setChanged(reply.question);
    setError('');
    setMoves((count) => count + 1);
  };
  const accept = (doubt: Contradiction) => ask(replies, [...accepted, doubt]);
  const retry = () => ask(lastGiven.current.given, lastGiven.current.doubts);
  const isDone = !question && !contradictions.length && Boolean(step?.end);
  return { replies, step, ends, contradictions, accepted, isDone, question, error, setError,
    failure, isBusy, ask, accept, retry, change };
}

export type Interview = ReturnType<typeof useInterview>;
