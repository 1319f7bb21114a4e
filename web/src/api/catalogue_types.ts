// The shapes of the catalogue (docs/formats/api.md): the metadata that drives every page. Nothing
// here knows a pack: forms, fields, lists, processes and desks come from the server.

export interface Text {
  nl: string;
  en: string;
}

export type Json = string | number | boolean | Json[] | { [key: string]: Json };
export type Fields = Record<string, Json>;

export interface Interval {
  first: string;
  last: string;
}

export interface UncertainDate extends Interval {
  words?: string;
}

export type FieldType =
  | 'text' | 'integer' | 'decimal' | 'money' | 'boolean' | 'date' | 'uncertain_date'
  | 'period' | 'choice' | 'reference' | 'url' | 'group' | 'account' | 'organisation'
  | 'attachment' | 'figures';

export type Sensitivity = 'public' | 'internal' | 'confidential' | 'secret';

// A rule in FEEL, and the fields that it reads.
export interface RuleText {
  rule: string;
  inputs: string[];
}

export interface ConditionText extends RuleText {
  message: Text;
}

export interface Field {
  type: FieldType;
  label: Text;
  hint?: Text;
  list?: string;
  form?: string;
  fields?: Record<string, Field>;
  accept?: string[];             // attachment: endings that a name may have
  indicators?: string[];         // figures: 'pack/id' of what is counted
  on?: string;                   // figures: the field that holds the reference day
  required?: boolean;
  many?: boolean;
  long?: boolean;
  min?: number | string;
  max?: number | string;
  max_items?: number;
  scale?: number;
  sensitivity?: Sensitivity;
  filterable?: boolean;
  sortable?: boolean;
  searchable?: boolean;
  retired?: string;
  show_if?: RuleText;
  required_if?: RuleText;
  computed?: RuleText;
  valid_if?: ConditionText[];
}

export interface Basis {
  law: string;
  article?: string;
  controller: Text;
  recipients: Text;
  purpose: Text;
  retention: string;
}

export interface Form {
  title: Text;
  plural: Text;
  description?: Text;
  subject: 'none' | 'organisation' | 'person' | 'region';
  person?: boolean;              // a record of it is a person
  basis: Basis;
  audience: Sensitivity;
  name?: string[];
  links?: { field: string; title: Text; reverse?: Text }[];
  may: string[];
  fields: Record<string, Field>;
  valid_if?: ConditionText[];
  process?: string | { by: string; map: Record<string, string> };
  letters?: boolean;             // its records are letters, with pages of their own
  norms?: boolean;               // there are norms for its records
}

export interface Code {
  label: Text;
  from?: string;
  to?: string;
  note?: Text;
  meaning?: Meaning;             // shown with the shape and tint of a state of that meaning
}

export interface CodeList {
  title: Text;
  source?: string;
  codes: Record<string, Code>;
}

export type Meaning =
  | 'draft' | 'running' | 'attention' | 'done' | 'unknown' | 'failed' | 'ended';

export interface State {
  label: Text;
  meaning: Meaning;
  audience?: Sensitivity;
  turn?: string;
  task?: Text;
  fixed?: boolean;               // fields stay as they are; only a step sets its own
}

export type Need = 'required' | 'optional' | 'none';

export interface Transition {
  label: Text;
  from: string[];
  to: string;
  roles?: string[];
  fields?: Record<string, Need>;
  reason?: Need;
  four_eyes?: string[];
  not_before?: { deadline: string; gate: string };
  automatic?: boolean;
}

export interface DeadlineRule {
  label: Text;
  start?: string;
  term?: string;
  regime?: string;
  warn?: string[];
}

export interface Process {
  title: Text;
  start: string;
  states: Record<string, State>;
  transitions: Record<string, Transition>;
  deadlines?: Record<string, DeadlineRule>;
}

export type BlockKind =
  | 'timeline' | 'terms' | 'figures' | 'amounts' | 'register' | 'indicator' | 'grid' | 'map'
  | 'beside' | 'interview' | 'text';

export interface Block {
  kind: BlockKind;
  id: string;
  title: Text;
  form?: string;                 // of every kind but `text`
  where?: string;
  note?: Text;
  columns?: string[];
  filters?: string[];
  group_by?: string;
  deadline?: string;
  from?: string;
  to?: string;
  due?: string;
  done?: string;
  value?: string;
  words?: string;
  unit?: string;
  definition?: string;
  date?: string;
  perspective?: string;
  source?: string;
  caution?: string;
  amount?: string;
  label?: string;
  indicator?: string;            // 'pack/id' of a block of that kind
  by?: string;                   // a dimension of the indicator
  rows?: string;                 // of a grid: the fields that make rows and columns,
  across?: string;
  cell?: string;                 // and what stands in a cell, or on a tile of a map
  places?: string;               // of a map: the field that names the place,
  among?: string;                // which of the places, and of their form
  column?: string;               // where they stand
  row?: string;
  short?: string;                // and what they are called there
  one_of?: string[];             // fields of which a map or grid shows one value at a time
  previous?: string;             // the field that names the record of the time before
  model?: string;                // of an interview: the model of the pack of the form,
  decisions?: string[];          // its decisions, the outcome first,
  after?: string;                // the interview of the desk whose outcome
  takes?: string;                // this input of it takes,
  count?: string;                // the form in which its use is counted,
  outcomes?: string[];           // and the fields of that for what came of each decision
  version?: string;              // and by which rules
  areas?: string[];              // of `beside`: the fields that name the area,
  apart?: string;                // and the one that names the series: each stands on its own
  text?: Text;                   // of `text`: paragraphs with links, as text_block.tsx reads them
  told?: string[];               // what else is told of a series
}

export interface Desk {
  title: Text;
  lead: Text;
  order: number;
  blocks: Block[];
}

export interface Source {
  title: Text;
  kind: string;
  date?: string;
  reference?: string;
  url?: string;
}

export interface BreakRule {
  title: Text;
  hours: number;                 // at most
  breakable: string;
  report: Text;                  // the role that is told
}

export interface Pack {
  name: string;
  title: Text;
  description?: Text;
  version: string;
  hash: string;
  from_anywhere?: string;        // the form that every page offers
  page_field?: string;           // its field that says from which page, as lib/page_words.ts writes
  roles?: Record<string, { title: Text }>;
  purposes?: Record<string, Text>;
  break_glass?: Record<string, BreakRule>;   // forms that the caller may break
  sources?: Record<string, Source>;
  forms: Record<string, Form>;
  lists?: Record<string, CodeList>;
  processes?: Record<string, Process>;
  desks?: Record<string, Desk>;
}

export interface Catalogue {
  packs: Pack[];
  file_bytes?: number;           // largest file
  demo?: boolean;
}

