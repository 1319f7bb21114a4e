// A field that nobody fills in: its value as it comes out of what is typed so far.
import type { FormRef } from '@/api/metadata';
import type { Field, FieldEvaluation } from '@/api/types';
import { FieldValue, useValueContext } from '@/ui/values/field_value';
import { elementId } from './editor_types';

export interface ComputedFieldProps {
  form: FormRef;
  id: string;
  field: Field;
  told: FieldEvaluation | undefined;
}

export function ComputedField({ form, id, field, told }: ComputedFieldProps) {
  const context = useValueContext(form.pack);
  const { t, l } = context.words;
  const error = told?.misfit && l(told.misfit);
  const place = elementId(id);
  return (
    <div className={error ? 'field is-wrong' : 'field'} id={place} tabIndex={-1}>
      <p className="field-label" id={`${place}-label`}>
        {l(field.label)} <span className="muted small">{t('rules.computed')}</span>
      </p>
      {field.hint && <p className="utrecht-form-field-description">{l(field.hint)}</p>}
      {error && <p className="utrecht-form-field-error-message">{error}</p>}
      <output aria-labelledby={`${place}-label`}>
        {told?.value === undefined ? <span className="muted">{t('rules.notYet')}</span>
          : <FieldValue context={context} field={field} value={told.value} />}
      </output>
    </div>
  );
}
