// The last question before records are destroyed: how many of what, and what that means.
import { useState } from 'react';

import { formatDecimal } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { describedBy } from '@/ui/fields/frame';
import type { DueRecord } from './retention';

interface Group {
  name: string;
  count: number;
}

function useGroups(records: DueRecord[]): Group[] {
  const { l } = useWords();
  const groups = new Map<string, number>();
  for (const { form, form_title, organisation } of records) {
    const name = `${l(form_title ?? form)}, ${organisation.name}`;
    groups.set(name, (groups.get(name) ?? 0) + 1);
  }
  return [...groups].map(([name, count]) => ({ name, count }));
}

const kBox = 'erase-checked';

export interface EraseDialogProps {
  records: DueRecord[];
  onApprove: () => void;
  onClose: () => void;
}

export function EraseDialog({ records, onApprove, onClose }: EraseDialogProps) {
  const { t, lang } = useWords();
  const groups = useGroups(records);
  const [isChecked, setChecked] = useState(false);
  const [isWrong, setWrong] = useState(false);
  const persons = records.filter(({ person }) => person).length;
  const error = isWrong && !isChecked ? t('retention.notChecked') : undefined;
  const title = records.length === 1 ? t('retention.askOne')
    : t('retention.ask', { n: formatDecimal(records.length, lang) });
  return (
    <Dialog title={title} onClose={onClose}>
      <p className="strong">{t('retention.forGood')}</p>
      <ul className="plain-list stack-s">
        {groups.map(({ name, count }) => (
          <li key={name}>{t('retention.times', { n: formatDecimal(count, lang), what: name })}</li>
        ))}
      </ul>
      <p>{t('retention.goes')}</p>
      {persons > 0 && <p>{t('retention.goesPerson')}</p>}
      <p>{t('retention.stays')}</p>
      <form className="stack" noValidate onSubmit={(event) => {
        event.preventDefault();
        setWrong(!isChecked);
        if (isChecked) onApprove();
        else document.getElementById(kBox)?.focus();
      }}>
        <div className={error ? 'field is-wrong' : 'field'}>
          {error && (
            <p id={`${kBox}-error`} role="alert" className="utrecht-form-field-error-message">
              {error}
            </p>
          )}
          <label className="check">
            <input id={kBox} type="checkbox" className="utrecht-checkbox" checked={isChecked}
              aria-required aria-invalid={error ? true : undefined}
              aria-describedby={describedBy({ id: kBox, error })}
              onChange={(event) => { setChecked(event.target.checked); }} />
            {t('retention.checked')}
          </label>
        </div>
        <div className="row">
          <Button type="submit" look="primary">{t('retention.yes')}</Button>
          <Button onClick={onClose}>{t('retention.no')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
