// One decision of a model: what it asks, where it comes from, what it does, and a form to try it.
import type { ModelAnswer, ModelDecision, ModelInput } from '@/api/models';
import { useWords } from '@/lib/i18n';
import { InterviewForm } from '@/ui/interview/interview_form';
import { Allowed } from './allowed';
import { LogicView } from './logic_view';
import { TryForm } from './try_form';
import type { Typed } from '@/ui/interview/question';
import { allowedWords, typeWords } from '@/ui/interview/type_words';
import { ModelText } from '@/ui/values/model_text';

export interface DecisionSectionProps {
  pack: string;
  model: string;
  decision: ModelDecision;
  index: number;
  inputs: ModelInput[];
  typed: Typed;
  answer: ModelAnswer | null;          // the latest of the page, of whichever decision
  onType: (path: string, value: string | string[]) => void;
  onAnswer: (answer: ModelAnswer | null) => void;
}

export function anchorOf(index: number): string {
  return `decision-${index + 1}`;
}

function Facts({ decision }: { decision: ModelDecision }) {
  const words = useWords();
  const { t } = words;
  const lines: [string, string | undefined][] = [
    [t('models.outcome'), decision.answers],
    [t('models.restsOn'), [...new Set(decision.requires.map(({ name }) => name))].join(', ')],
    [t('common.source'), decision.sources?.map((source) => source.name).join(', ')],
  ];
  return (
    <dl className="facts">
      {decision.answers === undefined && (
        <div>
          <dt>{t('models.outcome')}</dt>
          <dd>
            {typeWords(decision.type, words)}
            {allowedWords(decision.type, words) && <>: <Allowed type={decision.type} /></>}
          </dd>
        </div>
      )}
      {lines.filter(([, text]) => text).map(([name, text]) => (
        <div key={name}><dt>{name}</dt><dd><ModelText>{text}</ModelText></dd></div>
      ))}
    </dl>
  );
}

export function DecisionSection(props: DecisionSectionProps) {
  const { pack, model, decision, index, inputs, typed, answer, onType, onAnswer } = props;
  const trace = answer?.explanation.find((one) => one.decision === decision.name);
  const needed = decision.needs.flatMap((name) => (
    inputs.find((input) => input.name === name) ?? []));
  const name = decision.label ?? decision.name;
  return (
    <section className="stack model-decision" id={anchorOf(index)} aria-labelledby={`h-${index}`}>
      <h2 id={`h-${index}`}><ModelText>{name}</ModelText></h2>
      {decision.question && <p className="strong"><ModelText>{decision.question}</ModelText></p>}
      {decision.description && <p><ModelText>{decision.description}</ModelText></p>}
      <Facts decision={decision} />
      <LogicView name={name} logic={decision.logic} traces={trace?.tables ?? []} />
      <TryForm pack={pack} model={model} decision={decision} prefix={`d${index}`} inputs={needed}
        typed={typed} answer={answer} onType={onType} onAnswer={onAnswer} />
      {needed.length > 0 && (
        <InterviewForm pack={pack} model={model} decision={decision} prefix={`q${index}`}
          onAnswer={onAnswer} />
      )}
    </section>
  );
}
