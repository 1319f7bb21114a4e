// Choosing another record by its title.
import { findForm, fullName } from '@/api/metadata';
import { useCatalogue, useSearch } from '@/api/queries';
import { Chooser, kShown, useSearching } from './chooser';
import type { Candidate } from './chooser';
import type { ReferenceDraft } from './drafts';
import type { EditorProps } from './editor_types';

// Search words only where the form has searchable fields; else its first page, narrowed here.
function useCandidates(target: string, text: string, isWanted: boolean): Candidate[] {
  const catalogue = useCatalogue().data;
  const form = catalogue && findForm(catalogue, target);
  const isSearchable = Object.values(form?.form.fields ?? {}).some((field) => field.searchable);
  const words = text.trim();
  const body = { form: target, limit: isSearchable ? kShown : 200,
    ...(isSearchable && words ? { text: words } : {}) };
  const items = useSearch(body, isWanted && Boolean(form)).data?.pages[0]?.items ?? [];
  return items.filter((item) => isSearchable
    || item.title.toLowerCase().includes(words.toLowerCase())).slice(0, kShown);
}

export function ReferenceEditor(props: EditorProps<ReferenceDraft>) {
  const { form, field } = props;
  const searching = useSearching();
  const target = field.form ? fullName(form.pack, field.form) : '';
  const candidates = useCandidates(target, searching.typed, searching.isOpen);
  return <Chooser {...props} searching={searching} candidates={candidates} />;
}
