// What is typed in the form of a decision, as the inputs that the server evaluates. What is left
// empty is not known, and is left out.
import type { ModelInput, ModelType } from '@/api/models';
import { ApiProblem } from '@/api/problem';
import { isIsoDate, parseDay } from '@/lib/dates';
import { parseDecimal } from '@/lib/format';
import type { Words } from '@/lib/i18n';

// By the path of a field: 'Income', or 'Person.Age' for a member.
export type Typed = Record<string, string | string[]>;

export interface Question {
  inputs: Record<string, unknown>;
  errors: Map<string, string>;         // by path
}

export const kDeepestGroup = 3;

export function pathOf(base: string, name: string): string {
  return base ? `${base}.${name}` : name;
}

// Names hold blanks and signs, and several decisions of a page ask for the same: where a field
// stands in the page, in letters and digits alone.
export function placeOf(prefix: string, path: string): string {
  const safe = path.replace(/[^A-Za-z0-9]/g,
    (sign) => `_${(sign.codePointAt(0) ?? 0).toString(16)}`);
  return `${prefix}-${safe}`;
}

// Of a type that nobody declared: the kind that it looks like.
function guessed(text: string, { lang }: Pick<Words, 'lang'>): unknown {
  const low = text.toLowerCase();
  if (['true', 'ja', 'yes'].includes(low)) return true;
  if (['false', 'nee', 'no'].includes(low)) return false;
  const number = isIsoDate(text) ? null : parseDecimal(text, lang);
  return number === null ? text : Number(number);
}

class Reader {
  readonly errors = new Map<string, string>();

  constructor(private readonly typed: Typed, private readonly words: Words) {}

  read(type: ModelType, path: string, label: string): unknown {
    if (type.kind === 'context') return this.readGroup(type, path);
    const typed = this.typed[path];
    if (Array.isArray(typed)) return typed.length ? typed : undefined;
    const text = (typed ?? '').trim();
    if (!text) return undefined;
    if (type.kind !== 'list') return this.readOne(type, text, path, label);
    return text.split('\n').map((line) => line.trim()).filter(Boolean)
      .map((line) => this.readOne(type.item ?? { kind: 'any', text: 'Any' }, line, path, label));
  }

  private readGroup(type: ModelType, path: string): unknown {
    const parts = (type.members ?? []).flatMap((member) => {
      const name = member.name ?? '';
      const value = this.read(member, pathOf(path, name), name);
      return value === undefined ? [] : [[name, value] as const];
    });
    return parts.length ? Object.fromEntries(parts) : undefined;
  }

  private readOne(type: ModelType, text: string, path: string, label: string): unknown {
    if (type.choices?.length) return text;
    switch (type.kind) {
      case 'number':
        return this.checked(parseDecimal(text, this.words.lang), 'number', path, label);
      case 'date': return this.checked(parseDay(text), 'date', path, label);
      case 'boolean': return text === 'true';
      case 'any': return guessed(text, this.words);
      default: return text;
    }
  }

  private checked(value: string | null, kind: 'number' | 'date', path: string, label: string) {
    if (value === null) this.errors.set(path, this.words.t(`models.wrong.${kind}`, { label }));
    return value ?? undefined;
  }
}

export function questionOf(inputs: ModelInput[], typed: Typed, words: Words): Question {
  const reader = new Reader(typed, words);
  const read = inputs.flatMap(({ name, label, type }) => {
    const value = reader.read(type, name, label ?? name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { inputs: Object.fromEntries(read), errors: reader.errors };
}

// What the server says of an input: '/inputs/Age' is the field 'Age'.
export function errorsOf(error: unknown): Map<string, string> {
  const problems = error instanceof ApiProblem ? error.problems : [];
  return new Map(problems.flatMap(({ where, message, hint }): [string, string][] => {
    const name = /^\/inputs\/(.+)$/.exec(where ?? '')?.[1];
    return name ? [[name.replace(/~1/g, '/').replace(/~0/g, '~'),
      [message, hint].filter(Boolean).join(' ')]] : [];
  }));
}
