// What a pack lets people report from any page. On the page of a record the report points at that
// record, where the form has a field for it. What is filled in beforehand stands in the history
// entry, not in the address.
import { findForm, fullName } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { useCatalogue, useSeenRecord } from '@/api/queries';
import type { RecordView } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Link, matchPath, usePath } from '@/lib/router';

export function pointingAt(form: FormRef, record: RecordView | undefined) {
  const field = record && Object.entries(form.form.fields).find(([, { type, form: target }]) => (
    type === 'reference' && target && fullName(form.pack, target) === record.form));
  if (!record || !field) return {};
  const [id, { many }] = field;
  return { fields: { [id]: many ? [record.id] : record.id },
    references: { [record.id]: { form: record.form, title: record.title } } };
}

function Offer({ form, record }: { form: FormRef; record: RecordView | undefined }) {
  const { t, l } = useWords();
  const path = usePath();
  const mayReport = form.form.may.includes('create');
  const list = `/registers/${form.name}`;
  return (
    <>
      {mayReport && (
        <Link className="utrecht-link" to={`${list}/nieuw`}
          state={{ ...pointingAt(form, record), backTo: path }}>
          {t('anywhere.add', { title: l(form.form.title) })}
        </Link>
      )}
      {form.form.may.includes('read') && (
        <Link className="utrecht-link" to={list}>
          {t('anywhere.see', { plural: l(form.form.plural).toLowerCase() })}
        </Link>
      )}
    </>
  );
}

export function FromAnywhere() {
  const catalogue = useCatalogue().data;
  const path = usePath();
  const forms = (catalogue?.packs ?? []).flatMap((pack) => (
    (pack.from_anywhere && catalogue
      && findForm(catalogue, fullName(pack, pack.from_anywhere))) || []));
  const record = useSeenRecord(matchPath('/records/:id', path)?.['id']);
  return forms.map((form) => <Offer key={form.name} form={form} record={record} />);
}
