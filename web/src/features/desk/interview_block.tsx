// A block of kind `interview`: the decisions of a model, question by question, at the place where
// people look for them. It can be printed with every step, its source and the version of the rules.
// Nothing about the person is kept; who may count its use goes on to the form for that, with what
// came out filled in beforehand.
import { useEffect, useState } from 'react';

import { findForm, findList, fullName } from '@/api/metadata';
import type { DeskRef, FormRef } from '@/api/metadata';
import { useModel } from '@/api/models';
import type { DecisionModel, DecisionTrace } from '@/api/models';
import { useCatalogue } from '@/api/queries';
import type { Block, Fields } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Button, ButtonLink } from '@/ui/button';
import { InterviewBody } from '@/ui/interview/interview_form';
import { withReply } from '@/ui/interview/interview';
import { useInterview } from '@/ui/interview/use_interview';
import type { Interview } from '@/ui/interview/use_interview';
import { ProblemNotice } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';
import { TableLine } from '@/ui/table_line';
import { ModelLangNote, ModelSentence, ModelText } from '@/ui/values/model_text';
import { ValueText } from '@/ui/values/model_value';
import { BlockEmbed } from './block_embed';
import { useOutcome, useTellOutcome } from './outcomes';
import '@/ui/interview/model.css';

// The codes of a choice that are called like these, in either language.
export function codesCalled({ pack, form }: FormRef, field: string, values: unknown[]): string[] {
  const name = form.fields[field]?.list;
  const list = name ? findList({ packs: [pack] }, pack, name) : undefined;
  return values.flatMap((value) => Object.entries(list?.codes ?? {})
    .filter(([, { label }]) => label.nl === value || label.en === value)
    .map(([code]) => code));
}

// What the form for counting is filled in with: what came of each decision, where a choice is
// called like that, and by which rules.
export function countedFields(block: Block, form: FormRef, { ends }: Pick<Interview, 'ends'>,
  version: string): Fields {
  const fields: Fields = {};
  for (const [index, field] of (block.outcomes ?? []).entries()) {
    const value = ends.find(({ decision }) => decision === block.decisions?.[index])?.answer.value;
    const codes = codesCalled(form, field, Array.isArray(value) ? value : [value]);
    const [code] = codes;
    if (code) fields[field] = form.form.fields[field]?.many ? codes : code;
  }
  if (block.version) fields[block.version] = version;
  return fields;
}

function Step({ trace }: { trace: DecisionTrace }) {
  const { t } = useWords();
  const sources = (trace.sources ?? []).map(({ name }) => name).join('; ');
  return (
    <li className="stack-s">
      <p>
        <strong><ModelText>{trace.decision}</ModelText></strong>: <ValueText value={trace.value} />
      </p>
      {trace.tables?.map((table, index) => <TableLine key={index} table={table} />)}
      {sources && (
        <p className="small muted">{t('common.source')}: <ModelText>{sources}</ModelText></p>
      )}
    </li>
  );
}

// Every decision that was made on the way, once, in the order in which one rests on the other.
export function stepsOf({ ends }: Pick<Interview, 'ends'>): DecisionTrace[] {
  const steps = new Map<string, DecisionTrace>();
  for (const { answer } of ends) {
    for (const trace of answer.explanation) {
      const key = trace.file + trace.decision;
      if (!steps.has(key)) steps.set(key, trace);
    }
  }
  return [...steps.values()];
}

function Result({ block, data, held, form }: { block: Block; data: DecisionModel; held: Interview;
  form: FormRef | undefined; }) {
  const { t, l } = useWords();
  const version = `${l(data.pack.title)} ${data.pack.version}, ${data.model.file}`;
  const steps = stepsOf(held);
  return (
    <>
      <details open className="basis">
        <summary>{t('interview.steps', { n: steps.length })}</summary>
        <ol className="stack-s">
          {steps.map((trace) => <Step key={trace.file + trace.decision} trace={trace} />)}
        </ol>
      </details>
      <p className="small muted">{t('interview.rules', { version })}</p>
      <div className="row no-print">
        <Button onClick={() => { window.print(); }}>{t('interview.print')}</Button>
        {form?.form.may.includes('create') && (
          <ButtonLink to={`/registers/${form.name}/nieuw`} state={{
            fields: countedFields(block, form, held, version), backTo: window.location.pathname }}>
            {t('interview.count', { title: l(form.form.title).toLowerCase() })}
          </ButtonLink>
        )}
      </div>
    </>
  );
}

type TakenFrom = Pick<Interview, 'question' | 'isBusy' | 'replies' | 'ask' | 'error' | 'failure'>;

// Answers the question that another interview has answered; whoever changes it keeps that. A value
// that is refused is left to the person. Returns what stands here for it, where anything does.
export function useTaken(held: TakenFrom, input: string | undefined, outcome: unknown): unknown {
  const { question, isBusy, replies, ask, error, failure } = held;
  const reply = replies.find((one) => one.question.name === input);
  useEffect(() => {
    if (question?.name !== input || !question || reply || isBusy || error || failure) return;
    if (outcome !== undefined) void ask(withReply(replies, { question, value: outcome }));
  }, [question, input, reply, isBusy, error, failure, outcome, replies, ask]);
  return reply ? reply.value : outcome;
}

function Asked({ desk, block, data, pack }: { desk: DeskRef; block: Block; data: DecisionModel;
  pack: string; }) {
  const { t, l } = useWords();
  const catalogue = useCatalogue().data;
  const [isBegun, setBegun] = useState(false);
  const prefix = `i-${block.id}`;
  const decisions = (block.decisions ?? []).flatMap((name) => (
    data.model.decisions.filter((one) => one.name === name)));
  const alsoTold = data.model.decisions.filter((one) => one.contradiction)
    .flatMap(({ needs }) => needs);
  const held = useInterview({ pack, model: data.id, decisions, alsoTold, prefix });
  const keyOf = (id = '') => `${desk.pack.name}/${desk.id}/${id}`;
  const outcome = useOutcome(keyOf(block.after));
  useTellOutcome(keyOf(block.id), held.isDone ? held.ends[0]?.answer.value : undefined);
  const taken = useTaken(held, block.takes, outcome);
  const before = desk.desk.blocks.find(({ id }) => id === block.after);
  const owner = catalogue?.packs.find(({ name }) => name === pack);
  const form = catalogue && owner && block.count
    ? findForm(catalogue, fullName(owner, block.count)) : undefined;
  const begin = () => {
    setBegun(true);
    void held.ask([]);
  };
  return (
    <div className="stack">
      <p>{t('models.interviewLead')}</p>
      <ModelLangNote />
      {before && outcome !== undefined && (
        <p>
          <ModelSentence says={taken === outcome ? 'interview.taken' : 'interview.takenOther'}
            values={{ title: l(before.title), outcome: <ValueText value={outcome} /> }} />
        </p>
      )}
      {!isBegun && (
        <div className="no-print">
          <Button look="primary" onClick={begin}>{t('interview.begin')}</Button>
        </div>
      )}
      {isBegun && (
        <InterviewBody held={held} pack={pack} model={data.id} prefix={prefix}
          isNamed={(block.decisions ?? []).length > 1} />
      )}
      {held.isDone && <Result block={block} data={data} held={held} form={form} />}
    </div>
  );
}

export default function InterviewBlock({ desk, block }: { desk: DeskRef; block: Block }) {
  const { l, t } = useWords();
  const [pack = ''] = fullName(desk.pack, block.form ?? '').split('/');
  const model = block.model ?? '';
  const found = useModel(pack, model);
  const titleId = `block-${block.id}`;
  return (
    <section className="block panel" aria-labelledby={titleId} id={block.id}>
      <div className="row-wide">
        <h2 id={titleId}>{l(block.title)}</h2>
        <div className="row push no-print"><BlockEmbed desk={desk} block={block} /></div>
      </div>
      {block.note && <p className="strong">{l(block.note)}</p>}
      {found.isPending && <Skeleton lines={3} />}
      {found.isError && (
        <ProblemNotice error={found.error} onRetry={() => { void found.refetch(); }} />
      )}
      {found.data && (
        <Asked key={found.data.pack.hash} desk={desk} block={block} data={found.data}
          pack={pack} />
      )}
      <p className="no-print">
        <Link to={`/packs/${pack}/modellen/${model}`}>{t('interview.model')}</Link>
      </p>
    </section>
  );
}
