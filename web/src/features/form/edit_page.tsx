// Changing a record from a day on, or correcting what was recorded wrongly.
import { useMemo, useState } from 'react';

import { openFields, processesFor, sendable, stateLabel, statesOf } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { ApiProblem } from '@/api/problem';
import { useSession } from '@/api/queries';
import type { Action, RecordView } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { ButtonLink } from '@/ui/button';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import type { ExtraSpec } from './extra_fields';
import { LoadedRecord } from './loaded_record';
import { NotNow } from './not_now';
import { RecordForm } from './record_form';

type Kind = 'change' | 'correct';

const kExtras: Record<Kind, ExtraSpec> = {
  change: {
    reason: 'required', validFrom: 'optional', validTo: 'none', fromLabel: 'form.validFrom',
    fromName: 'valid_from',
  },
  correct: {
    reason: 'required', validFrom: 'required', validTo: 'optional', fromLabel: 'form.validFrom',
    fromName: 'valid_from',
  },
};

// What was there when the form opened stays the ground of it, though news may come in meanwhile.
function EditForm({ record: latest, form: activeForm, kind }: { record: RecordView; form: FormRef;
  kind: Kind; }) {
  const { t } = useWords();
  const [record] = useState(latest);
  const [form] = useState(activeForm);
  const ids = useMemo(() => openFields(form.form).map(([name]) => name), [form]);
  const page = `/records/${record.id}`;
  const path = `/v1/records/${record.id}${kind === 'correct' ? '/_correct' : ''}`;
  if (!form.form.may.includes(kind)) return <ProblemPage error={new ApiProblem(401, {})} />;
  return (
    <Page title={t(kind === 'change' ? 'form.change' : 'form.correct', { title: record.title })}
      crumbs={[{ label: record.title, to: page },
        { label: t(kind === 'change' ? 'record.change' : 'record.correct') }]}>
      <RecordForm form={form} ids={ids} fields={record.fields} references={record.references}
        extra={kExtras[kind]} backTo={page} draftKey={`${kind}.${record.id}.${record.version}`}
        target={{ method: kind === 'change' ? 'PUT' : 'POST', path }} opened={record}
        bodyOf={(fields, extra) => ({
          fields: { ...retired(record, form), ...fields }, ...extra,
        })} />
    </Page>
  );
}

// The steps after which the fields can be changed, else all: as the server names them.
function waysOut(record: RecordView, form: FormRef): Action[] {
  const steps = record.actions?.filter((one) => one.kind === 'step' && !one.blocked) ?? [];
  const opening = steps.filter(({ transition = '' }) => processesFor(form, record.fields).some(
    ({ states, transitions }) => {
      const to = transitions[transition]?.to;
      return to !== undefined && to !== 'same' && !states[to]?.fixed;
    }));
  return opening.length ? opening : steps;
}

// The record stays as it is: its state keeps its fields, or somebody else is to look at it first.
function EditNotNow({ record, form, kind }: { record: RecordView; form: FormRef; kind: Kind }) {
  const { t, l } = useWords();
  const { state } = record;
  const isFixed = Boolean(state && statesOf(form)[state.id]?.fixed);
  const steps = waysOut(record, form);
  const why = isFixed && state
    ? t('form.fixed', { state: l(stateLabel(form, state)) }) : t('form.notChangeText');
  return (
    <NotNow record={record} title={t('form.notChange')} lead={why}
      crumb={t(kind === 'change' ? 'record.change' : 'record.correct')}>
      {isFixed && (
        <div className="stack-s">
          <p>{t(steps.length ? 'form.fixedSteps' : 'form.fixedNoSteps')}</p>
          {steps.map((step) => (
            <p key={step.transition}>
              <ButtonLink to={`/records/${record.id}/stap/${step.transition ?? ''}`}>
                {l(step.label)}
              </ButtonLink>
            </p>
          ))}
        </div>
      )}
    </NotNow>
  );
}

// What was open when the page came stays open, with what was typed, though the record moves on.
function Edit({ record, form, kind }: { record: RecordView; form: FormRef; kind: Kind }) {
  const [may] = useState(() => record.actions?.some((one) => one.kind === kind) ?? true);
  const isSignedIn = Boolean(useSession().data?.account);
  if (may || !isSignedIn || !form.form.may.includes(kind)) {
    return <EditForm record={record} form={form} kind={kind} />;
  }
  return <EditNotNow record={record} form={form} kind={kind} />;
}

// Retired fields are not asked any more, but what they hold stays.
function retired(record: RecordView, form: FormRef) {
  return Object.fromEntries(Object.entries(sendable(form.form, record.fields))
    .filter(([id]) => form.form.fields[id]?.retired));
}

export default function EditPage({ id, kind }: { id: string; kind: Kind }) {
  return (
    <LoadedRecord id={id}>
      {(record, form) => <Edit record={record} form={form} kind={kind} />}
    </LoadedRecord>
  );
}
