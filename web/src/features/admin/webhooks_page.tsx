// Webhooks: which other systems hear of changes, of which registers. For administrators.
import { findForm } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { Button, ButtonLink } from '@/ui/button';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';
import { Status } from '@/ui/status';
import { NewWebhookForm, SigningSecret } from './new_webhook';
import { useWebhookChange, useWebhooks } from './outbox';
import type { Webhook, WebhookChange } from './outbox';

interface WebhookTableProps {
  webhooks: Webhook[];
  onChange: (id: string, change: WebhookChange) => void;
}

function WebhookTable({ webhooks, onChange }: WebhookTableProps) {
  const { t, l } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  const titleOf = (form: string) => l(findForm(catalogue, form)?.form.plural ?? form);
  return (
    <SimpleTable caption={t('webhooks.title')}
      heads={[t('webhooks.name'), t('webhooks.url'), t('webhooks.forms'), t('register.state'),
        t('record.actions')]}
      rows={webhooks.map(({ id, title, url, forms, active }) => ({ key: id, cells: [
        title, <code key="url" className="small">{url}</code>, forms.map(titleOf).join(', '),
        <Status key="state" meaning={active ? 'done' : 'ended'}
          label={t(active ? 'webhooks.on' : 'webhooks.off')} />,
        <div key="acts" className="row">
          <Button small aria-label={t(active ? 'webhooks.switchOffOne' : 'webhooks.switchOnOne',
            { name: title })} onClick={() => { onChange(id, { active: !active }); }}>
            {t(active ? 'webhooks.switchOff' : 'webhooks.switchOn')}
          </Button>
          <Button small aria-label={t('webhooks.newSecretOne', { name: title })}
            onClick={() => { onChange(id, { new_secret: true }); }}>
            {t('webhooks.newSecret')}
          </Button>
        </div>,
      ] }))} />
  );
}

export default function WebhooksPage() {
  const { t } = useWords();
  const webhooks = useWebhooks();
  const change = useWebhookChange();
  if (webhooks.isError) return <ProblemPage error={webhooks.error} />;
  const { items = [], forms = [], events = [] } = webhooks.data ?? {};
  return (
    <Page title={t('webhooks.title')} lead={t('webhooks.lead')}
      crumbs={[{ label: t('nav.admin') }, { label: t('outbox.title'), to: '/beheer/berichten' },
        { label: t('webhooks.title') }]}>
      <div className="stack-l">
        <div className="stack">
          {change.isError && <ProblemNotice error={change.error} />}
          <SigningSecret webhook={change.data} isNew={false} />
          {webhooks.isPending && <Skeleton lines={4} />}
          {items.length > 0 && (
            <WebhookTable webhooks={items}
              onChange={(id, part) => { change.mutate({ id, change: part }); }} />
          )}
          {webhooks.isSuccess && items.length === 0 && <p>{t('webhooks.none')}</p>}
          <div><ButtonLink to="/beheer/berichten">{t('outbox.title')}</ButtonLink></div>
        </div>
        <NewWebhookForm forms={forms} events={events} />
      </div>
    </Page>
  );
}
