// A whole form: why it is asked, what is wrong, the questions, the reason, and sending it.
import { useEffect, useMemo, useRef, useState } from 'react';

import { sendable } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { useSession } from '@/api/queries';
import type { Fields, RecordView, References } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { navigate } from '@/lib/router';
import { useMedia } from '@/lib/use_media';
import { Button } from '@/ui/button';
import { ErrorSummary } from '@/ui/fields/error_summary';
import { focusOn } from '@/ui/fields/places';
import { ProblemNotice } from '@/ui/problem_view';
import { BasisPanel } from './basis_panel';
import { checkForm } from './check';
import type { Problem } from './check';
import { ConflictPanel } from './conflict_panel';
import { ComputedField } from './computed_field';
import { draftOf, draftsOf, isEmptyDraft } from './drafts';
import { extraQuestions, checkExtra } from './extra_fields';
import type { ExtraSpec } from './extra_fields';
import { FieldEditor } from './field_editor';
import { FormFields } from './form_fields';
import { DraftNotice, FormFoot } from './form_foot';
import { FormRules } from './form_rules';
import { errorMap, withRules } from './problems';
import { RuleNotes } from './rule_notes';
import { useDrafts } from './use_drafts';
import type { Drafts } from './use_drafts';
import { askedOf, useEvaluation } from './use_rules';
import { useSubmit } from './use_submit';
import type { Target } from './use_submit';

export interface RecordFormProps {
  form: FormRef;
  ids: string[];                      // the fields asked, in order
  later?: ReadonlySet<string>;        // of those, shown only when asked for: steps ask them
  fields: Fields;                     // what they hold now
  references?: References | undefined;
  required?: ReadonlySet<string>;     // a step's own; else the form's
  extra: ExtraSpec;
  draftKey: string;
  target: Omit<Target, 'version'>;
  opened?: RecordView;                // the record that is written on, as it was when it was read
  backTo: string;
  bodyOf: (fields: Fields, extra: Fields) => unknown;
}

function useFormState(props: RecordFormProps) {
  const { form, ids, fields, references, draftKey, target, backTo } = props;
  const { lang } = useWords();
  const account = useSession().data?.account?.id ?? 'visitor';
  const initial = useMemo(
    () => draftsOf(form.form, ids, fields, lang, references),
    [form, ids, fields, lang, references]);
  const drafts = useDrafts(`draft.${account}.${draftKey}`, form.form, initial);
  const [version, setVersion] = useState(props.opened?.version);
  const submit = useSubmit(
    { ...target, ...(version === undefined ? {} : { version }) },
    (record: RecordView) => {
      drafts.drop();
      // Who may write what they may not see afterwards is told nothing of it.
      navigate(record.id ? `/records/${record.id}` : backTo, { state: { saved: true } });
    });
  const conflict = submit.problem?.status === 409 ? submit.problem.current : undefined;
  if (conflict && conflict.version !== version) setVersion(conflict.version);
  return { drafts, submit, conflict };
}

// What is asked of the fields, and what they hold as far as it is right. A field that the rules
// hide keeps what was typed, but it is not sent. One that the record holds a value of stays until
// somebody clears it: no rule takes away what was recorded. What is hidden may rest on an older
// answer: nothing is sent before the answer is about what is typed now (isCurrent).
function useAsked({ form, ids, fields, required }: RecordFormProps, { drafts }: Drafts,
  isUrgent: boolean) {
  const { lang } = useWords();
  const [hiddenBefore, setHidden] = useState<ReadonlySet<string>>(new Set());
  const sent = Object.fromEntries(Object.entries(drafts)
    .filter(([id]) => !hiddenBefore.has(id) && !form.form.fields[id]?.computed));
  const others = Object.fromEntries(Object.entries(sendable(form.form, fields))
    .filter(([id]) => !ids.includes(id)));
  const typed = checkForm(form.form, sent, lang, new Set()).fields;
  const { told: evaluation, isCurrent } = useEvaluation(form, { ...others, ...typed }, isUrgent);
  const astray = new Set(ids.filter((id) => evaluation?.fields[id]?.shown === false
    && fields[id] !== undefined && !isEmptyDraft(drafts[id])));
  const asked = askedOf(form.form, ids.filter((id) => !astray.has(id)), evaluation, required);
  const isSame = asked.hidden.size === hiddenBefore.size
    && [...asked.hidden].every((id) => hiddenBefore.has(id));
  if (!isSame) setHidden(asked.hidden);
  const checked = checkForm(form.form, sent, lang, asked.required);
  const computed = Object.fromEntries(Object.entries(evaluation?.fields ?? {})
    .flatMap(([id, { value }]) => (value === undefined ? [] : [[id, value]])));
  const seen = { ...others, ...typed, ...computed } as Fields;
  return { checked, asked, astray, evaluation, isCurrent, seen };
}

export function RecordForm(props: RecordFormProps) {
  const { form, ids, extra, backTo, bodyOf } = props;
  const words = useWords();
  const { drafts, submit, conflict } = useFormState(props);
  const [own, setOwn] = useState<Problem[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [here, setHere] = useState({ id: ids[0] ?? '', index: 0 });
  const [isAll, setAll] = useState(false);
  const isOneByOne = useMedia('(width < 40rem)');
  const errors = errorMap(form.form, words, own, submit.problem);
  const [isHeld, setHeld] = useState(false);
  const { checked, asked, astray, evaluation, isCurrent, seen } = useAsked(props, drafts, isHeld);
  const liveErrors = withRules(errors, evaluation, words, astray);

  const send = () => {
    const more = checkExtra(extra, drafts.extra, words);
    const problems = [...checked.problems, ...more.problems];
    setOwn(problems);
    setAttempt(attempt + 1);
    if (problems.length) submit.reset();
    else submit.send(bodyOf(checked.fields, more.values));
  };
  const latestSend = useRef(send);
  useEffect(() => { latestSend.current = send; });
  useEffect(() => {
    if (!isHeld || !isCurrent) return;
    setHeld(false);
    latestSend.current();
  }, [isHeld, isCurrent]);

  const isAsked = (id: string) => !asked.hidden.has(id)
    && (isAll || !props.later?.has(id) || asked.required.has(id));
  const fieldQuestions = ids.filter(isAsked).flatMap((id) => {
    const field = form.form.fields[id];
    const draft = drafts.drafts[id];
    if (!field || draft === undefined) return [];
    return [{ id, content: (
      <>
        {field.computed
          ? <ComputedField form={form} id={id} field={field} told={evaluation?.fields[id]} />
          : <FieldEditor form={form} field={{ ...field, required: asked.required.has(id) }}
              path={id} label={words.l(field.label)} hint={field.hint && words.l(field.hint)}
              errors={liveErrors} value={draft}
              onChange={(next) => { drafts.setField(id, next); }} />}
        <RuleNotes form={form} id={id} evaluation={evaluation} fields={seen} />
      </>
    ) }];
  });
  const dropped = ids.filter((id) => asked.hidden.has(id) && !isEmptyDraft(drafts.drafts[id]));
  const questions = [...fieldQuestions, ...extraQuestions(extra, drafts, errors, words)];
  const isWizard = isOneByOne && questions.length > 1;
  // Rules add and take away questions: one stays at the question that it is at, by its id.
  const found = questions.findIndex(({ id }) => id === here.id);
  const at = found >= 0 ? found : Math.min(here.index, questions.length - 1);
  const goTo = (index: number) => { setHere({ id: questions[index]?.id ?? '', index }); };
  const jump = (path: string) => {
    const index = questions.findIndex(({ id }) => path === id || path.startsWith(`${id}.`));
    if (index >= 0) goTo(index);
    focusOn(path);
  };
  const take = (id: string) => {
    const field = form.form.fields[id];
    if (!field || !conflict) return;
    const { fields, references = {} } = conflict;
    drafts.setField(id, draftOf(field, fields[id], words.lang, references));
  };
  const isPlainProblem = submit.problem && !conflict && !submit.problem.problems.length;
  return (
    <form className="form" noValidate onSubmit={(event) => {
      event.preventDefault();
      if (isWizard && at < questions.length - 1) goTo(at + 1);
      else setHeld(true);
    }}>
      <BasisPanel form={form.form} />
      <DraftNotice drafts={drafts} form={form.form} ids={ids} />
      <ErrorSummary errors={errors} onJump={jump}
        attempt={submit.isSending ? 0 : attempt + (submit.problem ? 1 : 0)} />
      {conflict && (
        <ConflictPanel form={form} ids={ids} opened={props.opened} mine={checked.fields}
          current={conflict} onTake={take} />
      )}
      {isPlainProblem && (
        <ProblemNotice error={submit.problem} onRetry={() => { setHeld(true); }} />
      )}
      <FormFields questions={questions} isOneByOne={isWizard}
        at={at} onMove={(next) => {
          goTo(next);
          focusOn(questions[next]?.id ?? '');
        }} />
      {!isAll && Boolean(props.later?.size) && (
        <p className="muted">
          {words.t('form.later')}{' '}
          <Button small onClick={() => { setAll(true); }}>{words.t('form.laterShow')}</Button>
        </p>
      )}
      <FormRules form={form} evaluation={evaluation} fields={seen} dropped={dropped}
        hidden={asked.hidden} />
      <FormFoot submit={{ ...submit, isSending: submit.isSending || isHeld }} backTo={backTo}
        keptAt={drafts.keptAt}
        isLast={!isWizard || at >= questions.length - 1} />
    </form>
  );
}
