// A decision table as people read it: what the hit policy means, each rule a row, on a phone a
// card. Rules that matched are marked.
import type { TableClause, TableLogic, TableRule, TableTrace } from '@/api/models';
import { useWords } from '@/lib/i18n';
import type { MessageKey } from '@/lib/i18n';
import { ScrollBox } from '@/ui/scroll_box';
import { Status } from '@/ui/status';
import { cellWords, hasModelWords, outputWords } from '@/ui/interview/cell_words';
import { ModelText } from '@/ui/values/model_text';

export interface DecisionTableProps {
  name: string;
  table: TableLogic;
  traces: TableTrace[];                // of this table: knowledge may be called several times
}

function Said({ words, feel }: { words: string | null; feel: string }) {
  if (words === null) return <code>{feel}</code>;
  return hasModelWords(feel) ? <ModelText>{words}</ModelText> : words;
}

function nameOf({ label, name, expression }: TableClause): string | undefined {
  return label ?? name ?? expression;
}

function Heads({ clauses, word }: { clauses: TableClause[]; word: MessageKey }) {
  const words = useWords();
  return clauses.map((clause, index) => (
    <th key={index} scope="col">
      <span className="muted small">{words.t(word)}</span>{' '}
      {nameOf(clause) ? <ModelText>{nameOf(clause)}</ModelText> : words.t('models.outcome')}
      {clause.allowed && (
        <span className="clause-note muted small">
          {words.t('models.allowed')}: <Said words={cellWords(clause.allowed, words)}
            feel={clause.allowed} />
        </span>
      )}
    </th>
  ));
}

interface RowProps {
  table: TableLogic;
  rule: TableRule;
  number: number;
  isMatched: boolean;
}

function RuleRow({ table, rule, number, isMatched }: RowProps) {
  const words = useWords();
  const { t } = words;
  return (
    <tr className={isMatched ? 'plain-row is-matched' : 'plain-row'}>
      <th scope="row">
        {t('models.ruleN', { n: number })}{' '}
        {isMatched && <Status meaning="done" label={t('models.matches')} />}
        {rule.description && (
          <span className="muted small"><ModelText>{rule.description}</ModelText></span>
        )}
      </th>
      {table.inputs.map((clause, index) => (
        <td key={`in-${index}`} data-title={nameOf(clause) ?? t('models.input')}>
          <span><Said words={cellWords(rule.inputs[index] ?? '-', words)}
            feel={rule.inputs[index] ?? ''} /></span>
        </td>
      ))}
      {table.outputs.map((clause, index) => (
        <td key={`out-${index}`} className="strong"
          data-title={nameOf(clause) ?? t('models.outcome')}>
          <span><Said words={outputWords(rule.outputs[index] ?? '', words)}
            feel={rule.outputs[index] ?? ''} /></span>
        </td>
      ))}
      {table.annotations.map((name, index) => (
        <td key={`note-${index}`} data-title={name}>
          {rule.annotations?.[index] && <ModelText>{rule.annotations[index]}</ModelText>}
        </td>
      ))}
    </tr>
  );
}

// What comes out when no rule matches.
function DefaultRow({ table }: { table: TableLogic }) {
  const words = useWords();
  const { t } = words;
  if (!table.outputs.some((clause) => clause.default)) return null;
  return (
    <tr className="plain-row">
      <th scope="row">{t('models.otherwise')}</th>
      {table.inputs.map((clause, index) => (
        <td key={`in-${index}`} data-title={nameOf(clause) ?? t('models.input')}>–</td>
      ))}
      {table.outputs.map((clause, index) => (
        <td key={`out-${index}`} className="strong"
          data-title={nameOf(clause) ?? t('models.outcome')}>
          <span><Said words={outputWords(clause.default ?? '', words)}
            feel={clause.default ?? ''} /></span>
        </td>
      ))}
      {table.annotations.map((name) => <td key={name} data-title={name} />)}
    </tr>
  );
}

export function DecisionTable({ name, table, traces }: DecisionTableProps) {
  const { t } = useWords();
  const matched = new Set(traces.flatMap(({ rules }) => rules)
    .filter((rule) => rule.matched).map((rule) => rule.rule));
  return (
    <div className="stack-s">
      <p>{t(`models.policy.${table.hit_policy}` as MessageKey)}</p>
      <ScrollBox label={name}>
        <table className="table record-table decision-table">
          <caption className="visually-hidden"><ModelText>{name}</ModelText></caption>
          <thead>
            <tr>
              <th scope="col">{t('models.rule')}</th>
              <Heads clauses={table.inputs} word="models.input" />
              <Heads clauses={table.outputs} word="models.output" />
              {table.annotations.map((note) => (
                <th key={note} scope="col"><ModelText>{note}</ModelText></th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rules.map((rule, index) => (
              <RuleRow key={rule.id ?? index} table={table} rule={rule} number={index + 1}
                isMatched={matched.has(index + 1)} />
            ))}
            <DefaultRow table={table} />
          </tbody>
        </table>
      </ScrollBox>
    </div>
  );
}
