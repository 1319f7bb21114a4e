// Making an account; the one-time password is shown once.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { post } from '@/api/client';
import type { Organisation } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { randomKey } from '@/lib/keys';
import { Button } from '@/ui/button';
import { AccountFields } from './account_fields';
import type { AccountParts } from './account_fields';
import { OneTimePassword } from './one_time_password';

const kNothing: AccountParts = {
  login: '', name: '', organisation: '', roles: [], subject: { id: '', title: '' },
};

export interface NewAccountProps {
  organisations: Organisation[];
  onMade: () => void;
}

export function NewAccount({ organisations, onMade }: NewAccountProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState(kNothing);
  const make = useMutation({
    mutationFn: ({ subject, ...parts }: AccountParts) => (
      post<{ login: string; one_time_password?: string }>('/v1/accounts',
        { ...parts, ...(subject.id ? { subject: subject.id } : {}) },
        { idempotencyKey: randomKey() })),
    onSuccess: () => {
      setTyped(kNothing);
      onMade();
    },
  });
  return (
    <section className="stack">
      <h2>{t('admin.newAccount')}</h2>
      <OneTimePassword login={make.data?.login} password={make.data?.one_time_password} />
      <form className="form" noValidate onSubmit={(event) => {
        event.preventDefault();
        make.mutate(typed);
      }}>
        <AccountFields id="account" value={typed} organisations={organisations} error={make.error}
          attempt={make.isError ? make.submittedAt : 0}
          onChange={(part) => { setTyped((old) => ({ ...old, ...part })); }} />
        <div><Button type="submit" look="primary">{t('admin.make')}</Button></div>
      </form>
    </section>
  );
}
