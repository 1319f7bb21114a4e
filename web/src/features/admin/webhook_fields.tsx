// The questions about a webhook that a new one and a change have in common, with what is wrong
// beside each of them.
import { findForm } from '@/api/metadata';
import { problemsInOrder } from '@/api/problem';
import { useCatalogue } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import type { MessageKey } from '@/lib/i18n';
import { Checks } from '@/ui/fields/checks';
import { ErrorSummary } from '@/ui/fields/error_summary';
import { focusOnElement } from '@/ui/fields/places';
import { TextField } from '@/ui/fields/text_field';
import { ProblemNotice } from '@/ui/problem_view';
import type { NewWebhook } from './outbox';

const kEvents: Partial<Record<string, MessageKey>> = {
  created: 'outbox.created', changed: 'outbox.changed', stepped: 'outbox.stepped',
};
// In the order in which they are asked.
const kPlaces = ['title', 'url', 'forms', 'events'];

export interface WebhookFieldsProps {
  id: string;                    // begins those of the fields
  value: NewWebhook;
  possible: { forms: string[]; events: string[] };
  error: unknown;                // of the last try
  attempt: number;               // when that was; 0: there is none
  onChange: (part: Partial<NewWebhook>) => void;
}

export function WebhookFields(props: WebhookFieldsProps) {
  const { id, value, possible, error, attempt, onChange } = props;
  const { t, l } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  const idOf = (place: string) => `${id}-${place}`;
  const errors = problemsInOrder(error, kPlaces);
  const wordOf = (event: string) => {
    const known = kEvents[event];
    return known ? t(known) : event;
  };
  // A register that its pack has no more can still be taken away.
  const forms = [...new Set([...possible.forms, ...value.forms])];
  return (
    <>
      {attempt > 0 && !errors.size && <ProblemNotice error={error} />}
      <ErrorSummary errors={errors} attempt={attempt} idOf={idOf}
        onJump={(place) => { focusOnElement(idOf(place)); }} />
      <TextField id={idOf('title')} label={t('webhooks.name')} error={errors.get('title')}
        value={value.title} onChange={(title) => { onChange({ title }); }} />
      <TextField id={idOf('url')} label={t('webhooks.url')} hint={t('webhooks.urlHint')}
        error={errors.get('url')} type="url" inputMode="url" value={value.url}
        onChange={(url) => { onChange({ url }); }} />
      <Checks id={idOf('forms')} label={t('webhooks.forms')} error={errors.get('forms')}
        chosen={value.forms} options={forms.map((form) => (
          { value: form, label: l(findForm(catalogue, form)?.form.plural ?? form) }))}
        onChange={(chosen) => { onChange({ forms: chosen }); }} />
      <Checks id={idOf('events')} label={t('webhooks.events')} error={errors.get('events')}
        chosen={value.events}
        options={possible.events.map((event) => ({ value: event, label: wordOf(event) }))}
        onChange={(chosen) => { onChange({ events: chosen }); }} />
    </>
  );
}
