// Changing one's own password.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { post } from '@/api/client';
import { randomKey } from '@/lib/keys';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/fields/text_field';
import { Notice } from '@/ui/notice';
import { ProblemNotice } from '@/ui/problem_view';

export function PasswordForm() {
  const { t } = useWords();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => post<undefined>('/v1/session/password', { current, new: next },
      { idempotencyKey: randomKey() }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
    },
  });
  return (
    <section className="stack">
      <h2>{t('account.password')}</h2>
      <form className="form" noValidate onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}>
        {change.isSuccess && (
          <Notice meaning="done" role="status"><p>{t('account.changed')}</p></Notice>
        )}
        {change.isError && <ProblemNotice error={change.error} />}
        <TextField id="current-password" label={t('account.current')} value={current}
          type="password" autoComplete="current-password" onChange={setCurrent} />
        <TextField id="new-password" label={t('account.new')} hint={t('account.newHint')}
          value={next} type="password" autoComplete="new-password" onChange={setNext} />
        <div><Button type="submit">{t('account.password')}</Button></div>
      </form>
    </section>
  );
}
