// Whether a letter is a draft or final, as word, shape and colour; where its pack gives it a
// process, in the words of that.
import { findForm, stateLabel } from '@/api/metadata';
import type { Letter, LetterItem } from '@/api/letters';
import { useCatalogue } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { Status } from '@/ui/status';

export function FinalStatus({ isFinal }: { isFinal: boolean }) {
  const { t } = useWords();
  return isFinal ? <Status meaning="done" label={t('letters.final')} />
    : <Status meaning="draft" label={t('letters.draft')} />;
}

export function LetterStatus({ letter }: { letter: Letter }) {
  const { l } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  const state = letter.record?.state;
  const form = findForm(catalogue, letter.form);
  if (!state || !form || letter.final) return <FinalStatus isFinal={Boolean(letter.final)} />;
  return <Status meaning={state.meaning} label={l(stateLabel(form, state))} />;
}

// In a list, where the server tells the words of the state along.
export function ListedStatus({ item }: { item: LetterItem }) {
  const { l } = useWords();
  const { final, state } = item;
  if (final || !state) return <FinalStatus isFinal={final} />;
  return <Status meaning={state.meaning} label={l(state.label ?? state.id)} />;
}
