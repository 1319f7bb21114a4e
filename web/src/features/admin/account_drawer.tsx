// One account: who it is and what it may do, and what was lost or must stop. What cannot be undone
// by a second click asks first.
import { useState } from 'react';

import type { Organisation } from '@/api/types';
import { useWords } from '@/lib/i18n';
import type { MessageKey } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { Notice } from '@/ui/notice';
import { ProblemNotice } from '@/ui/problem_view';
import { AccountFields } from './account_fields';
import type { AccountParts } from './account_fields';
import { useAccountChange } from './accounts';
import type { Account, AccountChange } from './accounts';
import { OneTimePassword } from './one_time_password';

interface Act {
  name: MessageKey;
  text: MessageKey;
  change: AccountChange;
}

function actsOf(account: Account): Act[] {
  return [
    { name: 'admin.resetPassword', text: 'admin.resetPasswordText',
      change: { reset_password: true } },
    ...(account.totp ? [{ name: 'admin.resetCode' as const, text: 'admin.resetCodeText' as const,
      change: { reset_second_factor: true as const } }] : []),
    account.active
      ? { name: 'admin.block', text: 'admin.blockText', change: { active: false } }
      : { name: 'admin.unblock', text: 'admin.unblockText', change: { active: true } },
  ];
}

function ActPanel({ act, onAct }: { act: Act; onAct: () => void }) {
  const { t } = useWords();
  const [isAsked, setAsked] = useState(false);
  if (!isAsked) {
    return <div><Button onClick={() => { setAsked(true); }}>{t(act.name)}</Button></div>;
  }
  return (
    <div className="panel stack-s" role="group" aria-label={t(act.name)}>
      <p>{t(act.text)}</p>
      <div className="row">
        <Button look="primary" onClick={() => {
          setAsked(false);
          onAct();
        }}>{t('admin.yes', { act: t(act.name).toLowerCase() })}</Button>
        <Button onClick={() => { setAsked(false); }}>{t('common.cancel')}</Button>
      </div>
    </div>
  );
}

export interface AccountDrawerProps {
  account: Account;
  organisations: Organisation[];
  onClose: () => void;
}

export function AccountDrawer({ account, organisations, onClose }: AccountDrawerProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState<AccountParts>({ name: account.name,
    organisation: account.organisation.id, roles: account.roles,
    subject: { id: account.subject ?? '', title: '' } });
  const change = useAccountChange(account.id);
  const act = useAccountChange(account.id);
  const isDone = change.isSuccess || act.isSuccess;
  return (
    <Dialog look="drawer" title={t('admin.edit', { name: account.name })} onClose={onClose}>
      {act.isError && <ProblemNotice error={act.error} />}
      {isDone && (
        <Notice meaning="done" role="status"><p>{t('record.saved')}</p></Notice>
      )}
      <OneTimePassword login={account.login} password={act.data?.one_time_password} />
      <form className="form" noValidate onSubmit={(event) => {
        event.preventDefault();
        const { subject, ...parts } = typed;
        change.mutate({ ...parts,
          ...(subject.id === (account.subject ?? '') ? {} : { subject: subject.id }) });
      }}>
        <AccountFields id="edit" value={typed} organisations={organisations}
          error={change.error} attempt={change.isError ? change.submittedAt : 0}
          onChange={(part) => { setTyped((old) => ({ ...old, ...part })); }} />
        <div><Button type="submit" look="primary">{t('common.save')}</Button></div>
      </form>
      <h3>{t('admin.lost')}</h3>
      {actsOf(account).map((one) => (
        <ActPanel key={one.name} act={one} onAct={() => { act.mutate(one.change); }} />
      ))}
    </Dialog>
  );
}
