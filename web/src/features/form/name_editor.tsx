// Choosing somebody who works here, or an organisation, by name.
import { useNames } from '@/api/queries';
import { Chooser, kShown, useSearching } from './chooser';
import type { ReferenceDraft } from './drafts';
import type { EditorProps } from './editor_types';

export function NameEditor(props: EditorProps<ReferenceDraft>) {
  const { form, path } = props;
  const searching = useSearching();
  const [field = ''] = path.split('.');
  const names = useNames(form.name, field, searching.typed.trim(), searching.isOpen);
  const candidates = (names.data?.items ?? []).slice(0, kShown)
    .map(({ id, name, organisation }) => ({
      id, title: name, ...(organisation ? { note: organisation.name } : {}),
    }));
  return <Chooser {...props} searching={searching} candidates={candidates} />;
}
