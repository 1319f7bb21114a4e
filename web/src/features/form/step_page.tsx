// Taking a step in the life of a record, with the fields and the reason that the step asks for.
import { useMemo, useState } from 'react';

import { isCounted } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { ApiProblem } from '@/api/problem';
import { useSession } from '@/api/queries';
import type { Action, RecordView } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import type { ExtraSpec } from './extra_fields';
import { LoadedRecord } from './loaded_record';
import { NotNow } from './not_now';
import { RecordForm } from './record_form';

function extraOf(action: Action): ExtraSpec {
  return {
    reason: action.reason ?? 'optional', validFrom: 'optional', validTo: 'none',
    fromLabel: 'form.on', fromName: 'on',
  };
}

function StepForm({ record: latest, form, action }: { record: RecordView; form: FormRef;
  action: Action; }) {
  const { l } = useWords();
  const [record] = useState(latest);
  const needs = action.fields;
  // In the order of the form: that of the step is the alphabet's.
  const ids = useMemo(() => Object.entries(form.form.fields)
    .filter(([id, field]) => needs?.[id] && !isCounted(field)).map(([id]) => id), [needs, form]);
  const required = useMemo(() => new Set(Object.entries(needs ?? {})
    .filter(([id, need]) => need === 'required' && ids.includes(id)).map(([id]) => id)),
  [needs, ids]);
  const page = `/records/${record.id}`;
  return (
    <Page title={l(action.label)} lead={record.title}
      crumbs={[{ label: record.title, to: page }, { label: l(action.label) }]}>
      <RecordForm form={form} ids={ids} fields={record.fields} references={record.references}
        required={required} extra={extraOf(action)} backTo={page}
        draftKey={`step.${record.id}.${action.transition ?? ''}.${record.version}`}
        target={{ method: 'POST', path: `/v1/records/${record.id}/_step` }} opened={record}
        bodyOf={(fields, extra) => ({
          transition: action.transition, ...(ids.length ? { fields } : {}), ...extra,
        })} />
    </Page>
  );
}

// The step is not this reader's to take now: it was taken, it waits, or somebody else takes it.
function StepNotNow({ record, blocked }: { record: RecordView; blocked: Action | undefined }) {
  const { t, l } = useWords();
  return (
    <NotNow record={record} title={t('form.notNow')} crumb={t('form.notNowStep')}
      lead={blocked ? l(blocked.blocked) : t('form.notNowText')} />
  );
}

function Step({ record, form, step }: { record: RecordView; form: FormRef; step: string }) {
  const isSignedIn = Boolean(useSession().data?.account);
  const action = record.actions?.find((one) => one.transition === step);
  if (action && !action.blocked) return <StepForm record={record} form={form} action={action} />;
  return isSignedIn ? <StepNotNow record={record} blocked={action} />
    : <ProblemPage error={new ApiProblem(401, {})} />;
}

export default function StepPage({ id, step }: { id: string; step: string }) {
  return (
    <LoadedRecord id={id}>
      {(record, form) => <Step record={record} form={form} step={step} />}
    </LoadedRecord>
  );
}
