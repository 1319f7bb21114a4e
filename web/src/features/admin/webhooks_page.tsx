// Webhooks: which other systems hear of changes, of which registers. For administrators.
import { useState } from 'react';

import { findForm } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { Button, ButtonLink } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';
import { Status } from '@/ui/status';
import { NewWebhookForm, SigningSecret } from './new_webhook';
import { useTrial, useWebhookChange, useWebhooks } from './outbox';
import type { Trial, Webhook, WebhookChange } from './outbox';
import { WebhookDrawer } from './webhook_drawer';

interface ActsProps {
  onEdit: (webhook: Webhook) => void;
  onTry: (webhook: Webhook) => void;
  onChange: (id: string, change: WebhookChange) => void;
}

function Acts({ webhook, onEdit, onTry, onChange }: ActsProps & { webhook: Webhook }) {
  const { t } = useWords();
  const { id, title, active } = webhook;
  return (
    <div className="row">
      <Button small aria-label={t('webhooks.changeOne', { name: title })}
        onClick={() => { onEdit(webhook); }}>{t('record.change')}</Button>
      <Button small aria-label={t('webhooks.tryOne', { name: title })}
        onClick={() => { onTry(webhook); }}>{t('webhooks.try')}</Button>
      <Button small aria-label={t(active ? 'webhooks.switchOffOne' : 'webhooks.switchOnOne',
        { name: title })} onClick={() => { onChange(id, { active: !active }); }}>
        {t(active ? 'webhooks.switchOff' : 'webhooks.switchOn')}
      </Button>
      <Button small aria-label={t('webhooks.newSecretOne', { name: title })}
        onClick={() => { onChange(id, { new_secret: true }); }}>
        {t('webhooks.newSecret')}
      </Button>
    </div>
  );
}

function WebhookTable({ webhooks, ...acts }: ActsProps & { webhooks: Webhook[] }) {
  const { t, l } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  const titleOf = (form: string) => l(findForm(catalogue, form)?.form.plural ?? form);
  return (
    <SimpleTable caption={t('webhooks.title')}
      heads={[t('webhooks.name'), t('webhooks.url'), t('webhooks.forms'), t('register.state'),
        t('record.actions')]}
      rows={webhooks.map((webhook) => ({ key: webhook.id, cells: [
        webhook.title, <code key="url" className="small">{webhook.url}</code>,
        webhook.forms.map(titleOf).join(', '),
        <Status key="state" meaning={webhook.active ? 'done' : 'ended'}
          label={t(webhook.active ? 'webhooks.on' : 'webhooks.off')} />,
        <Acts key="acts" webhook={webhook} {...acts} />,
      ] }))} />
  );
}

// What came of a trial message.
function TrialResult({ name, trial }: { name: string; trial: Trial }) {
  const { t, l } = useWords();
  if (trial.sent) {
    return <Notice meaning="done" role="status"><p>{t('webhooks.tried', { name })}</p></Notice>;
  }
  return (
    <Notice meaning="failed" role="alert">
      <p className="strong">{t('webhooks.notTried', { name })}</p>
      {trial.error && <p>{l(trial.error.message)} {l(trial.error.hint)}</p>}
    </Notice>
  );
}

export default function WebhooksPage() {
  const { t } = useWords();
  const webhooks = useWebhooks();
  const change = useWebhookChange();
  const trial = useTrial();
  const [edited, setEdited] = useState('');
  const [isSaved, setSaved] = useState(false);
  if (webhooks.isError) return <ProblemPage error={webhooks.error} />;
  const { items = [], forms = [], events = [] } = webhooks.data ?? {};
  const webhook = items.find(({ id }) => id === edited);
  return (
    <Page title={t('webhooks.title')} lead={t('webhooks.lead')}
      crumbs={[{ label: t('nav.admin') }, { label: t('outbox.title'), to: '/beheer/berichten' },
        { label: t('webhooks.title') }]}>
      <div className="stack-l">
        <div className="stack">
          {change.isError && <ProblemNotice error={change.error} />}
          {trial.isError && <ProblemNotice error={trial.error} />}
          {trial.isPending && <p role="status">{t('webhooks.trying')}</p>}
          {trial.isSuccess && <TrialResult name={trial.variables.title} trial={trial.data} />}
          {isSaved && (
            <Notice meaning="done" role="status"><p>{t('record.saved')}</p></Notice>
          )}
          <SigningSecret webhook={change.data} isNew={false} />
          {webhooks.isPending && <Skeleton lines={4} />}
          {items.length > 0 && (
            <WebhookTable webhooks={items} onTry={trial.mutate}
              onEdit={({ id }) => {
                setSaved(false);
                setEdited(id);
              }}
              onChange={(id, part) => { change.mutate({ id, change: part }); }} />
          )}
          {webhooks.isSuccess && items.length === 0 && <p>{t('webhooks.none')}</p>}
          <div><ButtonLink to="/beheer/berichten">{t('outbox.title')}</ButtonLink></div>
        </div>
        <NewWebhookForm forms={forms} events={events} />
      </div>
      {webhook && (
        <WebhookDrawer key={webhook.id} webhook={webhook} possible={{ forms, events }}
          onSaved={() => {
            setSaved(true);
            setEdited('');
          }}
          onClose={() => { setEdited(''); }} />
      )}
    </Page>
  );
}
