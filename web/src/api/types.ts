// The shapes of the API (docs/formats/api.md), as far as the web uses them; bodies are snake_case.
import type { Fields, Interval, Json, Meaning, Need, Sensitivity, Text, UncertainDate }
  from './catalogue_types';

export type * from './catalogue_types';

export interface Organisation {
  id: string;
  name: string;
}

export interface Session {
  account: null | {
    id: string;
    name: string;
    login?: string;
    organisation: Organisation;
    roles: { id: string; title: Text }[];
    totp: boolean;
    must_change_password?: boolean;
    subject?: string;
  };
  csrf_token?: string;
  language?: string;
  demo?: boolean;
}

// One step of the computation of a term: a window before and after, by a rule with its source.
export interface TermStep {
  rule: string;
  from: Interval;
  to: Interval;
  source?: string;
  text: Text;
}

export type DeadlineStatus = 'open' | 'met' | 'stopped' | 'missed' | 'suspended';

export interface Deadline {
  name: string;
  label?: Text;
  status: DeadlineStatus;
  start?: UncertainDate | string;
  first: string;
  last: string;
  why?: TermStep[];
}

export interface RecordState {
  id: string;
  label?: Text;
  meaning: Meaning;
  since?: string;
}

export interface Turn {
  role: string;
  title?: Text;
  what?: Text;
}

// Of records; of accounts and organisations too, and then without a form.
export type References = Record<string, { title: string; form?: string }>;

// A file as adding it gave it, and as it stands in a field.
export interface Attachment {
  file: string;
  name: string;
  type: string;
  size: number;
}

export interface Action {
  kind: string;
  transition?: string;
  label?: Text;
  fields?: Record<string, Need>;
  reason?: Need;
  blocked?: Text;
}

export interface RecordItem {
  id: string;
  title: string;
  version: number;
  state?: RecordState;
  turn?: Turn;
  fields: Fields;
  deadlines?: Deadline[];
  organisation?: Organisation;
  changed?: string;
}

export interface RecordView extends RecordItem {
  form: string;
  references?: References;
  same_as?: References;
  valid_from?: string;
  valid_to?: string;
  recorded_at?: string;
  pack: { name: string; version: string; hash: string };
  actions?: Action[];
  audience?: Sensitivity;
  seen_by?: Text;
  given_up?: boolean;            // handed over, and its keeper writes nothing in it meanwhile
  handed_to?: string[];          // names of organisations that look at it by hand-over
}

export interface Change {
  field: string;
  old?: Json;
  new?: Json;
}

export interface HistoryItem {
  seq?: number;
  at: string;
  actor: { name: string; organisation?: string | Organisation };
  event: string;
  transition?: string;
  reason?: string;
  valid_from?: string;
  valid_to?: string;
  pack?: { name: string; version: string; hash: string };
  changes?: Change[];
  state?: { old?: string; new?: string };
  references?: References;
}

export interface RecordLink {
  id: string;
  form: string;
  title: string;
  state?: string;
}

export interface LinkGroup {
  title: Text;
  field: string;
  direction: 'out' | 'in';
  records: RecordLink[];
}

export interface Filter {
  field: string;
  equals?: Json;
  any_of?: Json[];
  from?: string;
  to?: string;
}

export interface SearchBody {
  form: string;
  filters?: Filter[];
  where?: string;
  undetermined?: boolean;
  text?: string;
  sort?: { field: string; direction: 'asc' | 'desc' };
  limit?: number;
  cursor?: string;
  valid_on?: string;
  known_at?: string;
  fields?: string[];                     // of each row these alone
  unnamed?: string[];                    // fields of which an id is enough
}

export interface SearchPage {
  items: RecordItem[];
  references?: References;
  next?: string;
}

export interface TaskItem {
  key: string;
  record: RecordLink;
  role: string;
  what: Text;
  due?: Interval;
  opened: string;
  overdue: boolean;
}

export interface TaskPage {
  items: TaskItem[];
  next?: string;
  count_hint?: number;
}

export interface Interpretation extends Interval {
  certain: boolean;
  interpretation?: Text;
}

export interface ProblemItem {
  id?: string;
  where?: string;
  message: string;
  hint?: string;
}

export interface ProblemBody {
  type?: string;
  status?: number;
  title?: string;
  detail?: string;
  instance?: string;
  problems?: ProblemItem[];
  current?: RecordView;
}

// What the rules of a form say of fields that are not stored.
export interface RuleWhy {
  rule: string;
  outcome: 'yes' | 'no' | 'unknown';
  missing: string[];                     // fields, or parts of one: 'due.first'
  errors: Text[];
  facts: { name: string; value: string }[];
}

export interface RuleMessage {
  refused: boolean;                      // false: it cannot be determined yet
  text: Text;
  why: RuleWhy;
}

export interface FieldEvaluation {
  shown: boolean;
  required: boolean;
  value?: Json;                          // of a computed field
  misfit?: Text;
  messages: RuleMessage[];
  why: { show_if?: RuleWhy; required_if?: RuleWhy; computed?: RuleWhy };
}

export interface FormEvaluation {
  fields: Record<string, FieldEvaluation>;
  messages: RuleMessage[];
}
