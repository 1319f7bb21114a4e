// Asking for emergency access to one record: why, and for how long.
import { useState } from 'react';

import { useBreakRules } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { navigate } from '@/lib/router';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/fields/text_field';
import { ProblemNotice } from '@/ui/problem_view';
import { useBreak } from './breaks';

const kUsualHours = 8;

export function BreakForm({ record = '' }: { record?: string }) {
  const { t, l } = useWords();
  const rules = useBreakRules();
  const most = Math.max(...rules.map((rule) => rule.hours));
  const [id, setId] = useState(record);
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState(String(Math.min(kUsualHours, most)));
  const opening = useBreak(id.trim(), () => { navigate(`/records/${id.trim()}`); });
  return (
    <section className="stack" aria-labelledby="ask">
      <h2 id="ask">{t('break.ask')}</h2>
      <p>{t('break.consequence', {
        roles: [...new Set(rules.map((rule) => l(rule.report)))].join(', '),
      })}</p>
      {opening.isError && <ProblemNotice error={opening.error} />}
      <form className="form" noValidate onSubmit={(event) => {
        event.preventDefault();
        opening.mutate({ reason, hours: Number(hours) || 0 });
      }}>
        <TextField id="break-record" label={t('break.record')} hint={t('break.recordHint')}
          value={id} onChange={setId} />
        <TextField id="break-reason" label={t('break.reason')} hint={t('break.reasonHint')} isLong
          value={reason} onChange={setReason} />
        <TextField id="break-hours" label={t('break.hours')}
          hint={t('break.hoursHint', { most })} isShort inputMode="numeric"
          value={hours} onChange={setHours} />
        <div>
          <Button type="submit" look="primary" disabled={opening.isPending || !id.trim()}>
            {t('break.open')}
          </Button>
        </div>
      </form>
    </section>
  );
}
