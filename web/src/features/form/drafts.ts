// What a person has typed so far, per field, before it is a value: text stays as typed, so nothing
// is lost when it is not right yet. A draft is plain JSON, so a browser can keep it.
import type { Attachment, Field, Fields, Form, Json, References, UncertainDate }
  from '@/api/types';
import { formatDate } from '@/lib/dates';
import type { Lang } from '@/lib/dates';
import { formatDecimal } from '@/lib/format';

export type Draft = string | Draft[] | { [key: string]: Draft };
export type DraftFields = Record<string, Draft>;

// A reference keeps the title beside the id, to show it without asking again.
export type ReferenceDraft = { id: string; title: string };
export type WindowDraft = { words: string; first: string; last: string; written: string };
// A file; without `file` it is on its way or did not arrive. `key` tells it from others.
export type AttachmentDraft = {
  key: string; file: string; name: string; type: string; size: string;
};
export type PeriodDraft = { count: string; unit: string; own: string };

export const kNoFile: AttachmentDraft = { key: '', file: '', name: '', type: '', size: '' };

export function emptyDraft(field: Field): Draft {
  if (field.many) return [];
  switch (field.type) {
    case 'uncertain_date': return { words: '', first: '', last: '', written: '' };
    case 'period': return { count: '', unit: 'M', own: '' };
    case 'reference': case 'account': case 'organisation': return { id: '', title: '' };
    case 'attachment': return { ...kNoFile };
    case 'group': return Object.fromEntries(
      Object.entries(field.fields ?? {}).map(([id, sub]) => [id, emptyDraft(sub)]));
    default: return '';
  }
}

function windowDraft(value: UncertainDate, lang: Lang): WindowDraft {
  const first = formatDate(value.first, lang);
  return { words: value.words ?? first, first, last: formatDate(value.last, lang), written: '' };
}

function periodDraft(text: string): PeriodDraft {
  const simple = /^P(\d+)([DWMY])$/.exec(text);
  return simple ? { count: simple[1] ?? '', unit: simple[2] ?? 'M', own: '' }
    : { count: '', unit: 'own', own: text };
}

function attachmentDraft(value: Attachment): AttachmentDraft {
  return { ...value, key: value.file, size: String(value.size) };
}

function singleDraft(field: Field, value: Json, lang: Lang, references: References): Draft {
  switch (field.type) {
    case 'uncertain_date': return windowDraft(value as unknown as UncertainDate, lang);
    case 'period': return periodDraft(String(value));
    case 'reference': case 'account': case 'organisation': {
      const id = String(value);
      return { id, title: references[id]?.title ?? id };
    }
    case 'attachment': return attachmentDraft(value as unknown as Attachment);
    case 'group': return Object.fromEntries(Object.entries(field.fields ?? {}).map(([id, sub]) => (
      [id, draftOf(sub, (value as Fields)[id], lang, references)])));
    case 'date': return formatDate(String(value), lang);
    case 'integer': case 'decimal': case 'money': return formatDecimal(String(value), lang);
    default: return String(value);
  }
}

export function draftOf(field: Field, value: Json | undefined, lang: Lang,
  references: References): Draft {
  if (value === undefined) return emptyDraft(field);
  if (!field.many) return singleDraft(field, value, lang, references);
  const single = { ...field, many: false };
  return (value as Json[]).map((one) => singleDraft(single, one, lang, references));
}

export function draftsOf(form: Form, ids: string[], fields: Fields, lang: Lang,
  references: References = {}): DraftFields {
  return Object.fromEntries(ids.flatMap((id) => {
    const field = form.fields[id];
    return field ? [[id, draftOf(field, fields[id], lang, references)]] : [];
  }));
}

export function isEmptyDraft(draft: Draft | undefined): boolean {
  if (draft === undefined) return true;
  if (typeof draft === 'string') return draft.trim() === '';
  if (Array.isArray(draft)) return draft.every(isEmptyDraft);
  return Object.entries(draft).every(([key, value]) => key === 'unit' || isEmptyDraft(value));
}

export function isConfidential(field: Field | undefined): boolean {
  return field?.sensitivity === 'confidential' || field?.sensitivity === 'secret';
}

// The part of a draft that a browser may keep.
export function keepable(form: Form, drafts: DraftFields): DraftFields {
  return Object.fromEntries(
    Object.entries(drafts).filter(([id]) => !isConfidential(form.fields[id])));
}
