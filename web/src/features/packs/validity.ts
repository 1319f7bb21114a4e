// From when until when something of a pack holds, in words.
import { formatDate } from '@/lib/dates';
import { useWords } from '@/lib/i18n';

export function useValidity() {
  const { t, lang } = useWords();
  return (from?: string, to?: string) => {
    if (!from && !to) return t('packs.always');
    return [from && `${t('common.from')} ${formatDate(from, lang)}`,
      to && `${t('common.to')} ${formatDate(to, lang)}`].filter(Boolean).join(' ');
  };
}
