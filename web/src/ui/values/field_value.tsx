// A value of a record in words, by the type of its field. One place, used by tables, records,
// history and forms alike; value_text() gives the same as plain text.
import type { FiguresValue } from '@/api/indicators';
import { findList } from '@/api/metadata';
import type { Attachment, Code, Field, Fields, Json, Pack, References, UncertainDate }
  from '@/api/types';
import { useCatalogue } from '@/api/queries';
import type { AsOf } from '@/api/queries';
import type { Catalogue } from '@/api/types';
import { formatDate, formatWindow } from '@/lib/dates';
import { formatDecimal, formatMoney, formatPeriod } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import type { Words } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Status } from '../status';
import { AttachmentValue, attachmentText } from './attachment_value';
import { figuresText } from './figures_text';

export interface ValueContext {
  catalogue: Catalogue;
  pack: Pack;
  words: Words;
  references: References;
  source?: { record: string; asOf?: AsOf };   // of whose files there are buttons to fetch them
}

export function findCode({ catalogue, pack }: ValueContext, field: Field, code: string):
Code | undefined {
  return field.list ? findList(catalogue, pack, field.list)?.codes[code] : undefined;
}

export function codeLabel(context: ValueContext, field: Field, code: string): string {
  const label = findCode(context, field, code)?.label;
  return label ? context.words.l(label) : code;
}

export function windowText(value: UncertainDate, words: Words): string {
  const window = formatWindow(value, words.lang);
  const isSame = value.words?.trim().toLowerCase() === window.toLowerCase();
  if (!value.words || isSame || value.first === value.last) return window;
  return `“${value.words}” (${window})`;
}

function singleText(context: ValueContext, field: Field, value: Json): string {
  const { lang, t } = context.words;
  if (field.type === 'boolean') return value ? t('common.yes') : t('common.no');
  if (field.type === 'group') return groupText(context, field, value as Fields);
  if (field.type === 'attachment') {
    return attachmentText(value as unknown as Attachment, context.words);
  }
  if (field.type === 'figures') {
    return figuresText(value as unknown as FiguresValue, context.words);
  }
  if (field.type === 'uncertain_date') {
    return windowText(value as unknown as UncertainDate, context.words);
  }
  const text = String(value);
  switch (field.type) {
    case 'integer':
    case 'decimal': return formatDecimal(text, lang);
    case 'money': return formatMoney(text, lang);
    case 'date': return formatDate(text, lang);
    case 'period': return formatPeriod(text, lang);
    case 'choice': return codeLabel(context, field, text);
    case 'reference': case 'account': case 'organisation':
      return context.references[text]?.title ?? text;
    default: return text;
  }
}

function groupText(context: ValueContext, field: Field, value: Fields): string {
  return Object.entries(field.fields ?? {})
    .filter(([name]) => value[name] !== undefined)
    .map(([name, sub]) => `${context.words.l(sub.label)}: ${
      valueText(context, sub, value[name])}`)
    .join('; ');
}

export function valueText(context: ValueContext, field: Field, value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((one) => singleText(context, field, one)).join('; ');
  return singleText(context, field, value);
}

function SingleValue({ context, field, value }: FieldValueProps & { value: Json }) {
  const { t } = context.words;
  const text = singleText(context, field, value);
  if (field.type === 'reference' && context.references[String(value)]) {
    return <Link to={`/records/${String(value)}`}>{text}</Link>;
  }
  const meaning = field.type === 'choice'
    ? findCode(context, field, String(value))?.meaning : undefined;
  if (meaning) return <Status meaning={meaning} label={text} />;
  if (field.type === 'url') {
    return (
      <a className="utrecht-link" href={text} rel="noreferrer">
        {text.replace(/^https:\/\//, '')}{' '}
        <span className="muted small">{t('common.external')}</span>
      </a>
    );
  }
  if (field.type === 'text' && field.long) {
    return <>{text.split('\n').map((line, index) => <p key={index}>{line}</p>)}</>;
  }
  if (field.type === 'attachment' && context.source) {
    return <AttachmentValue {...context.source} words={context.words}
      value={value as unknown as Attachment} />;
  }
  if (field.type === 'group') return <GroupValue context={context} field={field} value={value} />;
  return <>{text}</>;
}

function GroupValue({ context, field, value }: FieldValueProps & { value: Json }) {
  const parts = value as Fields;
  return (
    <>
      {Object.entries(field.fields ?? {}).filter(([name]) => parts[name] !== undefined)
        .map(([name, sub]) => (
          <p key={name}>
            <span className="muted">{context.words.l(sub.label)}: </span>
            <FieldValue context={context} field={sub} value={parts[name]} />
          </p>
        ))}
    </>
  );
}

export interface FieldValueProps {
  context: ValueContext;
  field: Field;
  value?: Json | undefined;
}

export function FieldValue({ context, field, value }: FieldValueProps) {
  if (value === undefined || value === null) {
    return <span className="muted">{context.words.t('common.unknown')}</span>;
  }
  if (!Array.isArray(value)) return <SingleValue context={context} field={field} value={value} />;
  return (
    <ul className="plain-list">
      {value.map((one, index) => (
        <li key={index}><SingleValue context={context} field={field} value={one} /></li>
      ))}
    </ul>
  );
}

// The context of a pack's values on this page; the catalogue has been read by then.
export function useValueContext(pack: Pack, references: References = {}): ValueContext {
  const words = useWords();
  const catalogue = useCatalogue().data ?? { packs: [pack] };
  return { catalogue, pack, words, references };
}
