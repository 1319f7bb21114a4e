// Why a deadline ends when it does: the conclusion in a sentence, then each step of the computation
// with its source, and the version of the pack it was computed with.
import type { Deadline, RecordView, TermStep } from '@/api/types';
import { formatDate, formatWindow } from '@/lib/dates';
import type { DateWindow } from '@/lib/dates';
import { Dialog } from '@/ui/dialog';
import type { ValueContext } from '@/ui/values/field_value';
import { windowText } from '@/ui/values/field_value';

export interface WhyDrawerProps {
  context: ValueContext;
  record: RecordView;
  deadline: Deadline;
  label: string;
  onClose: () => void;
}

export function deadlineSentence(context: ValueContext, { first, last }: DateWindow): string {
  const { t, lang } = context.words;
  return first === last ? t('record.deadline.window', { window: formatDate(first, lang) })
    : t('record.deadline.between', {
        first: formatDate(first, lang), last: formatDate(last, lang),
      });
}

function Step({ context, step }: { context: ValueContext; step: TermStep }) {
  const { t, l, lang } = context.words;
  return (
    <li className="why-step">
      <p>{l(step.text)}</p>
      <p>
        <span className="muted">{formatWindow(step.from, lang)}</span>
        <span aria-hidden="true"> → </span>
        <strong>{formatWindow(step.to, lang)}</strong>
      </p>
      {step.source && <p className="small muted">{t('common.source')}: {step.source}</p>}
    </li>
  );
}

export function WhyDrawer({ context, record, deadline, label, onClose }: WhyDrawerProps) {
  const { t, l, lang } = context.words;
  const start = typeof deadline.start === 'string'
    ? { first: deadline.start, last: deadline.start } : deadline.start;
  const steps = deadline.why ?? [];
  const pack = context.catalogue.packs.find((one) => one.name === record.pack.name);
  return (
    <Dialog title={t('record.whyTitle')} look="drawer" onClose={onClose}>
      <p><strong>{label}.</strong> {deadlineSentence(context, deadline)}</p>
      {start?.first && (
        <p>{t('record.whyStart')}: {'words' in start ? windowText(start, context.words)
          : formatWindow(start, lang)}.</p>
      )}
      {steps.length > 0
        ? <ol className="why-steps">
            {steps.map((step, index) => <Step key={index} context={context} step={step} />)}
          </ol>
        : <p className="muted">{t('record.whyNone')}</p>}
      <p className="small muted">
        {t('record.whyPack', {
          pack: pack ? l(pack.title) : record.pack.name, version: record.pack.version,
        })}
      </p>
    </Dialog>
  );
}
