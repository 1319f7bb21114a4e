// Which column of the file is which field of the form.
import { findForm, fullName } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import type { SeenFile } from '@/api/imports';
import type { Field } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { SimpleTable } from '@/ui/simple_table';
import { CellChoice } from './choice';
import type { Option } from './choice';
import { kNoColumn } from './mapping_state';
import type { ColumnChoice, MappingState } from './mapping_state';
import './imports.css';

export interface MappingTableProps {
  form: FormRef;
  seen: SeenFile;
  state: MappingState;
  onChange: (columns: MappingState['columns']) => void;
}

// Fields of the form that is referred to, by which a record can be found. One of the own pack goes
// by its bare name.
function useMatches({ pack }: FormRef, reference: Field | undefined): Option[] {
  const { l } = useWords();
  const catalogue = useCatalogue().data;
  const target = reference?.type === 'reference' ? reference.form : undefined;
  const form = target && catalogue ? findForm(catalogue, fullName(pack, target)) : undefined;
  return Object.entries(form?.form.fields ?? {})
    .filter(([, field]) => !field.many && ['text', 'choice', 'integer'].includes(field.type))
    .map(([value, field]) => ({ value, label: l(field.label) }));
}

interface CellProps {
  form: FormRef;
  column: string;
  fields: string[];
  choice: ColumnChoice;
  onChange: (choice: ColumnChoice) => void;
}

function FieldCell({ form, column, fields, choice, onChange }: CellProps) {
  const { t, l } = useWords();
  const field = form.form.fields[choice.field];
  const matches = useMatches(form, field);
  const options = fields.map((value) => ({ value, label: l(form.form.fields[value]?.label) }));
  return (
    <div className="stack-s import-cell">
      <CellChoice label={t('import.fieldOf', { column })} value={choice.field}
        options={[{ value: '', label: t('import.none') }, ...options]}
        onChange={(value) => { onChange({ ...kNoColumn, field: value }); }} />
      {matches.length > 0 && (
        <CellChoice label={t('import.matchOf', { column })} value={choice.match}
          options={[{ value: '', label: t('import.matchTitle') }, ...matches]}
          onChange={(match) => { onChange({ ...choice, match }); }} />
      )}
      {field && !field.required && (
        <label className="check small">
          <input type="checkbox" className="utrecht-checkbox" checked={choice.clears}
            onChange={(event) => { onChange({ ...choice, clears: event.target.checked }); }} />
          {t('import.emptyOf', { column })}
        </label>
      )}
    </div>
  );
}

export function MappingTable({ form, seen, state, onChange }: MappingTableProps) {
  const { t } = useWords();
  const set = (column: string, choice: ColumnChoice) => {
    // A field has one column: the last that was chosen.
    const others = Object.fromEntries(Object.entries(state.columns).filter(
      ([, other]) => !choice.field || other.field !== choice.field));
    onChange({ ...others, [column]: choice });
  };
  const fields = seen.fields.filter((id) => state.fixed[id] === undefined);
  return (
    <SimpleTable caption={t('import.columns')}
      heads={[t('import.column'), t('import.samples'), t('import.field')]}
      rows={seen.columns.map(({ name, samples }) => ({ key: name, cells: [
        name, <span key="samples" className="small">{samples.join(' · ')}</span>,
        <FieldCell key="field" form={form} column={name} fields={fields}
          choice={state.columns[name] ?? kNoColumn}
          onChange={(choice) => { set(name, choice); }} />] }))} />
  );
}
