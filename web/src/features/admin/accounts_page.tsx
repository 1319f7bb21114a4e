// Accounts: who may sign in, for which organisation, with which roles. For administrators.
import { useState } from 'react';

import { heldRoleTitle } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/fields/text_field';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';
import { Status } from '@/ui/status';
import { AccountDrawer } from './account_drawer';
import { useAccounts } from './accounts';
import type { Account } from './accounts';
import { NewAccount } from './new_account';

interface AccountTableProps {
  accounts: Account[];
  onOpen: (id: string) => void;
}

function AccountTable({ accounts, onOpen }: AccountTableProps) {
  const { t, l } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  return (
    <SimpleTable caption={t('admin.accounts')}
      heads={[t('admin.login'), t('admin.name'), t('admin.organisation'), t('admin.roles'),
        t('account.totp'), t('register.state'), t('record.actions')]}
      rows={accounts.map((account) => ({ key: account.id, cells: [
        account.login, account.name, account.organisation.name,
        account.roles.map((role) => l(heldRoleTitle(catalogue, role))).join(', ')
          || t('admin.noRoles'),
        t(account.totp ? 'admin.codeOn' : 'admin.codeOff'),
        <Status key="active" meaning={account.active ? 'done' : 'ended'}
          label={t(account.active ? 'admin.active' : 'admin.inactive')} />,
        <Button key="act" small aria-label={t('admin.edit', { name: account.login })}
          onClick={() => { onOpen(account.id); }}>
          {t('record.change')}
        </Button>,
      ] }))} />
  );
}

function contains(account: Account, words: string): boolean {
  const text = `${account.login} ${account.name} ${account.organisation.name}`.toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

export default function AccountsPage() {
  const { t } = useWords();
  const accounts = useAccounts();
  const [words, setWords] = useState('');
  const [open, setOpen] = useState('');
  if (accounts.isError) return <ProblemPage error={accounts.error} />;
  const { items = [], organisations = [] } = accounts.data ?? {};
  const shown = items.filter((account) => contains(account, words.trim()));
  const account = items.find((one) => one.id === open);
  return (
    <Page title={t('admin.accounts')} lead={t('admin.accountsLead')}
      crumbs={[{ label: t('nav.admin') }, { label: t('admin.accounts') }]}>
      <div className="stack-l">
        <div className="stack">
          <TextField id="account-words" label={t('admin.find')} value={words}
            onChange={setWords} />
          {accounts.isPending && <Skeleton lines={6} />}
          {shown.length > 0 && <AccountTable accounts={shown} onOpen={setOpen} />}
          {accounts.isSuccess && shown.length === 0 && <p>{t('admin.findNone', { words })}</p>}
        </div>
        <NewAccount organisations={organisations} onMade={() => void accounts.refetch()} />
      </div>
      {account && (
        <AccountDrawer key={account.id} account={account} organisations={organisations}
          onClose={() => { setOpen(''); }} />
      )}
    </Page>
  );
}
