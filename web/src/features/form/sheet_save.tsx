// The bar below a sheet: saving, and dropping what was not saved after a question.
import { useState } from 'react';

import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { DropDialog } from '@/ui/drop_dialog';

export const kSaveId = 'sheet-save';

export interface SaveBarProps {
  n: number;             // rows that were not saved
  isSending: boolean;
  isDone: boolean;
  isTried: boolean;
  onDrop: () => void;
}

export function SaveBar({ n, isSending, isDone, isTried, onDrop }: SaveBarProps) {
  const { t } = useWords();
  const [isAsking, setAsking] = useState(false);
  const drop = () => {
    setAsking(false);
    onDrop();
    // The button that asked is gone then.
    window.setTimeout(() => { document.getElementById(kSaveId)?.focus(); }, 0);
  };
  return (
    <div className="sheet-foot stack-s no-print">
      <div className="row">
        <Button id={kSaveId} type="submit" look="primary" aria-disabled={isSending || undefined}>
          {n ? t('rounds.saveCount', { n }) : t('rounds.save')}
        </Button>
        {n > 0 && (
          <Button look="subtle" onClick={() => { setAsking(true); }}>
            {t('rounds.dropDraft')}
          </Button>
        )}
      </div>
      <p className="small muted" role="status">
        {n > 0 ? t('rounds.kept') : isDone ? t('rounds.saved') : isTried && t('rounds.nothing')}
      </p>
      {isAsking && (
        <DropDialog title={t('rounds.dropTitle')} yes={t('rounds.dropYes')}
          onClose={() => { setAsking(false); }} onDrop={drop}>
          {t('rounds.dropSure', { n })}
        </DropDialog>
      )}
    </div>
  );
}
