// What the engine of rules is asked and answers (docs/formats/engine.md).

export interface LocalizedText { nl: string; en: string; }

export type FeelType = string | { list: FeelType } | { context: Variable[] };

export interface Variable { name: string; type?: FeelType; }

export interface CompileRequest {
  kind: 'expression' | 'unary_tests' | 'model';
  text: string;
  variables?: Variable[];
  input_type?: FeelType;                  // of unary tests
  unknown_names?: 'refuse' | 'null';
  file?: string;                          // of a model, for messages
  others?: string[];                      // models that it may import
}

export interface EvaluateRequest {
  facts?: Record<string, unknown>;
  input?: unknown;                        // of unary tests
  now?: string;                           // "2025-01-31T23:59:00+01:00"
  today?: string;                         // "2025-01-31"
  explain?: 'off' | 'brief' | 'full';
  target?: 'decision' | 'service' | 'knowledge';
  name?: string;                          // of the decision of a model
}

export interface Told { id: string; message: LocalizedText; hint: LocalizedText; }

export interface EngineError extends Told { problems: (Told & { where: string })[]; }

export interface Answer {
  value: unknown;                         // numbers as JavaScript has them
  outcome: 'yes' | 'no' | 'unknown';
  missing: string[];
  errors: Told[];
  explanation?: unknown;
}

// A form as the catalogue has it, with the lists of its fields under 'pack/list'.
export interface FormRequest {
  name: string;                           // 'pack/form'
  form: { fields: object; valid_if?: object[] | undefined };
  lists: Record<string, object>;
}
