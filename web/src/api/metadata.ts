// Looking things up in the catalogue: a form by 'pack/form', a list, a state, a role's title.
import type {
  Block, Catalogue, CodeList, Desk, Field, Fields, Form, Pack, Process, RecordState, State, Text,
} from './types';

export interface FormRef {
  pack: Pack;
  name: string;          // 'pack/form'
  form: Form;
}

// Into forms about persons nothing is imported; who may only change imports changes.
export function canImport(form: Form): boolean {
  return form.subject !== 'person'
    && (form.may.includes('create') || form.may.includes('change'));
}

export function splitName(name: string): [string, string] {
  const [pack = '', id = ''] = name.split('/');
  return [pack, id];
}

export function findPack(catalogue: Catalogue, name: string): Pack | undefined {
  return catalogue.packs.find((pack) => pack.name === name);
}

// Whether one may read letters of this pack, or of any.
export function keepsLetters(pack: Pack): boolean {
  return Object.values(pack.forms).some((form) => form.letters && form.may.includes('read'));
}

export function hasLetters(catalogue: Catalogue | undefined): boolean {
  return (catalogue?.packs ?? []).some(keepsLetters);
}

export function findForm(catalogue: Catalogue, name: string): FormRef | undefined {
  const [packName, id] = splitName(name);
  const pack = findPack(catalogue, packName);
  const form = pack?.forms[id];
  return pack && form ? { pack, name, form } : undefined;
}

// 'form' or 'pack/form', as written in `pack`.
export function fullName(pack: Pack, name: string): string {
  return name.includes('/') ? name : `${pack.name}/${name}`;
}

export function blockForm(catalogue: Catalogue, pack: Pack, block: Block): FormRef | undefined {
  return block.form ? findForm(catalogue, fullName(pack, block.form)) : undefined;
}

export function findList(catalogue: Catalogue, pack: Pack, name: string): CodeList | undefined {
  const [packName, id] = splitName(fullName(pack, name));
  return findPack(catalogue, packName)?.lists?.[id];
}

export interface DeskRef {
  pack: Pack;
  id: string;
  desk: Desk;
}

export function allDesks(catalogue: Catalogue): DeskRef[] {
  return catalogue.packs
    .flatMap((pack) => Object.entries(pack.desks ?? {}).map(([id, desk]) => ({ pack, id, desk })))
    .sort((a, b) => a.desk.order - b.desk.order || a.id.localeCompare(b.id));
}

export function readableForms(pack: Pack): FormRef[] {
  return Object.entries(pack.forms)
    .filter(([, form]) => form.may.includes('read'))
    .map(([id, form]) => ({ pack, name: `${pack.name}/${id}`, form }));
}

// Those whose records are persons.
export function personForms(catalogue: Catalogue): FormRef[] {
  return catalogue.packs.flatMap((pack) => readableForms(pack))
    .filter((ref) => ref.form.person);
}

// The processes a form may run: one, or one per code of the field that decides.
export function processesOf({ pack, form }: FormRef): Process[] {
  const ids = typeof form.process === 'string' ? [form.process]
    : [...new Set(Object.values(form.process?.map ?? {}))];
  return ids.flatMap((id) => pack.processes?.[id] ?? []);
}

// The processes that a record with these fields may have lived by: the one they choose, if any.
export function processesFor(ref: FormRef, fields: Record<string, unknown>): Process[] {
  const choice = ref.form.process;
  if (!choice || typeof choice === 'string') return processesOf(ref);
  const chosen = ref.pack.processes?.[choice.map[String(fields[choice.by])] ?? ''];
  return chosen ? [chosen] : processesOf(ref);
}

export function statesOf(ref: FormRef): Record<string, State> {
  return Object.assign({}, ...processesOf(ref).map((process) => process.states)) as
    Record<string, State>;
}

export function deadlineLabel(ref: FormRef, name: string): Text | undefined {
  return processesOf(ref).map((process) => process.deadlines?.[name]?.label).find(Boolean);
}

export function stateLabel(ref: FormRef, state: RecordState): Text {
  return state.label ?? statesOf(ref)[state.id]?.label ?? { nl: state.id, en: state.id };
}

const kBuiltInRoles: Record<string, Text> = {
  visitor: { nl: 'Bezoeker', en: 'Visitor' },
  administrator: { nl: 'Beheerder', en: 'Administrator' },
  auditor: { nl: 'Auditor', en: 'Auditor' },
  'privacy-officer': { nl: 'Privacyfunctionaris', en: 'Privacy officer' },
};

export function roleTitle(catalogue: Catalogue, role: string): Text {
  const own = catalogue.packs.map((pack) => pack.roles?.[role]?.title).find(Boolean);
  return own ?? kBuiltInRoles[role] ?? { nl: role, en: role };
}

// A role as accounts hold it: 'pack/role', or a built-in role. 'Redacteur (Toezeggingen)'.
export function heldRoleTitle(catalogue: Catalogue, held: string): Text {
  const [packName, role] = splitName(held);
  const pack = role ? findPack(catalogue, packName) : undefined;
  const title = roleTitle(catalogue, role || held);
  if (!pack) return title;
  return { nl: `${title.nl} (${pack.title.nl})`, en: `${title.en} (${pack.title.en})` };
}

// Every role that an account may hold.
export function holdableRoles(catalogue: Catalogue): string[] {
  const own = catalogue.packs.flatMap((pack) => Object.keys(pack.roles ?? {})
    .filter((role) => !(role in kBuiltInRoles)).map((role) => `${pack.name}/${role}`));
  return [...own, 'administrator', 'auditor', 'privacy-officer'];
}

// Figures are counted by a step: nobody fills them in, and they are never a column or a filter.
export function isCounted(field: Field | undefined): boolean {
  return field?.type === 'figures';
}

// One number, which is short and stands to the right in a column.
export function isNumberField(field: Field | undefined): boolean {
  return Boolean(field && ['integer', 'decimal', 'money'].includes(field.type) && !field.many);
}

// The fields that a person can still fill in.
export function openFields(form: Form): [string, Field][] {
  return Object.entries(form.fields)
    .filter(([, field]) => !field.retired && !isCounted(field));
}

// What may be sent of the fields of a record: all but what only a step writes.
export function sendable(form: Form, fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields)
    .filter(([id]) => !isCounted(form.fields[id])));
}

export function canBeAddressed(form: Form): boolean {
  return form.audience === 'public' && form.subject !== 'person';
}

// The field that says from which page a record was reported.
export function isPageField({ pack, name }: FormRef, id: string): boolean {
  return pack.page_field === id && fullName(pack, pack.from_anywhere ?? '') === name;
}

function blocksOf(catalogue: Catalogue, ref: FormRef): Block[] {
  return allDesks(catalogue).flatMap(({ pack, desk }) => desk.blocks
    .filter(({ form }) => form && fullName(pack, form) === ref.name));
}

// The fields that say until when, as the desks draw them.
export function dueFields(catalogue: Catalogue, ref: FormRef): string[] {
  const ids = blocksOf(catalogue, ref).map((block) => block.due ?? '');
  return [...new Set(ids)].filter((id) => id in ref.form.fields);
}

// What the desks show of a form when a record begins: not the outcome (`done`).
function shownOnDesks(catalogue: Catalogue, ref: FormRef): Set<string> {
  const blocks = blocksOf(catalogue, ref);
  return new Set(blocks.flatMap((block) => [
    ...(block.columns ?? []), ...(block.filters ?? []), block.from ?? '', block.due ?? '']));
}

// Optional fields that a step asks for when its time comes; a new record need not show them yet.
export function fieldsOfSteps(catalogue: Catalogue, ref: FormRef): Set<string> {
  const shown = shownOnDesks(catalogue, ref);
  const asked = processesOf(ref).flatMap((process) => Object.values(process.transitions)
    .flatMap((step) => Object.keys(step.fields ?? {})));
  return new Set(asked.filter((id) => !ref.form.fields[id]?.required && !shown.has(id)
    && !isCounted(ref.form.fields[id])));
}
