// What came of an approval: how many went, how many stayed and why, and whether bytes may be left.
import { formatDecimal } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import type { Outcome } from './retention';

export interface EraseOutcomeProps {
  outcome: Outcome;
  onAgain: () => void;
}

export function EraseOutcome({ outcome, onAgain }: EraseOutcomeProps) {
  const { t, lang } = useWords();
  const { erased, left, wiped } = outcome;
  return (
    <div className="stack">
      <Notice meaning={left.length ? 'attention' : 'done'} role="status">
        <p>{erased === 1 ? t('retention.wentOne')
          : t('retention.went', { n: formatDecimal(erased, lang) })}</p>
        {left.length > 0 && (
          <p>{left.length === 1 ? t('retention.leftOne')
            : t('retention.left', { n: formatDecimal(left.length, lang) })}</p>
        )}
      </Notice>
      {!wiped && (
        <Notice meaning="attention" role="alert">
          <p>{t('retention.unwiped')}</p>
          <div>
            <Button small onClick={onAgain}>{t('retention.wipe')}</Button>
          </div>
        </Notice>
      )}
    </div>
  );
}
