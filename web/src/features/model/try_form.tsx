// Trying a decision: a form made from the types of what it needs, and the answer below it.
import { useEffect, useState } from 'react';

import { askModel } from '@/api/models';
import type { ModelAnswer, ModelDecision, ModelInput } from '@/api/models';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { ErrorSummary } from '@/ui/fields/error_summary';
import { focusOn } from '@/ui/fields/places';
import { ProblemNotice } from '@/ui/problem_view';
import { AnswerView } from '@/ui/interview/answer_view';
import type { Told } from '@/ui/interview/answer_view';
import { InputField } from '@/ui/interview/input_field';
import { errorsOf, placeOf, questionOf } from '@/ui/interview/question';
import type { Typed } from '@/ui/interview/question';

export interface TryFormProps {
  pack: string;
  model: string;
  decision: ModelDecision;
  prefix: string;                      // of the places of its fields
  inputs: ModelInput[];                // what the decision needs
  typed: Typed;                        // shared by the decisions of the page
  answer: ModelAnswer | null;          // the latest of the page, of whichever decision
  onType: (path: string, value: string | string[]) => void;
  onAnswer: (answer: ModelAnswer | null) => void;
}

// `typed`: what was read from the fields when it was asked.
type ToldOf = Told & { typed: string };

function useTrying(props: TryFormProps) {
  const { pack, model, decision, prefix, inputs, typed, answer: latest, onAnswer } = props;
  const words = useWords();
  const [told, setTold] = useState<ToldOf | null>(null);
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const [failure, setFailure] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const refuse = (found: ReadonlyMap<string, string>) => {
    setErrors(new Map([...found].map(([path, text]) => [placeOf(prefix, path), text])));
    setTold(null);
    onAnswer(null);
    setAttempt((last) => last + 1);
  };
  const { inputs: given, errors: wrong } = questionOf(inputs, typed, words);
  const now = JSON.stringify([given, [...wrong.keys()]]);
  // What came out is not of what is typed by now, here or at another decision: it goes, and so do
  // the rules that are marked in the tables by it.
  const stale = told && told.typed !== now ? told : null;
  useEffect(() => {
    if (!stale) return;
    setTold(null);
    if (stale.answer === latest) onAnswer(null);
  }, [stale, latest, onAnswer]);
  const ask = async () => {
    setFailure(null);
    if (wrong.size) return refuse(wrong);
    const question = { decision: decision.name, inputs: given };
    setBusy(true);
    try {
      const answer = await askModel(pack, model, question, 'brief');
      setErrors(new Map());
      setTold({ question, answer, typed: now });
      onAnswer(answer);
    } catch (error) {
      const found = errorsOf(error);
      refuse(found);
      if (!found.size) setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return { told: stale ? null : told, errors, failure, attempt, isBusy, ask };
}

export function TryForm(props: TryFormProps) {
  const { pack, model, prefix, inputs, typed, onType } = props;
  const { t } = useWords();
  const { told, errors, failure, attempt, isBusy, ask } = useTrying(props);
  return (
    <details className="basis model-try no-print">
      <summary>{t('models.try')}</summary>
      <form className="form" noValidate onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}>
        <ErrorSummary errors={errors} attempt={attempt} onJump={focusOn} />
        <p>{inputs.length ? t('models.tryLead') : t('models.noFacts')}</p>
        {inputs.map((input) => (
          <InputField key={input.name} type={input.type} path={input.name} prefix={prefix}
            label={input.label ?? input.name} hint={input.description} typed={typed}
            errors={errors} onChange={onType} />
        ))}
        <div className="form-foot">
          <Button type="submit" look="primary" disabled={isBusy}>{t('models.ask')}</Button>
        </div>
      </form>
      {failure !== null && <ProblemNotice error={failure} onRetry={() => { void ask(); }} />}
      <AnswerView pack={pack} model={model} told={told} />
    </details>
  );
}
