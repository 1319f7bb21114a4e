// The frame of a form field: label above, hint below it, then the message, then the control.
// A single control gets a <label>; several controls together a <fieldset>.
import type { ReactNode } from 'react';

import { useWords } from '@/lib/i18n';

export interface FrameProps {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  isRequired?: boolean;
  children: ReactNode;
}

// The ids that a control names in aria-describedby.
export function describedBy({ id, hint, error }: Pick<FrameProps, 'id' | 'hint' | 'error'>) {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
}

function Messages({ id, hint, error }: Pick<FrameProps, 'id' | 'hint' | 'error'>) {
  return (
    <>
      {hint && (
        <p id={`${id}-hint`} className="utrecht-form-field-description">{hint}</p>
      )}
      {error && <p id={`${id}-error`} className="utrecht-form-field-error-message">{error}</p>}
    </>
  );
}

function LabelText({ label, isRequired }: Pick<FrameProps, 'label' | 'isRequired'>) {
  const { t } = useWords();
  return (
    <>{label} {!isRequired && <span className="muted small">{t('common.optional')}</span>}</>
  );
}

export function FieldFrame({ id, label, hint, error, isRequired = true, children }: FrameProps) {
  return (
    <div className={error ? 'field is-wrong' : 'field'}>
      <label htmlFor={id} className="field-label">
        <LabelText label={label} isRequired={isRequired} />
      </label>
      <Messages id={id} hint={hint} error={error} />
      {children}
    </div>
  );
}

export function GroupFrame({ id, label, hint, error, isRequired = true, children }: FrameProps) {
  return (
    <fieldset id={id} tabIndex={-1} className={error ? 'field is-wrong' : 'field'}
      aria-describedby={describedBy({ id, hint, error })}>
      <legend className="field-label"><LabelText label={label} isRequired={isRequired} /></legend>
      <Messages id={id} hint={hint} error={error} />
      {children}
    </fieldset>
  );
}
