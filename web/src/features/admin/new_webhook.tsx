// Making a webhook; its signing secret is shown once.
import { useState } from 'react';

import { findForm } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import type { MessageKey } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Checks } from '@/ui/fields/checks';
import { TextField } from '@/ui/fields/text_field';
import { Notice } from '@/ui/notice';
import { ProblemNotice } from '@/ui/problem_view';
import { useNewWebhook } from './outbox';
import type { Webhook } from './outbox';

const kNothing = { title: '', url: '', forms: [] as string[], events: [] as string[] };
const kEvents: Partial<Record<string, MessageKey>> = {
  created: 'outbox.created', changed: 'outbox.changed', stepped: 'outbox.stepped',
};

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
  const { t, l } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  const [typed, setTyped] = useState(kNothing);
  const set = (part: Partial<typeof kNothing>) => { setTyped((old) => ({ ...old, ...part })); };
  const make = useNewWebhook();
  const wordOf = (event: string) => {
    const known = kEvents[event];
    return known ? t(known) : event;
  };
  return (
    <section className="stack">
      <h2>{t('webhooks.new')}</h2>
      {make.isError && <ProblemNotice error={make.error} />}
      <SigningSecret webhook={make.data} isNew />
      <form className="form" noValidate onSubmit={(event) => {
        event.preventDefault();
        make.mutate(typed, { onSuccess: () => { setTyped(kNothing); } });
      }}>
        <TextField id="webhook-title" label={t('webhooks.name')} value={typed.title}
          onChange={(title) => { set({ title }); }} />
        <TextField id="webhook-url" label={t('webhooks.url')} hint={t('webhooks.urlHint')}
          type="url" inputMode="url" value={typed.url} onChange={(url) => { set({ url }); }} />
        <Checks id="webhook-forms" label={t('webhooks.forms')} chosen={typed.forms}
          options={forms.map((form) => (
            { value: form, label: l(findForm(catalogue, form)?.form.plural ?? form) }))}
          onChange={(chosen) => { set({ forms: chosen }); }} />
        <Checks id="webhook-events" label={t('webhooks.events')} chosen={typed.events}
          options={events.map((event) => ({ value: event, label: wordOf(event) }))}
          onChange={(chosen) => { set({ events: chosen }); }} />
        <div><Button type="submit" look="primary">{t('webhooks.make')}</Button></div>
      </form>
    </section>
  );
}
