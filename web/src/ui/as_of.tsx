// "Zoals op …": the record as it was on a day, and as it was known then. The choice is in the
// address, so it can be shared.
import { useState } from 'react';

import type { AsOf } from '@/api/queries';
import { formatDate, parseDay } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { replaceQuery } from '@/lib/router';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { Popover } from '@/ui/popover';

export function asOfFrom(params: URLSearchParams): AsOf {
  const validOn = params.get('validOn');
  const knownAt = params.get('knownAt');
  return { ...(validOn ? { validOn } : {}), ...(knownAt ? { knownAt } : {}) };
}

function show(asOf: AsOf): void {
  const params = new URLSearchParams();
  if (asOf.validOn) params.set('validOn', asOf.validOn);
  if (asOf.knownAt) params.set('knownAt', asOf.knownAt);
  replaceQuery(params);
}

export function AsOfPicker({ asOf }: { asOf: AsOf }) {
  const { t, lang } = useWords();
  const [typed, setTyped] = useState(asOf.validOn ? formatDate(asOf.validOn, lang) : '');
  const [isThen, setThen] = useState(Boolean(asOf.knownAt));
  const [isWrong, setWrong] = useState(false);
  const apply = () => {
    const day = parseDay(typed);
    setWrong(!day);
    if (day) show({ validOn: day, ...(isThen ? { knownAt: `${day}T22:59:59Z` } : {}) });
  };
  return (
    <Popover label={t('record.asOf')} isAtEnd>
      <form className="stack-s" onSubmit={(event) => { event.preventDefault(); apply(); }}>
        <label htmlFor="as-of" className="strong">{t('record.validOn')}</label>
        <p id="as-of-hint" className="small muted">{t('form.dateHint')}</p>
        <input id="as-of" className="utrecht-textbox" value={typed} autoComplete="off"
          aria-describedby="as-of-hint" aria-invalid={isWrong || undefined}
          onChange={(event) => { setTyped(event.target.value); }} />
        {isWrong && (
          <p className="utrecht-form-field-error-message" role="alert">
            {t('check.date', { label: t('record.validOn') })}
          </p>
        )}
        <label className="check">
          <input type="checkbox" className="utrecht-checkbox" checked={isThen}
            onChange={(event) => { setThen(event.target.checked); }} />
          {t('record.knownAt')}
        </label>
        <Button type="submit" look="primary">{t('record.asOfShow')}</Button>
      </form>
    </Popover>
  );
}

export function AsOfBanner({ asOf }: { asOf: AsOf }) {
  const { t, lang } = useWords();
  if (!asOf.validOn && !asOf.knownAt) return null;
  return (
    <Notice meaning="attention" role="status">
      <p>
        {asOf.validOn && t('record.asOfBanner', { date: formatDate(asOf.validOn, lang) })}{' '}
        {asOf.knownAt && t('record.asOfKnown', { date: formatDate(asOf.knownAt, lang) })}
      </p>
      <div><Button small onClick={() => { show({}); }}>{t('record.asOfNow')}</Button></div>
    </Notice>
  );
}
