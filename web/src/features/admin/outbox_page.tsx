// What goes out by webhook and mail: what waits, what was given up and why, what was sent. For
// administrators. A message is told by its kind and receiver; of its record nothing is shown.
import { useState } from 'react';

import { findForm } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import { formatMoment } from '@/lib/dates';
import { formatDecimal } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import type { MessageKey } from '@/lib/i18n';
import { Button, ButtonLink } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';
import { useOutbox, useResend, useWebhooks } from './outbox';
import type { MessageState, OutboxAnswer, OutboxMessage } from './outbox';

const kStates: MessageState[] = ['waiting', 'dead', 'sent'];
const kEvents: Partial<Record<string, MessageKey>> = {
  created: 'outbox.created', changed: 'outbox.changed', stepped: 'outbox.stepped',
  task: 'outbox.task', summary: 'outbox.summary',
};

function useReceiver(): (message: OutboxMessage) => string {
  const { t } = useWords();
  const webhooks = useWebhooks().data?.items ?? [];
  return ({ kind, target }) => {
    if (kind !== 'webhook') return t(kind === 'mail' ? 'outbox.mail' : 'outbox.toDecide');
    return webhooks.find(({ id }) => id === target)?.title ?? t('outbox.webhook');
  };
}

function useTold(): (message: OutboxMessage) => string {
  const { t, l } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  return ({ event, form }) => {
    const known = kEvents[event];
    const what = known ? t(known) : event;
    const title = form && l(findForm(catalogue, form)?.form.title ?? form);
    return title ? `${title}: ${what}` : what;
  };
}

function Failure({ message }: { message: OutboxMessage }) {
  const { t, l, lang } = useWords();
  const { error, tries, due } = message;
  return (
    <div className="stack-s">
      {error && <p>{l(error.message)} {l(error.hint)}</p>}
      {tries > 0 && <p className="small muted">{t('outbox.tries', { n: tries })}</p>}
      {due && tries > 0 && (
        <p className="small muted">{t('outbox.next', { date: formatMoment(due, lang) })}</p>
      )}
    </div>
  );
}

interface MessagesProps {
  state: MessageState;
  messages: OutboxMessage[];
  onResend: (id: string) => void;
}

function Messages({ state, messages, onResend }: MessagesProps) {
  const { t, lang } = useWords();
  const receiverOf = useReceiver();
  const toldBy = useTold();
  const last = state === 'sent' ? t('outbox.sentAt') : t('outbox.result');
  return (
    <SimpleTable caption={t(`outbox.state.${state}`)}
      heads={[t('outbox.receiver'), t('outbox.told'), t('outbox.happened'), last,
        ...(state === 'sent' ? [] : [t('record.actions')])]}
      rows={messages.map((message) => ({ key: message.id, cells: [
        receiverOf(message), toldBy(message), formatMoment(message.happened, lang),
        state === 'sent' ? formatMoment(message.sent ?? '', lang)
          : <Failure key="failure" message={message} />,
        ...(state === 'sent' ? [] : [
          <Button key="resend" small aria-label={t('outbox.resendOne', {
            receiver: receiverOf(message), date: formatMoment(message.happened, lang) })}
            onClick={() => { onResend(message.id); }}>
            {t(state === 'dead' ? 'outbox.resend' : 'outbox.now')}
          </Button>,
        ]),
      ] }))} />
  );
}

function Summary({ waiting, dead, oldest }: OutboxAnswer) {
  const { t, lang } = useWords();
  const isQuiet = dead === 0;
  return (
    <Notice meaning={isQuiet ? 'done' : 'attention'}>
      <p>{isQuiet ? t('outbox.noneDead') : t('outbox.someDead', {
        n: formatDecimal(dead, lang) })}</p>
      <p>{waiting === 0 || !oldest ? t('outbox.noneWaiting') : t('outbox.someWaiting', {
        n: formatDecimal(waiting, lang), date: formatMoment(oldest, lang) })}</p>
    </Notice>
  );
}

export default function OutboxPage() {
  const { t } = useWords();
  const [state, setState] = useState<MessageState>('dead');
  const outbox = useOutbox(state);
  const resend = useResend();
  if (outbox.isError) return <ProblemPage error={outbox.error} />;
  const first = outbox.data?.pages[0];
  const messages = outbox.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('outbox.title')} lead={t('outbox.lead')}
      crumbs={[{ label: t('nav.admin') }, { label: t('outbox.title') }]}>
      <div className="stack">
        {first && <Summary {...first} />}
        {resend.isError && <ProblemNotice error={resend.error} />}
        {resend.isSuccess && (
          <Notice meaning="done" role="status"><p>{t('outbox.resent')}</p></Notice>
        )}
        <div className="row" role="group" aria-label={t('outbox.which')}>
          {kStates.map((one) => (
            <button key={one} type="button" className={one === state ? 'chip is-on' : 'chip'}
              aria-pressed={one === state} onClick={() => { setState(one); }}>
              {t(`outbox.state.${one}`)}
            </button>
          ))}
        </div>
        {outbox.isPending && <Skeleton lines={6} />}
        {messages.length > 0 && (
          <Messages state={state} messages={messages} onResend={resend.mutate} />
        )}
        {outbox.isSuccess && messages.length === 0 && <p>{t(`outbox.none.${state}`)}</p>}
        <div className="row">
          {outbox.hasNextPage && (
            <Button onClick={() => void outbox.fetchNextPage()}>{t('common.more')}</Button>
          )}
          {state === 'dead' && messages.length > 0 && (
            <Button look="primary" onClick={() => { resend.mutate(''); }}>
              {t('outbox.resendAll')}
            </Button>
          )}
          <ButtonLink to="/beheer/webhooks">{t('webhooks.title')}</ButtonLink>
        </div>
      </div>
    </Page>
  );
}
