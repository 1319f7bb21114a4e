// What came out of a decision, in short; "Waarom?" opens the rest.
import { useState } from 'react';

import type { DecisionTrace, ModelAnswer, ModelQuestion } from '@/api/models';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Status } from '@/ui/status';
import { TableLine } from '@/ui/table_line';
import { ModelNames, ModelSentence, ModelText } from '@/ui/values/model_text';
import { ModelValue, ValueText } from '@/ui/values/model_value';
import { WhyDrawer } from './why_drawer';

export interface Told {
  question: ModelQuestion;
  answer: ModelAnswer;
}

export interface AnswerViewProps {
  pack: string;
  model: string;
  told: Told | null;
  title?: string | undefined;          // where several stand below each other
}

// The decision that was asked is the last one that was worked out.
export function ownTrace(answer: ModelAnswer): DecisionTrace | undefined {
  return answer.explanation.at(-1);
}

function Outcome({ answer }: { answer: ModelAnswer }) {
  const { t, l } = useWords();
  if (answer.outcome !== 'unknown') {
    return <div className="strong"><ModelValue value={answer.value} /></div>;
  }
  return (
    <>
      <p><Status meaning="unknown" label={t('models.unknown')} /></p>
      {answer.missing.length > 0 && (
        <p>
          <ModelSentence says="models.missing"
            values={{ facts: <ModelNames names={answer.missing} /> }} />
        </p>
      )}
      {answer.errors.map((error) => (
        <p key={error.id + error.message.nl}>{l(error.message)} {l(error.hint)}</p>
      ))}
      {answer.value !== null && (
        <p>
          <ModelSentence says="models.provisional"
            values={{ value: <ValueText value={answer.value} /> }} />
        </p>
      )}
    </>
  );
}

// The place for what comes out is there before there is anything in it: readers of the screen tell
// what changes in it, and often not what comes with its place.
export function AnswerView({ pack, model, told, title }: AnswerViewProps) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div role="status">
        {told && (
          <div className="panel stack-s model-answer">
            <h3>{title ? <ModelText>{title}</ModelText> : t('models.answer')}</h3>
            <Outcome answer={told.answer} />
            {ownTrace(told.answer)?.tables?.map((table, index) => (
              <TableLine key={index} table={table} />
            ))}
            <div><Button small onClick={() => { setOpen(true); }}>{t('models.why')}</Button></div>
          </div>
        )}
      </div>
      {told && isOpen && (
        <WhyDrawer pack={pack} model={model} question={told.question} answer={told.answer}
          onClose={() => { setOpen(false); }} />
      )}
    </>
  );
}
