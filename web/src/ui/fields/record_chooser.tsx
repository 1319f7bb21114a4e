// Choosing a record of a form by its title, from those that one may see.
import { findForm } from '@/api/metadata';
import { useCatalogue, useSearch } from '@/api/queries';
import { Chooser, kShown, useSearching } from './chooser';
import type { Candidate, ChooserProps } from './chooser';

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

export type RecordChooserProps = Omit<ChooserProps, 'searching' | 'candidates'> & {
  target: string;                // 'pack/form'
};

export function RecordChooser({ target, ...props }: RecordChooserProps) {
  const searching = useSearching();
  const candidates = useCandidates(target, searching.typed, searching.isOpen);
  return <Chooser {...props} searching={searching} candidates={candidates} />;
}
