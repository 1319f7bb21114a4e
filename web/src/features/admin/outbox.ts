// Messages to the outside as administrators see them, and the webhooks that they go to.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { post, request } from '@/api/client';
import type { Text } from '@/api/types';
import { randomKey } from '@/lib/keys';

export type MessageState = 'waiting' | 'dead' | 'sent';

export interface OutboxMessage {
  id: string;
  kind: 'webhook' | 'task' | 'mail';
  target?: string;
  form?: string;
  event: string;
  happened: string;
  due?: string;
  sent?: string;
  state: MessageState;
  tries: number;
  error?: { id: string; message: Text; hint: Text };
}

export interface OutboxAnswer {
  waiting: number;
  dead: number;
  oldest?: string;
  items: OutboxMessage[];
  next?: string;
}

export interface Webhook {
  id: string;
  title: string;
  url: string;
  forms: string[];
  events: string[];
  active: boolean;
  secret?: string;
}

export interface Webhooks {
  items: Webhook[];
  forms: string[];
  events: string[];
}

// What came of a trial message.
export interface Trial {
  sent: boolean;
  error?: { id: string; message: Text; hint: Text };
}

export type NewWebhook = Pick<Webhook, 'title' | 'url' | 'forms' | 'events'>;
export type WebhookChange = Partial<NewWebhook> & { active?: boolean; new_secret?: true };

const kOutbox = ['outbox'];
const kWebhooks = ['webhooks'];

export function useOutbox(state: MessageState) {
  return useInfiniteQuery({
    queryKey: [...kOutbox, state],
    queryFn: ({ pageParam }) => request<OutboxAnswer>(`/v1/outbox?state=${state}${
      pageParam ? `&after=${encodeURIComponent(pageParam)}` : ''}`),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    // What happens outside is not told by an event.
    refetchInterval: 15_000,
  });
}

export function useResend() {
  const queries = useQueryClient();
  return useMutation({
    // Without an id: all that was given up.
    mutationFn: (id: string) => post<unknown>(
      id ? `/v1/outbox/${encodeURIComponent(id)}/_resend` : '/v1/outbox/_resend', undefined,
      { idempotencyKey: randomKey() }),
    onSuccess: () => queries.invalidateQueries({ queryKey: kOutbox }),
  });
}

export function useWebhooks() {
  return useQuery({ queryKey: kWebhooks, queryFn: () => request<Webhooks>('/v1/webhooks') });
}

export function useNewWebhook() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (webhook: NewWebhook) => post<Webhook>('/v1/webhooks', webhook,
      { idempotencyKey: randomKey() }),
    onSuccess: () => queries.invalidateQueries({ queryKey: kWebhooks }),
  });
}

export function useWebhookChange() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: WebhookChange }) => request<Webhook>(
      `/v1/webhooks/${id}`, { method: 'PUT', idempotencyKey: randomKey(), body: change }),
    onSuccess: () => queries.invalidateQueries({ queryKey: kWebhooks }),
  });
}

export function useTrial() {
  return useMutation({
    mutationFn: (webhook: Webhook) => post<Trial>(`/v1/webhooks/${webhook.id}/_try`, undefined),
  });
}
