// The editor of a field, by its type: single, many, or a group of fields.
import type { Field } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { GroupFrame } from '@/ui/fields/frame';
import { TextField } from '@/ui/fields/text_field';
import { AttachmentEditor } from './attachment_editor';
import { ChoiceEditor, ManyChoiceEditor } from './choice_editor';
import { emptyDraft } from './drafts';
import type { Draft, DraftFields, PeriodDraft, ReferenceDraft, WindowDraft } from './drafts';
import { elementId } from './editor_types';
import type { EditorProps } from './editor_types';
import { NameEditor } from './name_editor';
import { PeriodEditor } from './period_editor';
import { ReferenceEditor } from './reference_editor';
import { WindowEditor } from './window_editor';

const kModes: Partial<Record<Field['type'], 'numeric' | 'decimal' | 'url'>> = {
  integer: 'numeric', decimal: 'decimal', money: 'decimal', url: 'url',
};

function PlainEditor({ field, path, label, hint, errors, value, onChange }: EditorProps<string>) {
  const { t } = useWords();
  const dateHint = field.type === 'date' ? t('form.dateHint') : '';
  const isShort = field.type === 'date' || kModes[field.type] === 'numeric'
    || kModes[field.type] === 'decimal';
  const mode = kModes[field.type];
  return (
    <TextField id={elementId(path)} label={label} value={value} onChange={onChange}
      hint={[hint, dateHint].filter(Boolean).join(' ') || undefined} error={errors.get(path)}
      isRequired={Boolean(field.required)} isLong={Boolean(field.long)} isShort={isShort}
      {...(mode ? { inputMode: mode } : {})} />
  );
}

function GroupEditor({ form, field, path, label, hint, errors, value, onChange }:
EditorProps<DraftFields>) {
  const { l } = useWords();
  return (
    <GroupFrame id={elementId(path)} label={label} hint={hint} error={errors.get(path)}
      isRequired={Boolean(field.required)}>
      <div className="field-parts">
        {Object.entries(field.fields ?? {}).map(([id, sub]) => (
          <FieldEditor key={id} form={form} field={sub} path={`${path}.${id}`}
            label={l(sub.label)} hint={sub.hint && l(sub.hint)} errors={errors}
            value={value[id] ?? emptyDraft(sub)}
            onChange={(draft) => { onChange({ ...value, [id]: draft }); }} />
        ))}
      </div>
    </GroupFrame>
  );
}

function ManyEditor({ form, field, path, label, hint, errors, value, onChange }:
EditorProps<Draft[]>) {
  const { t } = useWords();
  const single = { ...field, many: false };
  const shown = value.length ? value : [emptyDraft(single)];
  const set = (index: number, draft: Draft) => {
    onChange(shown.map((old, at) => (at === index ? draft : old)));
  };
  const isFull = field.max_items !== undefined && shown.length >= field.max_items;
  return (
    <GroupFrame id={elementId(path)} label={label} hint={hint} error={errors.get(path)}
      isRequired={Boolean(field.required)}>
      <div className="field-parts">
        {shown.map((draft, index) => (
          <div key={index} className="many-row">
            <FieldEditor form={form} field={{ ...single, required: true }}
              path={`${path}.${index}`} label={`${label} ${index + 1}`} errors={errors}
              value={draft} onChange={(next) => { set(index, next); }} />
            {shown.length > 1 && (
              <Button small look="subtle"
                aria-label={t('form.remove', { label, n: index + 1 })}
                onClick={() => { onChange(shown.filter((_, at) => at !== index)); }}>×</Button>
            )}
          </div>
        ))}
        {!isFull && (
          <div>
            <Button small onClick={() => { onChange([...shown, emptyDraft(single)]); }}>
              {t('form.add', { label: label.toLowerCase() })}
            </Button>
          </div>
        )}
      </div>
    </GroupFrame>
  );
}

// The draft's shape follows from the field's type (drafts.ts), which the compiler cannot know.
export function FieldEditor(props: EditorProps) {
  const { field } = props;
  const as = <D extends Draft>() => props as unknown as EditorProps<D>;
  if (field.many && field.type === 'choice') return <ManyChoiceEditor {...as<string[]>()} />;
  if (field.type === 'attachment') return <AttachmentEditor {...props} />;
  if (field.many) return <ManyEditor {...as<Draft[]>()} />;
  switch (field.type) {
    case 'choice': case 'boolean': return <ChoiceEditor {...as<string>()} />;
    case 'uncertain_date': return <WindowEditor {...as<WindowDraft>()} />;
    case 'period': return <PeriodEditor {...as<PeriodDraft>()} />;
    case 'reference': return <ReferenceEditor {...as<ReferenceDraft>()} />;
    case 'account': case 'organisation': return <NameEditor {...as<ReferenceDraft>()} />;
    case 'group': return <GroupEditor {...as<DraftFields>()} />;
    default: return <PlainEditor {...as<string>()} />;
  }
}
