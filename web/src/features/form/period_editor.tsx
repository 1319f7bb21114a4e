// A length of time: a count and a unit. A combined period from elsewhere is kept as it is.
import { formatPeriod } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { FieldFrame, GroupFrame } from '@/ui/fields/frame';
import { TextField } from '@/ui/fields/text_field';
import type { PeriodDraft } from './drafts';
import { elementId } from './editor_types';
import type { EditorProps } from './editor_types';

export function PeriodEditor(props: EditorProps<PeriodDraft>) {
  const { field, path, label, hint, errors, value, onChange } = props;
  const { t, lang } = useWords();
  const id = elementId(path);
  return (
    <GroupFrame id={id} label={label} hint={hint} error={errors.get(path)}
      isRequired={Boolean(field.required)}>
      <div className="pair">
        <TextField id={`${id}-count`} label={t('form.periodCount')} inputMode="numeric"
          value={value.count} onChange={(count) => {
            onChange({ ...value, count, unit: value.unit === 'own' ? 'M' : value.unit });
          }} />
        <FieldFrame id={`${id}-unit`} label={t('form.periodUnit')}>
          <select id={`${id}-unit`} className="utrecht-select utrecht-select--html-select"
            value={value.unit} onChange={(event) => {
              onChange({ ...value, unit: event.target.value });
            }}>
            {(['D', 'W', 'M', 'Y'] as const).map((unit) => (
              <option key={unit} value={unit}>{t(`form.period.${unit}`)}</option>
            ))}
            {value.own && (
              <option value="own">
                {t('form.period.own', { value: formatPeriod(value.own, lang) })}
              </option>
            )}
          </select>
        </FieldFrame>
      </div>
    </GroupFrame>
  );
}
