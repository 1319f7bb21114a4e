// A figure that does not come, in a few words: the rest of the page stands.
import { problemOf } from '@/api/problem';
import { useWords } from '@/lib/i18n';
import type { MessageKey } from '@/lib/i18n';
import { Button } from '../button';
import { Notice } from '../notice';

const kRefusals: Partial<Record<number, MessageKey>> = {
  401: 'indicators.refused', 403: 'indicators.refused', 404: 'indicators.absent',
};

export function FigureRefused({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useWords();
  const refusal = kRefusals[problemOf(error).status];
  return (
    <Notice meaning="attention" role="status">
      <p>{t(refusal ?? 'indicators.away')}</p>
      {!refusal && <div><Button small onClick={onRetry}>{t('common.retry')}</Button></div>}
    </Notice>
  );
}
