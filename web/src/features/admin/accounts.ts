// Accounts as administrators see them, and changing one.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { request } from '@/api/client';
import type { Organisation } from '@/api/types';
import { randomKey } from '@/lib/keys';

export interface Account {
  id: string;
  login: string;
  name: string;
  organisation: Organisation;
  roles: string[];
  active: boolean;
  demo?: boolean;
  totp?: boolean;
  subject?: string;              // the record of the person who uses it
}

export interface AccountChange {
  name?: string;
  organisation?: string;
  roles?: string[];
  active?: boolean;
  subject?: string;              // '' unbinds
  reset_password?: true;
  reset_second_factor?: true;
}

interface Accounts {
  items: Account[];
  organisations: Organisation[];
}

const kAccounts = ['accounts'];

export function useAccounts() {
  return useQuery({ queryKey: kAccounts, queryFn: () => request<Accounts>('/v1/accounts') });
}

export function useAccountChange(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: AccountChange) => request<Account & { one_time_password?: string }>(
      `/v1/accounts/${id}`, { method: 'PUT', idempotencyKey: randomKey(), body: change }),
    onSuccess: () => queries.invalidateQueries({ queryKey: kAccounts }),
  });
}
