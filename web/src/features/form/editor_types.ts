// What every editor of a field gets: the field, what is typed, and where it stands.
import type { FormRef } from '@/api/metadata';
import type { Field } from '@/api/types';
import type { Draft } from './drafts';

export interface EditorProps<D extends Draft = Draft> {
  form: FormRef;
  field: Field;
  path: string;
  label: string;
  hint?: string | undefined;
  errors: ReadonlyMap<string, string>;
  value: D;
  onChange: (value: D) => void;
}

export { elementId } from '@/ui/fields/places';
