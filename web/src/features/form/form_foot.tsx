// The end of a form: save, go back, and what is known about the draft and the sending.
import type { Form } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Button, ButtonLink } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { isConfidential } from './drafts';
import type { Drafts } from './use_drafts';
import type { Submit } from './use_submit';

function timeOf(instant: string): string {
  return new Intl.DateTimeFormat('nl-NL', { hour: '2-digit', minute: '2-digit' })
    .format(new Date(instant));
}

export interface FormFootProps {
  submit: Submit;
  backTo: string;
  keptAt: string;
  isLast: boolean;
}

export function FormFoot({ submit, backTo, keptAt, isLast }: FormFootProps) {
  const { t } = useWords();
  return (
    <div className="stack-s">
      <div className="form-foot">
        {isLast && (
          <Button type="submit" look="primary" aria-disabled={submit.isSending || undefined}>
            {submit.isSending ? t('form.saving') : t('form.send')}
          </Button>
        )}
        <ButtonLink look="subtle" to={backTo}>{t('form.back')}</ButtonLink>
      </div>
      <p className="small muted" role="status">
        {submit.isSlow ? t('form.slow') : keptAt && t('form.draft', { time: timeOf(keptAt) })}
      </p>
    </div>
  );
}

export function DraftNotice({ drafts, form, ids }: { drafts: Drafts; form: Form;
  ids: string[]; }) {
  const { t } = useWords();
  const hasSecret = ids.some((id) => isConfidential(form.fields[id]));
  if (!drafts.wasFound) {
    return hasSecret ? <p className="small muted">{t('form.draftNever')}</p> : null;
  }
  return (
    <Notice meaning="running" role="status">
      <p>{t('form.draftFound')} {hasSecret && t('form.draftNever')}</p>
      <div><Button small onClick={drafts.drop}>{t('form.draftDrop')}</Button></div>
    </Notice>
  );
}
