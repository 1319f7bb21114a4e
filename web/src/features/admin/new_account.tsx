// Making an account; the one-time password is shown once.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { post } from '@/api/client';
import type { Organisation } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { randomKey } from '@/lib/keys';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/fields/text_field';
import { ProblemNotice } from '@/ui/problem_view';
import { AccountFields } from './account_fields';
import { OneTimePassword } from './one_time_password';

const kNothing = { login: '', name: '', organisation: '', roles: [] as string[] };

export interface NewAccountProps {
  organisations: Organisation[];
  onMade: () => void;
}

export function NewAccount({ organisations, onMade }: NewAccountProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState(kNothing);
  const set = (part: Partial<typeof kNothing>) => { setTyped((old) => ({ ...old, ...part })); };
  const make = useMutation({
    mutationFn: () => post<{ login: string; one_time_password?: string }>(
      '/v1/accounts', typed, { idempotencyKey: randomKey() }),
    onSuccess: () => {
      setTyped(kNothing);
      onMade();
    },
  });
  return (
    <section className="stack">
      <h2>{t('admin.newAccount')}</h2>
      {make.isError && <ProblemNotice error={make.error} />}
      <OneTimePassword login={make.data?.login} password={make.data?.one_time_password} />
      <form className="form" noValidate onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}>
        <TextField id="account-login" label={t('admin.login')} value={typed.login}
          onChange={(login) => { set({ login }); }} />
        <AccountFields id="account" value={typed} organisations={organisations} onChange={set} />
        <div><Button type="submit" look="primary">{t('admin.make')}</Button></div>
      </form>
    </section>
  );
}
