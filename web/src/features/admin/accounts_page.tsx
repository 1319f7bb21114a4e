// Accounts: who may sign in, for which organisation, with which roles. For administrators.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { request } from '@/api/client';
import { heldRoleTitle } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import type { Organisation, Text } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { randomKey } from '@/lib/keys';
import { Button } from '@/ui/button';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';
import { Status } from '@/ui/status';
import { NewAccount } from './new_account';

export interface Account {
  id: string;
  login: string;
  name: string;
  organisation: Organisation;
  roles: { id: string; title?: Text }[] | string[];
  active: boolean;
  totp?: boolean;
}

const kAccounts = ['accounts'];

function roleIds(account: Account): string[] {
  return account.roles.map((role) => (typeof role === 'string' ? role : role.id));
}

function organisationsOf(accounts: Account[]): Organisation[] {
  return [...new Map(accounts.map(({ organisation }) => [organisation.id, organisation])).values()];
}

function ActiveButton({ account }: { account: Account }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: () => request(`/v1/accounts/${account.id}`, {
      method: 'PUT', idempotencyKey: randomKey(),
      body: { active: !account.active },
    }),
    onSuccess: () => queries.invalidateQueries({ queryKey: kAccounts }),
  });
  return (
    <div className="stack-s">
      <Button small onClick={() => { change.mutate(); }}
        aria-label={`${t(account.active ? 'admin.block' : 'admin.unblock')}: ${account.login}`}>
        {t(account.active ? 'admin.block' : 'admin.unblock')}
      </Button>
      {change.isError && <ProblemNotice error={change.error} />}
    </div>
  );
}

function AccountTable({ accounts }: { accounts: Account[] }) {
  const { t, l } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  return (
    <SimpleTable caption={t('admin.accounts')}
      heads={[t('admin.login'), t('admin.name'), t('admin.organisation'), t('admin.roles'),
        t('admin.active'), t('record.actions')]}
      rows={accounts.map((account) => ({ key: account.id, cells: [
        account.login, account.name, account.organisation.name,
        roleIds(account).map((role) => l(heldRoleTitle(catalogue, role))).join(', '),
        <Status key="active" meaning={account.active ? 'done' : 'ended'}
          label={t(account.active ? 'admin.active' : 'admin.inactive')} />,
        <ActiveButton key="act" account={account} />,
      ] }))} />
  );
}

export default function AccountsPage() {
  const { t } = useWords();
  const accounts = useQuery({
    queryKey: kAccounts,
    queryFn: () => request<{ items: Account[] }>('/v1/accounts'),
    select: (answer) => answer.items,
  });
  if (accounts.isError) return <ProblemPage error={accounts.error} />;
  return (
    <Page title={t('admin.accounts')} lead={t('admin.accountsLead')}
      crumbs={[{ label: t('nav.admin') }, { label: t('admin.accounts') }]}>
      <div className="stack-l">
        {accounts.isPending ? <Skeleton lines={6} /> : <AccountTable accounts={accounts.data} />}
        <NewAccount organisations={organisationsOf(accounts.data ?? [])}
          onMade={() => void accounts.refetch()} />
      </div>
    </Page>
  );
}
