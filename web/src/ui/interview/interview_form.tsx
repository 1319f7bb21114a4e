// A decision question by question: only what still matters is asked, the most deciding first. Each
// answer can be changed; nothing is kept.
import { useState } from 'react';

import type { Bearing, InterviewQuestion, ModelAnswer, ModelDecision, StandIn }
  from '@/api/models';
import { joinWords } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { elementId, focusOnElement } from '@/ui/fields/places';
import { ProblemNotice } from '@/ui/problem_view';
import { AnswerView } from './answer_view';
import { AcceptedDoubts, Contradictions } from './contradictions';
import { InputField } from './input_field';
import { endInputsOf, labelOf, replyOf, withReply } from './interview';
import type { Reply } from './interview';
import { useInterview } from './use_interview';
import type { Interview } from './use_interview';
import { ModelLangNote, ModelNames, ModelSentence, ModelText } from '@/ui/values/model_text';
import { ValueText, valueText } from '@/ui/values/model_value';
import { placeOf } from './question';
import type { Typed } from './question';

export interface InterviewFormProps {
  pack: string;
  model: string;
  decision: ModelDecision;
  prefix: string;                      // of the places of its fields
  onAnswer: (answer: ModelAnswer | null) => void;
}

function WhyAsked({ why }: { why: Bearing[] }) {
  const { t, lang } = useWords();
  return (
    <details className="basis">
      <summary>{t('models.whyAsked')}</summary>
      <ul>
        {why.map((one) => (
          <li key={one.decision}>
            <ModelSentence says="models.neededFor"
              values={{ decision: <ModelText>{one.question ?? one.decision}</ModelText> }} />{' '}
            {one.rules && t('models.neededRules', {
              rules: joinWords(one.rules.map(String), lang) })}{' '}
            {one.sources && (
              <>
                {t('common.source')}:{' '}
                <ModelText>{one.sources.map(({ name }) => name).join(', ')}</ModelText>.
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface RepliesProps {
  replies: Reply[];
  isBusy: boolean;
  onChange: (reply: Reply) => void;
}

function Replies({ replies, isBusy, onChange }: RepliesProps) {
  const { t } = useWords();
  if (!replies.length) return null;
  return (
    <div className="stack-s">
      <h3>{t('models.yourAnswers')}</h3>
      <dl className="facts">
        {replies.map((reply) => (
          <div key={reply.question.name}>
            <dt><ModelText>{labelOf(reply.question)}</ModelText></dt>
            <dd className="row">
              {reply.value === null ? t('models.dontKnow') : <ValueText value={reply.value} />}
              <Button small look="subtle" disabled={isBusy} onClick={() => { onChange(reply); }}
                aria-label={t('models.changeOne', { question: labelOf(reply.question) })}>
                {t('models.change')}
              </Button>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

interface OneQuestionProps {
  question: InterviewQuestion;
  before: Typed;                       // what was typed earlier
  prefix: string;
  left: number;
  error: string;
  isBusy: boolean;
  onError: (error: string) => void;
  onReply: (value: unknown, typed?: Typed) => void;
}

function OneQuestion(props: OneQuestionProps) {
  const { question, before, prefix, left, error, isBusy, onError, onReply } = props;
  const words = useWords();
  const { t } = words;
  const [typed, setTyped] = useState<Typed>(before);
  const place = placeOf(prefix, question.name);
  const submit = () => {
    const reply = replyOf(question, typed, words);
    if (reply.error === undefined) return onReply(reply.value, typed);
    onError(reply.error);
    focusOnElement(elementId(place));
  };
  return (
    <form className="form" noValidate onSubmit={(event) => {
      event.preventDefault();
      submit();
    }}>
      <p className="muted small">
        {left === 1 ? t('models.leftOne') : t('models.left', { n: left })}
      </p>
      <InputField type={question.type} path={question.name} prefix={prefix}
        label={labelOf(question)} hint={question.description} typed={typed} isAsked
        errors={new Map(error ? [[place, error]] : [])}
        onChange={(path, value) => { setTyped((last) => ({ ...last, [path]: value })); }} />
      <WhyAsked why={question.why} />
      <div className="form-foot">
        <Button type="submit" look="primary" disabled={isBusy}>{t('models.next')}</Button>
        <Button disabled={isBusy} onClick={() => { onReply(null); }}>{t('models.dontKnow')}</Button>
      </div>
    </form>
  );
}

// What nobody had to answer, and the example that the end was worked out with.
function NotNeeded({ standIns }: { standIns: StandIn[] }) {
  const words = useWords();
  if (!standIns.length) return null;
  const names = standIns.map((one) => `${labelOf(one)} (${valueText(one.value, words)})`);
  return (
    <p>
      <ModelSentence says="models.notNeeded" values={{ facts: <ModelNames names={names} /> }} />
    </p>
  );
}

function Ends({ held, pack, model, isNamed }: { held: Interview; pack: string; model: string;
  isNamed: boolean; }) {
  const { replies, ends, isDone, contradictions } = held;
  const isTold = isDone || contradictions.length > 0;
  if (!isTold || !ends.length) return <AnswerView pack={pack} model={model} told={null} />;
  const namesOf = (standIns: StandIn[]) => standIns.map(({ name }) => name).join();
  return ends.map(({ decision, answer, standIns }, index) => (
    <div key={decision} className="stack-s">
      <AnswerView pack={pack} model={model} title={isNamed ? decision : undefined} told={{ answer,
        question: { decision, inputs: endInputsOf(replies, standIns) } }} />
      {/* Told once where the next decision rests on the same. */}
      {namesOf(standIns) !== namesOf(ends[index + 1]?.standIns ?? [])
        && <NotNeeded standIns={standIns} />}
    </div>
  ));
}

export interface InterviewBodyProps {
  held: Interview;
  pack: string;
  model: string;
  prefix: string;
  isNamed?: boolean;                   // each outcome under the name of its decision
}

// The questions, the answers so far and what comes out.
export function InterviewBody({ held, pack, model, prefix, isNamed = false }: InterviewBodyProps) {
  const { t } = useWords();
  const { replies, step, question } = held;
  return (
    <>
      <Replies replies={replies} isBusy={held.isBusy} onChange={held.change} />
      <AcceptedDoubts accepted={held.accepted} />
      {question && (
        <OneQuestion key={question.name} question={question} prefix={prefix}
          before={replies.find((one) => one.question.name === question.name)?.typed ?? {}}
          left={Math.max(1, step?.open.length ?? 1)} error={held.error} isBusy={held.isBusy}
          onError={held.setError}
          onReply={(value, typed = {}) => {
            void held.ask(withReply(replies, { question, value, typed }));
          }} />
      )}
      <div id={`${prefix}-end`} tabIndex={-1} className="stack">
        <Contradictions held={held} />
        <Ends held={held} pack={pack} model={model} isNamed={isNamed} />
      </div>
      {held.failure !== null && (
        <ProblemNotice error={held.failure} onRetry={() => { void held.retry(); }} />
      )}
      {replies.length > 0 && (
        <div className="no-print">
          <Button small disabled={held.isBusy} onClick={() => { void held.ask([]); }}>
            {t('models.again')}
          </Button>
        </div>
      )}
    </>
  );
}

export function InterviewForm({ decision, onAnswer, ...of }: InterviewFormProps) {
  const { t } = useWords();
  const held = useInterview({ ...of, decisions: [decision], onAnswer });
  return (
    <details className="basis model-try no-print" onToggle={(event) => {
      if (event.currentTarget.open && !held.step && !held.isBusy) void held.ask([]);
    }}>
      <summary>{t('models.interview')}</summary>
      <div className="stack">
        <p>{t('models.interviewLead')}</p>
        <ModelLangNote />
        <InterviewBody held={held} {...of} />
      </div>
    </details>
  );
}
