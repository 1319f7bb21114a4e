// Values that are the same for all rows: for fields without a column.
import { useState } from 'react';

import { findList, fullName } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import type { Field, Json } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { RecordChooser } from '@/ui/fields/record_chooser';
import { TextField } from '@/ui/fields/text_field';
import { Choice } from './choice';

const kKinds = ['text', 'choice', 'reference', 'date', 'url', 'boolean', 'integer', 'decimal',
  'money'];

export interface FixedProps {
  form: FormRef;
  fields: string[];              // that have no column
  fixed: Record<string, Json>;
  onChange: (fixed: Record<string, Json>) => void;
}

function fixedValue(field: Field, text: string): Json {
  if (field.type === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  if (field.type === 'boolean') return text === 'true';
  return text;
}

interface ValueProps {
  id: string;
  form: FormRef;
  field: Field;
  value: Json;
  onChange: (value: Json) => void;
}

function FixedValue({ id, form, field, value, onChange }: ValueProps) {
  const { t, l } = useWords();
  const catalogue = useCatalogue().data;
  const [title, setTitle] = useState('');
  const label = l(field.label);
  const text = value === null ? '' : String(value);
  if (field.type === 'reference') {
    return <RecordChooser id={id} label={label} isRequired target={fullName(form.pack,
      field.form ?? '')} value={{ id: text, title: title || text }} onChange={(chosen) => {
      setTitle(chosen.title);
      onChange(chosen.id);
    }} />;
  }
  if (field.type === 'choice' || field.type === 'boolean') {
    const codes = field.list && catalogue ? findList(catalogue, form.pack, field.list)?.codes : {};
    const options = field.type === 'boolean'
      ? [{ value: 'true', label: t('common.yes') }, { value: 'false', label: t('common.no') }]
      : Object.entries(codes ?? {}).map(([code, one]) => ({ value: code, label: l(one.label) }));
    return <Choice id={id} label={label} value={text}
      options={[{ value: '', label: t('form.choose') }, ...options]}
      onChange={(next) => { onChange(fixedValue(field, next)); }} />;
  }
  return <TextField id={id} label={label} value={text}
    type={field.type === 'date' ? 'date' : 'text'}
    onChange={(next) => { onChange(fixedValue(field, next)); }} />;
}

export function FixedValues({ form, fields, fixed, onChange }: FixedProps) {
  const { t, l } = useWords();
  const free = fields.filter((id) => {
    const field = form.form.fields[id];
    return field && !field.many && kKinds.includes(field.type) && fixed[id] === undefined;
  });
  const remove = (id: string) => {
    onChange(Object.fromEntries(Object.entries(fixed).filter(([other]) => other !== id)));
  };
  if (!free.length && !Object.keys(fixed).length) return null;
  return (
    <section className="stack" aria-labelledby="import-fixed">
      <h3 id="import-fixed">{t('import.fixed')}</h3>
      <p className="small muted">{t('import.fixedHint')}</p>
      {Object.entries(fixed).map(([id, value]) => {
        const field = form.form.fields[id];
        return field && (
          <div key={id} className="row">
            <FixedValue id={`import-fixed-${id}`} form={form} field={field} value={value}
              onChange={(next) => { onChange({ ...fixed, [id]: next }); }} />
            <Button small look="subtle" onClick={() => { remove(id); }}>
              {t('import.removeFixed', { field: l(field.label) })}
            </Button>
          </div>
        );
      })}
      {free.length > 0 && (
        <Choice id="import-fixed-add" label={t('import.addFixed')} value=""
          options={[{ value: '', label: t('form.choose') }, ...free.map((id) => ({
            value: id, label: l(form.form.fields[id]?.label) }))]}
          onChange={(id) => { if (id) onChange({ ...fixed, [id]: '' }); }} />
      )}
    </section>
  );
}
