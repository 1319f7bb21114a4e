// Choosing somebody who works here, or an organisation, by name.
import { useNames } from '@/api/queries';
import { Chooser, kShown, useSearching } from '@/ui/fields/chooser';
import type { ReferenceDraft } from './drafts';
import { elementId } from './editor_types';
import type { EditorProps } from './editor_types';

export function NameEditor(props: EditorProps<ReferenceDraft>) {
  const { form, field, path, label, hint, errors, value, onChange } = props;
  const searching = useSearching();
  const [name = ''] = path.split('.');
  const names = useNames(form.name, name, searching.typed.trim(), searching.isOpen);
  const candidates = (names.data?.items ?? []).slice(0, kShown)
    .map(({ id, name: title, organisation }) => ({
      id, title, ...(organisation ? { note: organisation.name } : {}),
    }));
  return (
    <Chooser id={elementId(path)} label={label} hint={hint} error={errors.get(path)}
      isRequired={Boolean(field.required)} value={value} onChange={onChange}
      searching={searching} candidates={candidates} />
  );
}
