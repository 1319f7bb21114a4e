// Signing in with a code: turning it on (a key for the app, then a first code) and off again.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { post } from '@/api/client';
import { keys } from '@/api/queries';
import { randomKey } from '@/lib/keys';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/fields/text_field';
import { Notice } from '@/ui/notice';
import { ProblemNotice } from '@/ui/problem_view';

interface Enrolment {
  secret: string;
  uri: string;
}

function CodeForm({ path, button, onDone }: { path: string; button: string; onDone: () => void }) {
  const { t } = useWords();
  const [code, setCode] = useState('');
  const send = useMutation({
    mutationFn: () => post<undefined>(path, { code: code.trim() }, { idempotencyKey: randomKey() }),
    onSuccess: onDone,
  });
  return (
    <form className="stack" noValidate onSubmit={(event) => {
      event.preventDefault();
      send.mutate();
    }}>
      {send.isError && <ProblemNotice error={send.error} />}
      <TextField id="totp-code" label={t('signIn.code')} hint={t('signIn.codeHint')} value={code}
        isShort inputMode="numeric" autoComplete="one-time-code" onChange={setCode} />
      <div><Button type="submit">{button}</Button></div>
    </form>
  );
}

function Key({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useWords();
  return (
    <div className="stack-s">
      <p>{t('account.totpSecret')}</p>
      <p><code className="totp-key">{enrolment.secret.replace(/(.{4})/g, '$1 ').trim()}</code></p>
      <p><a className="utrecht-link" href={enrolment.uri}>{t('account.totpOpen')}</a></p>
    </div>
  );
}

export function TotpPanel({ isOn }: { isOn: boolean }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const start = useMutation({
    mutationFn: () => post<Enrolment>('/v1/session/totp', {}, { idempotencyKey: randomKey() }),
    onSuccess: setEnrolment,
  });
  const done = () => {
    setEnrolment(null);
    void queries.invalidateQueries({ queryKey: keys.session });
  };
  return (
    <section className="stack">
      <h2>{t('account.totp')}</h2>
      <Notice meaning={isOn ? 'done' : 'attention'}>
        <p>{t(isOn ? 'account.totpOn' : 'account.totpOff')}</p>
      </Notice>
      {start.isError && <ProblemNotice error={start.error} />}
      {!isOn && !enrolment && (
        <div><Button onClick={() => { start.mutate(); }}>{t('account.totpStart')}</Button></div>
      )}
      {enrolment && <Key enrolment={enrolment} />}
      {enrolment && (
        <CodeForm path="/v1/session/totp/_confirm" button={t('account.totpConfirm')}
          onDone={done} />
      )}
      {isOn && (
        <CodeForm path="/v1/session/totp/_remove" button={t('account.totpRemove')} onDone={done} />
      )}
    </section>
  );
}
