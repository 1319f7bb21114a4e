// Making an account; the one-time password is shown once.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { post } from '@/api/client';
import { useCatalogue } from '@/api/queries';
import { heldRoleTitle, holdableRoles } from '@/api/metadata';
import type { Organisation } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { randomKey } from '@/lib/keys';
import { Button } from '@/ui/button';
import { FieldFrame, GroupFrame } from '@/ui/fields/frame';
import { TextField } from '@/ui/fields/text_field';
import { Notice } from '@/ui/notice';
import { ProblemNotice } from '@/ui/problem_view';

const kNothing = { login: '', name: '', organisation: '', roles: [] as string[] };

export interface NewAccountProps {
  organisations: Organisation[];
  onMade: () => void;
}

export function NewAccount({ organisations, onMade }: NewAccountProps) {
  const { t, l } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  const [typed, setTyped] = useState(kNothing);
  const set = (part: Partial<typeof kNothing>) => { setTyped((old) => ({ ...old, ...part })); };
  const roles = holdableRoles(catalogue);
  const make = useMutation({
    mutationFn: () => post<{ one_time_password?: string }>(
      '/v1/accounts', typed, { idempotencyKey: randomKey() }),
    onSuccess: onMade,
  });
  const password = make.data?.one_time_password;
  return (
    <section className="stack">
      <h2>{t('admin.newAccount')}</h2>
      {make.isError && <ProblemNotice error={make.error} />}
      {password && (
        <Notice meaning="done" role="status">
          <p>{t('admin.once', { login: typed.login })}</p>
          <p><code className="totp-key">{password}</code></p>
        </Notice>
      )}
      <form className="form" noValidate onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}>
        <TextField id="account-login" label={t('admin.login')} value={typed.login}
          onChange={(login) => { set({ login }); }} />
        <TextField id="account-name" label={t('admin.name')} value={typed.name}
          onChange={(name) => { set({ name }); }} />
        <FieldFrame id="account-organisation" label={t('admin.organisation')}>
          <select id="account-organisation" value={typed.organisation}
            className="utrecht-select utrecht-select--html-select"
            onChange={(event) => { set({ organisation: event.target.value }); }}>
            <option value="">{t('form.choose')}</option>
            {organisations.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
          </select>
        </FieldFrame>
        <GroupFrame id="account-roles" label={t('admin.roles')}>
          {roles.map((role) => (
            <label key={role} className="check">
              <input type="checkbox" className="utrecht-checkbox"
                checked={typed.roles.includes(role)}
                onChange={(event) => {
                  set({ roles: event.target.checked ? [...typed.roles, role]
                    : typed.roles.filter((one) => one !== role) });
                }} />
              {l(heldRoleTitle(catalogue, role))}
            </label>
          ))}
        </GroupFrame>
        <div><Button type="submit" look="primary">{t('admin.make')}</Button></div>
      </form>
    </section>
  );
}
