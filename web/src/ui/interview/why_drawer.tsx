// "Waarom?": how a decision came about, the asked one first, then what it rests on. Of each table
// every rule, and of each cell whether it held; of what cannot be said, which fact is missing.
import { useQuery } from '@tanstack/react-query';

import { askModel } from '@/api/models';
import type {
  Cause, CellTrace, DecisionTrace, ModelAnswer, ModelQuestion, RuleTrace, TableTrace,
} from '@/api/models';
import type { Meaning } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Dialog } from '@/ui/dialog';
import { ProblemNotice } from '@/ui/problem_view';
import { ScrollBox } from '@/ui/scroll_box';
import { Skeleton } from '@/ui/skeleton';
import { Status } from '@/ui/status';
import { ModelNames, ModelSentence, ModelText, useModelLang } from '@/ui/values/model_text';
import { ModelValue, ValueText } from '@/ui/values/model_value';
import { cellWords, hasModelWords } from './cell_words';

export interface WhyDrawerProps {
  pack: string;
  model: string;
  question: ModelQuestion;
  answer: ModelAnswer;                 // the short one: what is asked about
  onClose: () => void;
}

const kMeanings: Record<CellTrace['verdict'], Meaning> = {
  true: 'done', false: 'failed', unknown: 'unknown',
};

function CauseText({ cause }: { cause: Cause }) {
  const { l } = useWords();
  return cause.missing === undefined ? l(cause.message)
    : <ModelSentence says="models.missing"
        values={{ facts: <ModelText>{cause.missing}</ModelText> }} />;
}

function CellVerdict({ cell }: { cell: CellTrace }) {
  const words = useWords();
  const lang = useModelLang();
  const said = cellWords(cell.text, words);
  return (
    <span className="stack-s">
      <span lang={hasModelWords(cell.text) ? lang : undefined}>
        {said ?? <code>{cell.text}</code>}
      </span>
      <Status meaning={kMeanings[cell.verdict]}
        label={words.t(`models.verdict.${cell.verdict}`)} />
      {cell.causes?.map((cause, index) => (
        <span key={index} className="small"><CauseText cause={cause} /></span>
      ))}
    </span>
  );
}

function RuleCells({ rule, heads }: { rule: RuleTrace; heads: string[] }) {
  const { t } = useWords();
  return (
    <tr className={rule.matched ? 'plain-row is-matched' : 'plain-row'}>
      <th scope="row">
        {t('models.ruleN', { n: rule.rule })}{' '}
        {rule.matched && <Status meaning="done" label={t('models.matches')} />}
      </th>
      {rule.cells?.map((cell, index) => (
        <td key={index} data-title={heads[index]}><CellVerdict cell={cell} /></td>
      ))}
    </tr>
  );
}

function TableWhy({ table }: { table: TableTrace }) {
  const { t } = useWords();
  const lang = useModelLang();
  const heads = Object.keys(table.inputs);
  const isMatched = table.rules.some((rule) => rule.matched);
  return (
    <div className="stack-s">
      <p>{t('models.whyFacts')}</p>
      <ModelValue value={table.inputs} />
      <ScrollBox label={table.table}>
        <table className="table record-table decision-table">
          <caption className="visually-hidden" lang={lang}>{table.table}</caption>
          <thead>
            <tr>
              <th scope="col">{t('models.rule')}</th>
              {heads.map((head) => <th key={head} scope="col" lang={lang}>{head}</th>)}
            </tr>
          </thead>
          <tbody>
            {table.rules.map((rule) => <RuleCells key={rule.rule} rule={rule} heads={heads} />)}
          </tbody>
        </table>
      </ScrollBox>
      {!isMatched && table.near_misses?.map((miss) => (
        <p key={miss.rule}>
          <ModelSentence says="models.near"
            values={{ rule: miss.rule, cells: <ModelNames names={miss.blocked_by} /> }} />
        </p>
      ))}
      {table.is_cut && <p className="muted">{t('models.cut')}</p>}
    </div>
  );
}

function DecisionWhy({ trace }: { trace: DecisionTrace }) {
  const { t } = useWords();
  const facts = Object.keys(trace.inputs).length > 0 && !trace.tables?.length;
  const passed = trace.passed_over?.flatMap(({ missing }) => missing ?? []) ?? [];
  return (
    <section className="stack">
      <h3><ModelText>{trace.decision}</ModelText>: <ValueText value={trace.value} /></h3>
      {trace.causes?.map((cause, index) => <p key={index}><CauseText cause={cause} /></p>)}
      {passed.length > 0 && (
        <p>
          <ModelSentence says="models.passedOver"
            values={{ facts: <ModelNames names={passed} /> }} />
        </p>
      )}
      {facts && <><p>{t('models.whyFacts')}</p><ModelValue value={trace.inputs} /></>}
      {trace.tables?.map((table, index) => <TableWhy key={index} table={table} />)}
      {trace.is_cut && <p className="muted">{t('models.cut')}</p>}
      {trace.sources?.map((source) => (
        <p key={source.name} className="small">
          {t('common.source')}: <ModelText>{source.name}</ModelText>
        </p>
      ))}
    </section>
  );
}

export function WhyDrawer({ pack, model, question, answer, onClose }: WhyDrawerProps) {
  const { t } = useWords();
  const full = useQuery({
    queryKey: ['evaluate', pack, model, question],
    queryFn: () => askModel(pack, model, question, 'full'),
    gcTime: 0,
    retry: false,
  });
  const value = answer.outcome === 'unknown' ? t('models.unknown').toLowerCase()
    : <ValueText value={answer.value} />;
  const decision = <ModelText>{question.decision}</ModelText>;
  return (
    <Dialog look="drawer" onClose={onClose}
      title={<ModelSentence says="models.whyTitle" values={{ decision, value }} />}>
      {full.isPending && <Skeleton />}
      {full.isError && (
        <ProblemNotice error={full.error} onRetry={() => { void full.refetch(); }} />
      )}
      {full.data && [...full.data.explanation].reverse().map((trace) => (
        <DecisionWhy key={trace.decision + trace.file} trace={trace} />
      ))}
    </Dialog>
  );
}
