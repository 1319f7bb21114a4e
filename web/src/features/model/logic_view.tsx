// What a decision does, whatever it is made of: a table, a text, or parts within parts.
import type { ReactNode } from 'react';

import type { Logic, TableTrace } from '@/api/models';
import { useWords } from '@/lib/i18n';
import { ScrollBox } from '@/ui/scroll_box';
import { ModelText } from '@/ui/values/model_text';
import { DecisionTable } from './decision_table';

export interface LogicProps {
  name: string;                        // of the decision
  logic: Logic | null;
  traces: TableTrace[];
}

function Parts({ parts }: { parts: [string, ReactNode][] }) {
  return (
    <dl className="facts logic-parts">
      {parts.map(([name, part]) => <div key={name}><dt>{name}</dt><dd>{part}</dd></div>)}
    </dl>
  );
}

function Relation({ name, logic, traces }:
LogicProps & { logic: Extract<Logic, { kind: 'relation' }> }) {
  return (
    <ScrollBox label={name}>
      <table className="table">
        <caption className="visually-hidden"><ModelText>{name}</ModelText></caption>
        <thead>
          <tr>
            {logic.columns.map((column) => (
              <th key={column} scope="col"><ModelText>{column}</ModelText></th>
            ))}
          </tr>
        </thead>
        <tbody>
          {logic.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <td key={logic.columns[at] ?? at}>
                  <LogicView name={name} logic={cell} traces={traces} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

type Composite = Exclude<Logic, { kind: 'literal' | 'table' | 'relation' }>;

function useParts({ name, logic, traces }: LogicProps & { logic: Composite }):
[string, ReactNode][] {
  const { t } = useWords();
  const show = (part: Logic | null) => <LogicView name={name} logic={part} traces={traces} />;
  switch (logic.kind) {
    case 'context':
      return logic.entries.map(({ name: entry, value }) => [entry ?? t('models.result'),
        show(value)]);
    case 'list':
      return logic.items.map((item, index) => [String(index + 1), show(item)]);
    case 'invocation':
      return [[t('models.call'), show(logic.callee)],
        ...logic.bindings.map(({ name: binding, value }): [string, ReactNode] => [
          t('models.with', { name: binding }), show(value)])];
    case 'function':
      return [[t('models.function', {
        parameters: logic.parameters.map((one) => one.name).join(', ') }),
      logic.is_external ? t('models.external') : show(logic.body)]];
    case 'conditional':
      return [[t('models.if'), show(logic.if)], [t('models.then'), show(logic.then)],
        [t('models.else'), show(logic.else)]];
    case 'filter':
      return [[t('models.filter'), show(logic.in)], [t('models.match'), show(logic.match)]];
    default:
      return [[t(`models.${logic.kind}`, { variable: logic.variable }), show(logic.in)],
        [t('models.body'), show(logic.body)]];
  }
}

function CompositeView(props: LogicProps & { logic: Composite }) {
  return <Parts parts={useParts(props)} />;
}

export function LogicView({ name, logic, traces }: LogicProps) {
  const { t } = useWords();
  if (logic === null) return <p className="muted">{t('models.noLogic')}</p>;
  switch (logic.kind) {
    case 'literal':
      return <pre className="feel"><code>{logic.text}</code></pre>;
    case 'table':
      return <DecisionTable name={name} table={logic}
        traces={traces.filter((trace) => trace.line === logic.line)} />;
    case 'relation':
      return <Relation name={name} logic={logic} traces={traces} />;
    default:
      return <CompositeView name={name} logic={logic} traces={traces} />;
  }
}
