// Whether a letter is a draft or final, as word, shape and colour.
import { useWords } from '@/lib/i18n';
import { Status } from '@/ui/status';

export function LetterStatus({ isFinal }: { isFinal: boolean }) {
  const { t } = useWords();
  return isFinal ? <Status meaning="done" label={t('letters.final')} />
    : <Status meaning="draft" label={t('letters.draft')} />;
}
