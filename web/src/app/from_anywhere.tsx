// What a pack lets people report from any page. The report points at that page: at its record where
// the form has a field for such a record, else in the field that the pack names. What is filled in
// beforehand stands in the history entry, not in the address, and can be changed.
import { findForm, fullName } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { useCatalogue, useSeenRecord } from '@/api/queries';
import type { Catalogue, RecordView } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { writePage } from '@/lib/page_words';
import { Link, matchPath, usePath } from '@/lib/router';
import { kindOfPage } from './routes';

const kLongest = 400;

export function pointingAt(form: FormRef, record: RecordView | undefined) {
  const field = record && Object.entries(form.form.fields).find(([, { type, form: target }]) => (
    type === 'reference' && target && fullName(form.pack, target) === record.form));
  if (!record || !field) return {};
  const [id, { many }] = field;
  return { fields: { [id]: many ? [record.id] : record.id },
    references: { [record.id]: { form: record.form, title: record.title } } };
}

// The title of a page, unless it may say something of a person or of what not everybody sees.
function tellableTitle(path: string, catalogue: Catalogue, record: RecordView | undefined): string {
  if (kindOfPage(path) === 'named') return document.querySelector('main h1')?.textContent ?? '';
  const form = record && findForm(catalogue, record.form)?.form;
  return form?.subject === 'none' && record?.audience === 'public' ? record.title : '';
}

// The page itself, as far as its address: never the query, which may hold what somebody looked for.
export function notingPage(form: FormRef, path: string, title: () => string) {
  const id = form.pack.page_field ?? '';
  const field = form.form.fields[id];
  const isOfItself = `${path}/`.startsWith(`/registers/${form.name}/`);
  if (!field || field.retired || isOfItself || !kindOfPage(path)) return {};
  const page = writePage(title(), path, Number(field.max ?? kLongest));
  return page ? { fields: { [id]: page } } : {};
}

function Offer({ catalogue, form, record }: { catalogue: Catalogue; form: FormRef;
  record: RecordView | undefined; }) {
  const { t, l } = useWords();
  const path = usePath();
  const mayReport = form.form.may.includes('create');
  const list = `/registers/${form.name}`;
  const beforehand = () => {
    const pointing = pointingAt(form, record);
    const page = () => notingPage(form, path, () => tellableTitle(path, catalogue, record));
    return { ...(pointing.fields ? pointing : page()), backTo: path };
  };
  return (
    <>
      {mayReport && (
        <Link className="utrecht-link" to={`${list}/nieuw`} state={beforehand}>
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
  const record = useSeenRecord(matchPath('/records/:id', path)?.['id']);
  if (!catalogue) return null;
  const forms = catalogue.packs.flatMap((pack) => (
    (pack.from_anywhere && findForm(catalogue, fullName(pack, pack.from_anywhere))) || []));
  return forms.map((form) => (
    <Offer key={form.name} catalogue={catalogue} form={form} record={record} />
  ));
}
