// Making a webhook; its signing secret is shown once.
import { useState } from 'react';

import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { useNewWebhook } from './outbox';
import type { NewWebhook, Webhook } from './outbox';
import { WebhookFields } from './webhook_fields';

const kNothing: NewWebhook = { title: '', url: '', forms: [], events: [] };

export interface SigningSecretProps {
  webhook: Webhook | undefined;
  isNew: boolean;
}

export function SigningSecret({ webhook, isNew }: SigningSecretProps) {
  const { t } = useWords();
  if (!webhook?.secret) return null;
  return (
    <Notice meaning="done" role="status">
      <p>{t('webhooks.secret', { name: webhook.title })}</p>
      <p><code className="totp-key">{webhook.secret}</code></p>
      <p>{t(isNew ? 'webhooks.secretHow' : 'webhooks.secretOld')}</p>
    </Notice>
  );
}

export interface NewWebhookFormProps {
  forms: string[];
  events: string[];
}

export function NewWebhookForm({ forms, events }: NewWebhookFormProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState(kNothing);
  const make = useNewWebhook();
  return (
    <section className="stack">
      <h2>{t('webhooks.new')}</h2>
      <SigningSecret webhook={make.data} isNew />
      <form className="form" noValidate onSubmit={(event) => {
        event.preventDefault();
        make.mutate(typed, { onSuccess: () => { setTyped(kNothing); } });
      }}>
        <WebhookFields id="webhook" value={typed} possible={{ forms, events }} error={make.error}
          attempt={make.isError ? make.submittedAt : 0}
          onChange={(part) => { setTyped((old) => ({ ...old, ...part })); }} />
        <div>
          <Button type="submit" look="primary" disabled={make.isPending}>
            {t('webhooks.make')}
          </Button>
        </div>
      </form>
    </section>
  );
}
