// A new record of a form.
import { useMemo } from 'react';

import { fieldsOfSteps, findForm, openFields } from '@/api/metadata';
import { ApiProblem } from '@/api/problem';
import { useCatalogue } from '@/api/queries';
import type { Fields, References } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { useHistoryState } from '@/lib/router';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import type { ExtraSpec } from './extra_fields';
import { RecordForm } from './record_form';

const kExtra: ExtraSpec = {
  reason: 'none', validFrom: 'optional', validTo: 'none', fromLabel: 'form.validFrom',
  fromName: 'valid_from',
};
const kNothing: Fields = {};

// What another page fills in beforehand, such as what this stands beside. It is in the history
// entry, so that no value stands in an address.
interface Beforehand {
  fields?: Fields;
  references?: References;
  backTo?: string;
}

export default function CreatePage({ pack, form: id }: { pack: string; form: string }) {
  const { t, l } = useWords();
  const { fields = kNothing, references, backTo } = (useHistoryState() ?? {}) as Beforehand;
  const catalogue = useCatalogue().data;
  const form = useMemo(() => catalogue && findForm(catalogue, `${pack}/${id}`),
    [catalogue, pack, id]);
  const ids = useMemo(() => (form ? openFields(form.form).map(([name]) => name) : []), [form]);
  const later = useMemo(
    () => (catalogue && form ? fieldsOfSteps(catalogue, form) : undefined), [catalogue, form]);
  if (!form) return <ProblemPage error={new ApiProblem(404, {})} />;
  if (!form.form.may.includes('create')) return <ProblemPage error={new ApiProblem(401, {})} />;
  const list = `/registers/${form.name}`;
  return (
    <Page title={t('form.new', { title: l(form.form.title).toLowerCase() })}
      lead={l(form.form.description)}
      crumbs={[{ label: l(form.form.plural), to: list }, { label: l(form.form.title) }]}>
      <RecordForm form={form} ids={ids} fields={fields} references={references} extra={kExtra}
        backTo={backTo ?? list}
        {...(later ? { later } : {})}
        draftKey={['new', form.name, ...Object.values(fields)].join('.')}
        target={{ method: 'POST', path: '/v1/records' }}
        bodyOf={(sent, more) => ({ form: form.name, fields: sent, ...more })} />
    </Page>
  );
}
