// Choosing another record by its title.
import { fullName } from '@/api/metadata';
import { RecordChooser } from '@/ui/fields/record_chooser';
import type { ReferenceDraft } from './drafts';
import { elementId } from './editor_types';
import type { EditorProps } from './editor_types';

export function ReferenceEditor(props: EditorProps<ReferenceDraft>) {
  const { form, field, path, label, hint, errors, value, onChange } = props;
  return (
    <RecordChooser id={elementId(path)} label={label} hint={hint} error={errors.get(path)}
      isRequired={Boolean(field.required)} value={value} onChange={onChange}
      target={field.form ? fullName(form.pack, field.form) : ''} />
  );
}
