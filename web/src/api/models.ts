// The decision models of packs: their shapes in the API, and asking for them.
import { useQuery } from '@tanstack/react-query';

import { post, request } from './client';
import type { Text } from './types';

export interface ModelSummary {
  id: string;
  name: string;
  description?: string;
  decisions: string[];
  inputs: string[];
}

export interface PackName {
  name: string;
  title: Text;
  version: string;
  hash: string;
}

// What a form needs to ask for a value.
export interface ModelType {
  kind: string;
  text: string;
  name?: string;                       // of a member
  allowed?: string;
  choices?: string[];
  item?: ModelType;
  members?: ModelType[];
}

export interface TableClause {
  expression?: string;
  name?: string;
  label?: string;
  description?: string;
  type?: string;
  allowed?: string;
  default?: string;
}

export interface TableRule {
  id?: string;
  description?: string;
  inputs: string[];
  outputs: string[];
  annotations?: string[];
}

export interface TableLogic {
  kind: 'table';
  line?: number;
  hit_policy: string;
  output_label?: string;
  inputs: TableClause[];
  outputs: TableClause[];
  annotations: string[];
  rules: TableRule[];
}

type Part = Logic | null;

export type Logic = TableLogic
  | { kind: 'literal'; text: string }
  | { kind: 'context'; entries: { name?: string; type?: string; value: Part }[] }
  | { kind: 'relation'; columns: string[]; rows: Part[][] }
  | { kind: 'list'; items: Part[] }
  | { kind: 'invocation'; callee: Part; bindings: { name: string; value: Part }[] }
  | { kind: 'function'; is_external: boolean; parameters: { name: string; type?: string }[];
    body: Part }
  | { kind: 'conditional'; if: Part; then: Part; else: Part }
  | { kind: 'filter'; in: Part; match: Part }
  | { kind: 'for' | 'every' | 'some'; variable: string; in: Part; body: Part };

export interface SourceOfModel {
  name: string;
  type?: string;
  location?: string;
  description?: string;
}

export interface ModelInput {
  name: string;
  label?: string;
  description?: string;
  type: ModelType;
}

export interface Requirement {
  kind: 'input' | 'decision' | 'knowledge' | 'service';
  name: string;
  file?: string;                       // in another model
}

export interface ModelDecision extends ModelInput {
  contradiction?: boolean;             // tells of answers that cannot stand beside each other
  question?: string;
  answers?: string;
  needs: string[];
  requires: Requirement[];
  sources?: SourceOfModel[];
  logic: Logic | null;
}

export interface ModelKnowledge extends ModelInput {
  requires: Requirement[];
  logic: Logic | null;
}

export interface ItemDefinition {
  name: string;
  label?: string;
  description?: string;
  is_list: boolean;
  type?: string;
  allowed?: string;
  constraint?: string;
  members?: ItemDefinition[];
}

export interface DecisionModel {
  id: string;
  pack: PackName;
  model: {
    name: string;
    description?: string;
    file: string;
    inputs: ModelInput[];
    decisions: ModelDecision[];
    knowledge: ModelKnowledge[];
    types: ItemDefinition[];
    sources: SourceOfModel[];
  };
}

// ---- Trying a decision ----

export interface Cause {
  missing?: string;                    // the name of a fact
  id?: string;
  message?: Text;
}

export type Verdict = 'true' | 'false' | 'unknown';

export interface CellTrace {
  verdict: Verdict;
  text: string;
  causes?: Cause[];
}

export interface RuleTrace {
  rule: number;
  matched: boolean;
  cells?: CellTrace[];
  outputs?: unknown[];
  annotations?: string[];
}

export interface TableTrace {
  table: string;
  line: number;
  hit_policy: string;
  inputs: Record<string, unknown>;
  rules: RuleTrace[];
  near_misses?: { rule: number; blocked_by: string[] }[];
  value: unknown;
  is_cut?: boolean;
}

export interface DecisionTrace {
  decision: string;
  file: string;
  inputs: Record<string, unknown>;
  tables?: TableTrace[];
  value: unknown;
  causes?: Cause[];
  passed_over?: Cause[];
  is_cut?: boolean;
  sources?: SourceOfModel[];
}

export interface ModelAnswer {
  outcome: 'yes' | 'no' | 'value' | 'unknown';
  value: unknown;
  missing: string[];
  errors: { id: string; message: Text; hint: Text }[];
  explanation: DecisionTrace[];
}

export interface ModelQuestion {
  decision: string;
  inputs: Record<string, unknown>;
  accepted?: string[];                 // doubts that are so, of an interview
}

// ---- Question by question ----

// A decision that needs the answer.
export interface Bearing {
  decision: string;
  question?: string;
  rules?: number[];
  sources?: SourceOfModel[];
}

export interface InterviewQuestion {
  name: string;                        // 'Person.Age'
  input: string;
  path?: string[];                     // of members within the input
  label?: string;
  description?: string;
  type: ModelType;
  why: Bearing[];
}

// What the end was worked out with for a question that has no answer: any other would do as well.
export type StandIn = Omit<InterviewQuestion, 'type' | 'why'> & { value: unknown };

// Answers that cannot stand beside each other, or hardly ever do (`may_stand`).
export interface Contradiction {
  decision: string;
  question?: string;
  answers: string[];                   // by their inputs
  may_stand: boolean;
}

export interface InterviewStep {
  contradictions?: Contradiction[];    // then there is neither `next` nor `end`
  next: InterviewQuestion | null;
  open: string[];
  end: ModelAnswer | null;
  stand_ins?: StandIn[];               // with `end`
}

export function useModels(pack: string) {
  return useQuery({
    queryKey: ['packs', pack, 'models'],
    queryFn: () => request<{ pack: PackName; items: ModelSummary[] }>(`/v1/packs/${pack}/models`),
    select: (answer) => answer.items,
  });
}

export function useModel(pack: string, id: string) {
  return useQuery({
    queryKey: ['packs', pack, 'models', id],
    queryFn: () => request<DecisionModel>(`/v1/packs/${pack}/models/${id}`),
  });
}

// `inputs` are the answers so far; null is 'I do not know'.
export function interviewModel(pack: string, id: string, question: ModelQuestion,
): Promise<InterviewStep> {
  return post<InterviewStep>(`/v1/packs/${pack}/models/${id}/_interview`, question);
}

export function askModel(pack: string, id: string, question: ModelQuestion,
  explain: 'brief' | 'full'): Promise<ModelAnswer> {
  return post<ModelAnswer>(`/v1/packs/${pack}/models/${id}/_evaluate`, { ...question, explain });
}
