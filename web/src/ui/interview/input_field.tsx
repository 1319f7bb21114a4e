// One input of a decision as a field of a form, made from its type.
import type { ModelType } from '@/api/models';
import { useWords } from '@/lib/i18n';
import type { MessageKey } from '@/lib/i18n';
import { Checks } from '@/ui/fields/checks';
import { FieldFrame, GroupFrame, describedBy } from '@/ui/fields/frame';
import { elementId } from '@/ui/fields/places';
import { TextField } from '@/ui/fields/text_field';
import { ModelText, useModelLang } from '@/ui/values/model_text';
import { kDeepestGroup, pathOf, placeOf } from './question';
import type { Typed } from './question';
import { allowedWords } from './type_words';

export interface InputFieldProps {
  type: ModelType;
  path: string;
  prefix: string;                      // of the places of this form
  label: string;
  hint?: string | undefined;
  typed: Typed;
  errors: ReadonlyMap<string, string>;   // by place
  onChange: (path: string, value: string | string[]) => void;
  depth?: number;
  isAsked?: boolean;                   // alone: that it is not known is said elsewhere
}

const kHints: Record<string, MessageKey> = {
  date: 'models.hint.date', number: 'models.hint.number', time: 'models.hint.time',
  'date and time': 'models.hint.moment', 'days and time duration': 'models.hint.duration',
  'years and months duration': 'models.hint.duration', any: 'models.hint.any',
};

const kMostRadios = 5;

interface Option {
  value: string;
  label: string;
  lang?: string | undefined;           // where the words are the model's
}

// An empty choice is an answer too: people may not know it.
function useOptions(type: ModelType, isAsked: boolean): Option[] {
  const { t } = useWords();
  const lang = useModelLang();
  const unknown = { value: '', label: t(isAsked ? 'models.choose' : 'models.dontKnow') };
  if (type.kind === 'boolean' && !type.choices) {
    return [{ value: 'true', label: t('common.yes') }, { value: 'false', label: t('common.no') },
      unknown];
  }
  const label = (value: string) => (type.kind !== 'boolean' ? value
    : t(value === 'true' ? 'common.yes' : 'common.no'));
  return [...(type.choices ?? []).map((value) => ({ value, label: label(value),
    lang: type.kind === 'boolean' ? undefined : lang })), unknown];
}

function OneOf({
  type, path, prefix, label, hint, typed, errors, onChange, isAsked = false,
}: InputFieldProps) {
  const place = placeOf(prefix, path);
  const id = elementId(place);
  const value = typed[path] ?? '';
  const error = errors.get(place);
  const options = useOptions(type, isAsked);
  const said = hint && <ModelText>{hint}</ModelText>;
  if (options.length <= kMostRadios) {
    return (
      <GroupFrame id={id} label={<ModelText>{label}</ModelText>} hint={said} error={error}>
        {options.filter((option) => !isAsked || option.value).map((option) => (
          <label key={option.value} className="check">
            <input type="radio" name={id} className="utrecht-checkbox"
              checked={value === option.value}
              onChange={() => { onChange(path, option.value); }} />
            {option.lang ? <ModelText>{option.label}</ModelText> : option.label}
          </label>
        ))}
      </GroupFrame>
    );
  }
  return (
    <FieldFrame id={id} label={<ModelText>{label}</ModelText>} hint={said} error={error}>
      <select id={id} value={value} className="utrecht-select utrecht-select--html-select"
        aria-describedby={describedBy({ id, hint, error })} aria-invalid={error ? true : undefined}
        onChange={(event) => { onChange(path, event.target.value); }}>
        {options.map((option) => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

function Group(props: InputFieldProps) {
  const { type, path, prefix, label, hint, errors, depth = 0 } = props;
  const place = placeOf(prefix, path);
  return (
    <GroupFrame id={elementId(place)} label={<ModelText>{label}</ModelText>}
      hint={hint && <ModelText>{hint}</ModelText>} error={errors.get(place)}>
      <div className="field-parts">
        {(type.members ?? []).map((member) => (
          <InputField key={member.name} {...props} type={member} label={member.name ?? ''}
            path={pathOf(path, member.name ?? '')} hint={undefined} depth={depth + 1} />
        ))}
      </div>
    </GroupFrame>
  );
}

export function InputField(props: InputFieldProps) {
  const words = useWords();
  const { type, path, prefix, label, typed, errors, onChange, depth = 0 } = props;
  const place = placeOf(prefix, path);
  const name = <ModelText>{label}</ModelText>;
  const inner = type.kind === 'list' ? type.item ?? type : type;
  const known = type.choices ? undefined : allowedWords(type, words);
  const how = kHints[inner.kind];
  const about = props.hint && <ModelText>{props.hint}</ModelText>;
  const rest = [known && `${words.t('models.allowed')}: ${known}.`,
    how && words.t(how), type.kind === 'list' && words.t('models.hint.lines')]
    .filter(Boolean).join(' ');
  const hint = about && rest ? <>{about} {rest}</> : about || rest;
  if (type.kind === 'context' && depth < kDeepestGroup) return <Group {...props} />;
  if (type.kind === 'list' && inner.choices) {
    const chosen = typed[path];
    return (
      <Checks id={elementId(place)} label={name} hint={about} error={errors.get(place)}
        options={inner.choices.map((value) => ({ value,
          label: <ModelText>{value}</ModelText> }))}
        chosen={Array.isArray(chosen) ? chosen : []}
        onChange={(values) => { onChange(path, values); }} />
    );
  }
  if (type.choices ?? type.kind === 'boolean') return <OneOf {...props} />;
  const value = typed[path];
  return (
    <TextField id={elementId(place)} label={name} hint={hint} error={errors.get(place)}
      isLong={type.kind === 'list'} isShort={['date', 'number', 'time'].includes(type.kind)}
      isRequired={props.isAsked ?? false}
      inputMode={type.kind === 'number' ? 'decimal' : 'text'}
      value={typeof value === 'string' ? value : ''}
      onChange={(text) => { onChange(path, text); }} />
  );
}
