// Reminding those who are not ready: a step of each request, one by one, as each has a keeper of
// its own.
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';

import { request } from '@/api/client';
import { roundKeys } from '@/api/rounds';
import type { RoundOverview, RoundPlace } from '@/api/rounds';
import { useWords } from '@/lib/i18n';
import { randomKey } from '@/lib/keys';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { isLate } from './round_due';

function remindable({ places, round }: RoundOverview): RoundPlace[] {
  const step = round.requests?.remind;
  return places.filter((place) => place.request?.actions?.some((action) => (
    action.kind === 'step' && action.transition === step && !action.blocked)));
}

export function RoundRemind({ overview }: { overview: RoundOverview }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [isSending, setSending] = useState(false);
  const [outcome, setOutcome] = useState({ done: 0, failed: 0 });
  const transition = overview.round.requests?.remind;
  const all = remindable(overview);
  const late = all.filter(isLate);
  const remind = async (places: RoundPlace[]) => {
    setSending(true);
    const result = { done: 0, failed: 0 };
    for (const { request: record } of places) {
      if (!record) continue;
      try {
        await request(`/v1/records/${record.id}/_step`, { method: 'POST', body: { transition },
          ifMatch: record.version, idempotencyKey: randomKey() });
        result.done += 1;
      } catch {
        result.failed += 1;
      }
    }
    setOutcome(result);
    setSending(false);
    await queries.invalidateQueries({ queryKey: roundKeys.all });
  };
  if (!all.length && !outcome.done && !outcome.failed) return null;
  return (
    <div className="stack-s no-print">
      <div className="row">
        {late.length > 0 && (
          <Button look="primary" disabled={isSending} onClick={() => void remind(late)}>
            {t('rounds.remindLate', { n: late.length })}
          </Button>
        )}
        {all.length > late.length && (
          <Button disabled={isSending} onClick={() => void remind(all)}>
            {t('rounds.remindAll', { n: all.length })}
          </Button>
        )}
      </div>
      {outcome.done > 0 && (
        <Notice meaning="done" role="status">
          <p>{t('rounds.reminded', { n: outcome.done })}</p>
        </Notice>
      )}
      {outcome.failed > 0 && (
        <Notice meaning="failed" role="alert">
          <p>{t('rounds.remindFailed', { n: outcome.failed })}</p>
        </Notice>
      )}
    </div>
  );
}
