// A figure that does not come, in a few words: the rest of the page stands.
import { problemOf } from '@/api/problem';
import { useWords } from '@/lib/i18n';
import type { MessageKey } from '@/lib/i18n';
import { Button } from '../button';
import { Notice } from '../notice';

const kRefusals: Partial<Record<number, MessageKey>> = {
  401: 'indicators.refused', 403: 'indicators.refused', 404: 'indicators.absent',
};
// It is being counted for the first time, and there soon.
const kCounting = 'ST-0100';

export function FigureRefused({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useWords();
  const { id, status } = problemOf(error);
  const refusal = kRefusals[status];
  const away = id === kCounting ? 'indicators.counting' : 'indicators.away';
  return (
    <Notice meaning="attention" role="status">
      <p>{t(refusal ?? away)}</p>
      {!refusal && <div><Button small onClick={onRetry}>{t('common.retry')}</Button></div>}
    </Notice>
  );
}
