// An interview under way: what was answered, what is asked now, and what came out. Decisions are
// gone through one by one with the same answers: where the first one is settled, the next asks
// only what it needs besides.
import { useEffect, useRef, useState } from 'react';

import { interviewModel } from '@/api/models';
import type { InterviewQuestion, InterviewStep, ModelAnswer, ModelDecision, StandIn }
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
}

export interface InterviewOf {
  pack: string;
  model: string;
  decisions: Pick<ModelDecision, 'name' | 'needs'>[];
  prefix: string;                      // of the places of its fields
  onAnswer?: (answer: ModelAnswer | null) => void;
}

// A decision is told what it rests on; another one may rest on less. Once one cannot be determined
// for want of what nobody knows, the others are told where they are settled, and ask nothing.
async function askOn({ pack, model, decisions }: InterviewOf, given: Reply[]): Promise<Asked> {
  const asked: Asked = { step: null, ends: [] };
  for (const { name: decision, needs } of decisions) {
    const told = given.filter(({ question }) => needs.includes(question.input));
    const step = await interviewModel(pack, model, { decision, inputs: inputsOf(told) });
    if (!step.end && asked.ends.some(({ answer }) => answer.outcome === 'unknown')) continue;
    asked.step = step;
    if (!step.end) return asked;
    asked.ends.push({ decision, answer: step.end, standIns: step.stand_ins ?? [] });
  }
  return asked;
}

export function useInterview(of: InterviewOf) {
  const { prefix, onAnswer } = of;
  const [replies, setReplies] = useState<Reply[]>([]);
  const [{ step, ends }, setAsked] = useState<Asked>({ step: null, ends: [] });
  const [changed, setChanged] = useState<InterviewQuestion | null>(null);
  const [error, setError] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  // What was asked with last, to ask with again where no answer came.
  const lastGiven = useRef<Reply[]>([]);
  // How often another question, or the end, took the place of what was there.
  const [moves, setMoves] = useState(0);
  const question = changed ?? step?.next ?? null;
  const place = question ? elementId(placeOf(prefix, question.name)) : `${prefix}-end`;
  useEffect(() => {
    if (moves > 0) focusOnElement(place);
  }, [moves, place]);
  const ask = async (given: Reply[]) => {
    lastGiven.current = given;
    setFailure(null);
    setBusy(true);
    try {
      const asked = await askOn(of, given);
      setReplies(given);
      setAsked(asked);
      setChanged(null);
      setError('');
      onAnswer?.(asked.step?.end ?? null);
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
  const retry = () => ask(lastGiven.current);
  const isDone = !question && Boolean(step?.end);
  return { replies, step, ends, isDone, question, error, setError, failure, isBusy, ask, retry,
    change };
}

export type Interview = ReturnType<typeof useInterview>;
