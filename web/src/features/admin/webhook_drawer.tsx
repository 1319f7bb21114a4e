// Changing a webhook: what it is called, where it goes, what it hears of, and whether it is on.
import { useState } from 'react';

import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { useWebhookChange } from './outbox';
import type { Webhook } from './outbox';
import { WebhookFields } from './webhook_fields';

export interface WebhookDrawerProps {
  webhook: Webhook;
  possible: { forms: string[]; events: string[] };
  onSaved: () => void;
  onClose: () => void;
}

export function WebhookDrawer({ webhook, possible, onSaved, onClose }: WebhookDrawerProps) {
  const { t } = useWords();
  const { title, url, forms, events } = webhook;
  const [typed, setTyped] = useState({ title, url, forms, events });
  const [isOn, setOn] = useState(webhook.active);
  const change = useWebhookChange();
  return (
    <Dialog look="drawer" title={t('webhooks.changeOne', { name: title })} onClose={onClose}>
      <form className="form" noValidate onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ id: webhook.id, change: { ...typed, active: isOn } },
          { onSuccess: onSaved });
      }}>
        <WebhookFields id="change-webhook" value={typed} possible={possible} error={change.error}
          attempt={change.isError ? change.submittedAt : 0}
          onChange={(part) => { setTyped((old) => ({ ...old, ...part })); }} />
        <label className="check">
          <input type="checkbox" className="utrecht-checkbox" checked={isOn}
            onChange={(event) => { setOn(event.target.checked); }} />
          {t('webhooks.isOn')}
        </label>
        <div className="row">
          <Button type="submit" look="primary" disabled={change.isPending}>
            {t('common.save')}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
