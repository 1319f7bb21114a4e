// Choosing: radios for a few codes, a list for many, boxes where several may be chosen. Only codes
// that may be chosen today are offered, and what was chosen before.
import { findList } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import type { Code } from '@/api/types';
import { today } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { FieldFrame, GroupFrame, describedBy } from '@/ui/fields/frame';
import { elementId } from './editor_types';
import type { EditorProps } from './editor_types';

interface Option {
  value: string;
  label: string;
  note?: string;
}

export function isChoosable(code: Code, on: string): boolean {
  return (!code.from || code.from <= on) && (!code.to || on < code.to);
}

function useOptions({ form, field }: EditorProps, chosen: string[]): Option[] {
  const { l, t } = useWords();
  const catalogue = useCatalogue().data;
  if (field.type === 'boolean') {
    return [{ value: 'true', label: t('common.yes') }, { value: 'false', label: t('common.no') }];
  }
  const list = field.list && catalogue ? findList(catalogue, form.pack, field.list) : undefined;
  return Object.entries(list?.codes ?? {})
    .filter(([value, code]) => chosen.includes(value) || isChoosable(code, today()))
    .map(([value, code]) => ({
      value, label: l(code.label), ...(code.note ? { note: l(code.note) } : {}),
    }));
}

function OptionLine({ option, type, name, isOn, onToggle }: { option: Option;
  type: 'radio' | 'checkbox'; name: string; isOn: boolean; onToggle: (isOn: boolean) => void; }) {
  return (
    <label className="check">
      <input type={type} name={name} className="utrecht-checkbox" checked={isOn}
        onChange={(event) => { onToggle(event.target.checked); }} />
      <span>
        {option.label} {option.note && <span className="muted small">{option.note}</span>}
      </span>
    </label>
  );
}

export function ManyChoiceEditor(props: EditorProps<string[]>) {
  const { field, path, label, hint, errors, value, onChange } = props;
  const options = useOptions(props as unknown as EditorProps, value);
  const id = elementId(path);
  return (
    <GroupFrame id={id} label={label} hint={hint} error={errors.get(path)}
      isRequired={Boolean(field.required)}>
      {options.map((option) => (
        <OptionLine key={option.value} option={option} type="checkbox" name={id}
          isOn={value.includes(option.value)}
          onToggle={(isOn) => {
            onChange(isOn ? [...value, option.value] : value.filter((v) => v !== option.value));
          }} />
      ))}
    </GroupFrame>
  );
}

const kMostRadios = 5;

export function ChoiceEditor(props: EditorProps<string>) {
  const { t } = useWords();
  const { field, path, label, hint, errors, value, onChange } = props;
  const options = useOptions(props as unknown as EditorProps, [value]);
  const id = elementId(path);
  const error = errors.get(path);
  const isRequired = Boolean(field.required);
  if (options.length <= kMostRadios) {
    const all = isRequired ? options : [...options, { value: '', label: t('common.unknown') }];
    return (
      <GroupFrame id={id} label={label} hint={hint} error={error} isRequired={isRequired}>
        {all.map((option) => (
          <OptionLine key={option.value} option={option} type="radio" name={id}
            isOn={value === option.value} onToggle={() => { onChange(option.value); }} />
        ))}
      </GroupFrame>
    );
  }
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} isRequired={isRequired}>
      <select id={id} value={value} aria-describedby={describedBy({ id, hint, error })}
        aria-invalid={error ? true : undefined}
        className={`utrecht-select utrecht-select--html-select${
          error ? ' utrecht-select--invalid' : ''}`}
        onChange={(event) => { onChange(event.target.value); }}>
        <option value="">{t('form.choose')}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>{option.label}</option>
        ))}
      </select>
    </FieldFrame>
  );
}
