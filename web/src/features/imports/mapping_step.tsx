// The mapping: one that was kept, or what somebody chooses; how numbers and dates are written; and
// by what a row is known.
import { useState } from 'react';

import { useKeeping } from '@/api/imports';
import type { ImportMapping, SeenFile } from '@/api/imports';
import type { FormRef } from '@/api/metadata';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Checks } from '@/ui/fields/checks';
import { TextField } from '@/ui/fields/text_field';
import { ProblemNotice } from '@/ui/problem_view';
import { Choice } from './choice';
import { FixedValues } from './fixed_values';
import { filledFields } from './mapping_state';
import type { MappingState } from './mapping_state';
import { MappingTable } from './mapping_table';

export interface MappingStepProps {
  form: FormRef;
  seen: SeenFile;
  chosen: string;                // place in seen.mappings; empty: none
  state: MappingState;
  year: string;
  onChoose: (chosen: string) => void;
  onChange: (state: MappingState) => void;
  onYear: (year: string) => void;
}

function Notations({ state, onChange }: Pick<MappingStepProps, 'state' | 'onChange'>) {
  const { t } = useWords();
  return (
    <div className="row">
      <Choice id="import-numbers" label={t('import.numbers')} value={state.numbers}
        options={[{ value: 'comma', label: t('import.numbersComma') },
          { value: 'point', label: t('import.numbersPoint') }]}
        onChange={(numbers) => {
          onChange({ ...state, numbers: numbers as MappingState['numbers'] });
        }} />
      <Choice id="import-dates" label={t('import.dates')} value={state.dates}
        options={[{ value: 'year_first', label: t('import.yearFirst') },
          { value: 'day_first', label: t('import.dayFirst') },
          { value: 'month_first', label: t('import.monthFirst') }]}
        onChange={(dates) => { onChange({ ...state, dates: dates as MappingState['dates'] }); }} />
    </div>
  );
}

export function MappingStep(props: MappingStepProps) {
  const { form, seen, chosen, state, year, onChoose, onChange, onYear } = props;
  const { t, l } = useWords();
  const taken = new Set(Object.values(state.columns).map(({ field }) => field));
  return (
    <section className="stack" aria-labelledby="import-mapping-title">
      <h2 id="import-mapping-title">{t('import.mapping')}</h2>
      {seen.mappings.length > 0 && (
        <Choice id="import-mapping" label={t('import.mapping')} value={chosen} onChange={onChoose}
          options={[...seen.mappings.map(({ title, pack }, index) => ({ value: String(index),
            label: pack ? t('import.ofPack', { title: l(title) }) : l(title) })),
          { value: '', label: t('import.own') }]} />
      )}
      <MappingTable form={form} seen={seen} state={state}
        onChange={(columns) => { onChange({ ...state, columns }); }} />
      <FixedValues form={form} fields={seen.fields.filter((id) => !taken.has(id))}
        fixed={state.fixed} onChange={(fixed) => { onChange({ ...state, fixed }); }} />
      <Notations state={state} onChange={onChange} />
      <Checks id="import-key" label={t('import.key')} hint={t('import.keyHint')}
        options={filledFields(form, state).map((value) => ({
          value, label: l(form.form.fields[value]?.label) }))}
        chosen={state.key} onChange={(key) => { onChange({ ...state, key }); }} />
      {state.base.ask?.year_field && (
        <TextField id="import-year" label={t('import.year')} hint={t('import.yearHint')} isShort
          inputMode="numeric" isRequired={false} value={year} onChange={onYear} />
      )}
    </section>
  );
}

// A name for the mapping, so that the next file is recognised.
export function KeepMapping({ mapping }: { mapping: ImportMapping }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const keeping = useKeeping();
  return (
    <form className="stack" noValidate onSubmit={(event) => {
      event.preventDefault();
      if (name.trim()) keeping.mutate({ name: name.trim(), mapping });
    }}>
      <TextField id="import-keep" label={t('import.keepName')} hint={t('import.keepHint')}
        isRequired={false} value={name} onChange={setName} />
      <div><Button type="submit" disabled={keeping.isPending}>{t('import.keep')}</Button></div>
      {keeping.isError && <ProblemNotice error={keeping.error} />}
      <p role="status">
        {keeping.isSuccess && t('import.kept', { name: keeping.variables.name })}
      </p>
    </form>
  );
}
