// Answers that do not fit together: which they are, and what can be done. Nothing is lost by it.
import type { Contradiction } from '@/api/models';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { ModelSentence, ModelText } from '@/ui/values/model_text';
import { ValueText } from '@/ui/values/model_value';
import { labelOf } from './interview';
import type { Interview } from './use_interview';

type Held = Pick<Interview, 'replies' | 'contradictions' | 'accepted' | 'question' | 'isBusy'
  | 'change' | 'accept'>;

function One({ told, held }: { told: Contradiction; held: Held }) {
  const { t } = useWords();
  const { replies, isBusy } = held;
  const answers = replies.filter(({ question }) => told.answers.includes(question.input));
  return (
    <Notice meaning="attention" role="alert">
      <p className="strong">{t('models.contradiction')}</p>
      <p><ModelText>{told.question ?? told.decision}</ModelText></p>
      <p>{t(told.may_stand ? 'models.doubtDo' : 'models.contradictionDo')}</p>
      <ul className="plain-list stack-s no-print">
        {answers.map((reply) => (
          <li key={reply.question.name}>
            <Button disabled={isBusy} onClick={() => { held.change(reply); }}>
              <ModelSentence says="models.changeThis" values={{
                question: <ModelText>{labelOf(reply.question)}</ModelText>,
                value: <ValueText value={reply.value} /> }} />
            </Button>
          </li>
        ))}
        {told.may_stand && (
          <li>
            <Button disabled={isBusy} onClick={() => { void held.accept(told); }}>
              {t('models.allTrue')}
            </Button>
          </li>
        )}
      </ul>
    </Notice>
  );
}

// While one of the answers is being changed the question itself stands on the page.
export function Contradictions({ held }: { held: Held }) {
  if (held.question) return null;
  return held.contradictions.map((told) => <One key={told.decision} told={told} held={held} />);
}

// What the person said to be so, for on paper too.
export function AcceptedDoubts({ accepted }: Pick<Held, 'accepted'>) {
  return accepted.map(({ decision, question }) => (
    <p key={decision}>
      <ModelSentence says="models.saidSo"
        values={{ question: <ModelText>{question ?? decision}</ModelText> }} />
    </p>
  ));
}
