// From what is typed to values, with every problem at once. The server checks again and decides;
// this says it sooner, in words that tell what to do.
import type { Field, Fields, Form, Json } from '@/api/types';
import { isIsoDate, parseDay, parseWindow } from '@/lib/dates';
import type { Lang } from '@/lib/dates';
import { makePeriod, parseDecimal } from '@/lib/format';
import type { MessageKey } from '@/lib/i18n';
import { isEmptyDraft } from './drafts';
import type {
  AttachmentDraft, Draft, DraftFields, PeriodDraft, ReferenceDraft, WindowDraft,
} from './drafts';

export interface Problem {
  path: string;          // 'contact.role', 'faults.1'
  key: MessageKey;
  values: Record<string, string | number>;
}

export interface Outcome {
  value?: Json;
  problems: Problem[];
}

interface Place {
  path: string;
  label: string;
  lang: Lang;
}

function fail(place: Place, key: MessageKey, values: Problem['values'] = {}): Outcome {
  return { problems: [{ path: place.path, key, values: { label: place.label, ...values } }] };
}

const ok = (value: Json): Outcome => ({ value, problems: [] });

function checkText(field: Field, typed: string, place: Place): Outcome {
  const text = typed.trim();
  const max = Number(field.max ?? (field.long ? 20_000 : 400));
  const n = [...text].length;
  return n > max ? fail(place, 'check.tooLong', { n, max }) : ok(text);
}

function checkNumber(field: Field, typed: string, place: Place): Outcome {
  const text = parseDecimal(typed, place.lang);
  if (text === null) return fail(place, 'check.number');
  const scale = field.type === 'integer' ? 0 : field.type === 'money' ? 2 : field.scale ?? 0;
  const fraction = text.split('.')[1] ?? '';
  if (fraction.length > scale) return fail(place, 'check.scale', { n: scale });
  const value = Number(text);
  if (field.min !== undefined && value < Number(field.min)) {
    return fail(place, 'check.min', { min: field.min });
  }
  if (field.max !== undefined && value > Number(field.max)) {
    return fail(place, 'check.max', { max: field.max });
  }
  if (field.type === 'integer') return ok(value);
  return ok(field.type === 'money' ? moneyText(text) : text);
}

function moneyText(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

function checkWindow(draft: WindowDraft, place: Place): Outcome {
  const words = draft.words.trim();
  const read = draft.first || draft.last ? null : parseWindow(words);
  const first = read?.first ?? parseDay(draft.first);
  const last = read?.last ?? parseDay(draft.last);
  if (!first || !last) return fail(place, 'check.window');
  if (last < first) return fail(place, 'check.windowOrder');
  const isPlainDay = first === last && (!words || parseDay(words) === first);
  return ok({ ...(isPlainDay || !words ? {} : { words }), first, last });
}

function checkPeriod(draft: PeriodDraft, place: Place): Outcome {
  const text = draft.unit === 'own' ? draft.own : makePeriod(draft.count, draft.unit);
  return text ? ok(text) : fail(place, 'check.period');
}

function checkFile({ file, name, type, size }: AttachmentDraft, place: Place): Outcome {
  return file ? ok({ file, name, type, size: Number(size) })
    : fail(place, 'check.file', { name });
}

function checkGroup(field: Field, draft: DraftFields, place: Place): Outcome {
  const value: Fields = {};
  const problems: Problem[] = [];
  for (const [id, sub] of Object.entries(field.fields ?? {})) {
    const outcome = checkField(sub, draft[id], {
      path: `${place.path}.${id}`, label: sub.label[place.lang], lang: place.lang,
    });
    problems.push(...outcome.problems);
    if (outcome.value !== undefined) value[id] = outcome.value;
  }
  return { value, problems };
}

function checkSingle(field: Field, draft: Draft, place: Place): Outcome {
  const text = typeof draft === 'string' ? draft : '';
  switch (field.type) {
    case 'integer': case 'decimal': case 'money': return checkNumber(field, text, place);
    case 'boolean': return ok(text === 'true');
    case 'choice': return ok(text);
    case 'reference': case 'account': case 'organisation':
      return ok((draft as ReferenceDraft).id);
    case 'attachment': return checkFile(draft as AttachmentDraft, place);
    case 'uncertain_date': return checkWindow(draft as WindowDraft, place);
    case 'period': return checkPeriod(draft as PeriodDraft, place);
    case 'group': return checkGroup(field, draft as DraftFields, place);
    case 'url': return /^https:\/\/\S+$/.test(text.trim()) ? ok(text.trim())
      : fail(place, 'check.url');
    case 'date': {
      const day = parseDay(text);
      return day && isIsoDate(day) ? ok(day) : fail(place, 'check.date');
    }
    default: return checkText(field, text, place);
  }
}

function checkMany(field: Field, drafts: Draft[], place: Place): Outcome {
  const problems: Problem[] = [];
  const values: Json[] = [];
  const single = { ...field, many: false };
  drafts.forEach((draft, index) => {
    if (isEmptyDraft(draft)) return;
    const outcome = checkSingle(single, draft, { ...place, path: `${place.path}.${index}` });
    problems.push(...outcome.problems);
    if (outcome.value !== undefined) values.push(outcome.value);
  });
  const isTwice = new Set(values.map((value) => JSON.stringify(value))).size < values.length;
  if (isTwice) problems.push(...fail(place, 'check.twice').problems);
  return values.length ? { value: values, problems } : { problems };
}

export function checkField(field: Field, draft: Draft | undefined, place: Place): Outcome {
  if (isEmptyDraft(draft) || draft === undefined) {
    const isChoice = field.type === 'choice' || field.type === 'boolean';
    return field.required ? fail(place, isChoice ? 'check.choose' : 'check.required')
      : { problems: [] };
  }
  return field.many && Array.isArray(draft) ? checkMany(field, draft, place)
    : checkSingle(field, draft, place);
}

export interface Checked {
  fields: Fields;
  problems: Problem[];
}

// `required` says per id what a step asks for; without it the form's own `required` counts.
export function checkForm(form: Form, drafts: DraftFields, lang: Lang,
  required?: ReadonlySet<string>): Checked {
  const checked: Checked = { fields: {}, problems: [] };
  for (const [id, draft] of Object.entries(drafts)) {
    const own = form.fields[id];
    if (!own) continue;
    const field = required ? { ...own, required: required.has(id) } : own;
    const outcome = checkField(field, draft, { path: id, label: own.label[lang], lang });
    checked.problems.push(...outcome.problems);
    if (outcome.value !== undefined) checked.fields[id] = outcome.value;
  }
  return checked;
}
