// One row of a sheet: what is asked, what was said the time before, what is filled in now, and the
// views of others beside it.
import { useMemo } from 'react';
import type { ReactNode } from 'react';

import { findForm, stateLabel } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import type { RoundSheet, SheetRow } from '@/api/rounds';
import type { Fields, RecordItem, References } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Link, navigate } from '@/lib/router';
import { Button } from '@/ui/button';
import { elementId } from '@/ui/fields/places';
import { Notice } from '@/ui/notice';
import { Status } from '@/ui/status';
import { FieldValue, useValueContext } from '@/ui/values/field_value';
import { checkForm } from './check';
import { emptyDraft } from './drafts';
import type { Draft, DraftFields } from './drafts';
import { FieldEditor } from './field_editor';
import { askedOf, useEvaluation } from './use_rules';
import { isOvertaken, statusOf } from './use_sheet';
import type { RowEdit } from './use_sheet';

// The values of these fields, word left and value right; empty ones are left out.
export function RowFacts({ form, ids, fields, references }: { form: FormRef; ids: string[];
  fields: Fields; references: References; }) {
  const context = useValueContext(form.pack, references);
  const shown = ids.filter((id) => fields[id] !== undefined && form.form.fields[id]);
  if (!shown.length) return null;
  return (
    <dl className="facts sheet-facts">
      {shown.map((id) => {
        const field = form.form.fields[id];
        if (!field) return null;
        return (
          <div key={id}>
            <dt>{context.words.l(field.label)}</dt>
            <dd><FieldValue context={context} field={field} value={fields[id]} /></dd>
          </div>
        );
      })}
    </dl>
  );
}

export interface SheetRowProps {
  sheet: RoundSheet;
  row: SheetRow;
  form: FormRef;
  rowsForm: FormRef | undefined;
  viewForm: FormRef | undefined;
  mayFill: boolean;
  isEditing: boolean;
  edit: RowEdit | undefined;
  drafts: DraftFields;
  errors: ReadonlyMap<string, string>;
  onEdit: () => void;
  onTake: () => void;
  onChange: (field: string, draft: Draft) => void;
}

function Editors({ sheet, row, form, drafts, errors, onChange }: SheetRowProps) {
  const { l, lang } = useWords();
  const { round } = sheet;
  const typed = useMemo(() => checkForm(form.form, drafts, lang, new Set()).fields,
    [form, drafts, lang]);
  const { told } = useEvaluation(form, {
    ...round.set, [round.of]: sheet.of.id, [round.who]: sheet.who.id, [round.rows]: row.row.id,
    ...typed,
  }, false);
  const asked = askedOf(form.form, round.ask, told);
  return (
    <div className="sheet-editors">
      {round.ask.filter((id) => !asked.hidden.has(id)).map((id) => {
        const field = form.form.fields[id];
        if (!field) return null;
        return (
          <FieldEditor key={id} form={form} path={`${row.row.id}.${id}`}
            field={{ ...field, required: asked.required.has(id) }} label={l(field.label)}
            hint={field.hint && l(field.hint)} errors={errors}
            value={drafts[id] ?? emptyDraft(field)}
            onChange={(draft) => { onChange(id, draft); }} />
        );
      })}
    </div>
  );
}

function Mark({ row, form, edit, mayFill }: SheetRowProps) {
  const { t, l } = useWords();
  const status = statusOf(row, edit);
  const { now } = row;
  if (status === 'changed') return <Status meaning="attention" label={t('rounds.changed')} />;
  if (status === 'taken') {
    return <Status meaning="attention" label={t('rounds.toSave')} />;
  }
  if (now?.state) {
    return <Status meaning={now.state.meaning} label={l(stateLabel(form, now.state))} />;
  }
  const isOffered = status === 'offered' && mayFill;
  return <Status meaning={isOffered ? 'running' : 'unknown'}
    label={t(isOffered ? 'rounds.toCheck' : 'rounds.empty')} />;
}

function Views({ sheet, row, viewForm }: SheetRowProps) {
  const { t } = useWords();
  const { views } = sheet.round;
  if (!views || !viewForm || !row.now) return null;
  const { now } = row;
  const mayAdd = viewForm.form.may.includes('create');
  const add = () => {
    navigate(`/registers/${views.form}/nieuw`, { state: {
      fields: { [views.beside]: now.id },
      references: { [now.id]: { title: now.title, form: now.form } },
      backTo: window.location.pathname,
    } });
  };
  return (
    <div className="stack-s sheet-views">
      <h3 className="side-title">{t('rounds.views')}</h3>
      {row.views.length === 0 && <p className="small muted">{t('rounds.noViews')}</p>}
      {row.views.map((view) => (
        <ViewItem key={view.id} view={view} form={viewForm} columns={views.columns}
          references={sheet.references} />
      ))}
      {mayAdd && (
        <div className="no-print"><Button small onClick={add}
          aria-label={t('rounds.addViewOf', { row: row.row.title })}>
          {t('rounds.addView')}
        </Button></div>
      )}
    </div>
  );
}

function ViewItem({ view, form, columns, references }: { view: RecordItem; form: FormRef;
  columns: string[]; references: References; }) {
  return (
    <div className="sheet-view stack-s">
      {view.organisation && <p className="strong">{view.organisation.name}</p>}
      <RowFacts form={form} ids={columns} fields={view.fields} references={references} />
    </div>
  );
}

function Before({ sheet, row, form, children }: SheetRowProps & { children?: ReactNode }) {
  const { t } = useWords();
  const { last } = row;
  if (!last) return null;
  const edition = sheet.references[String(last.fields[sheet.round.of])]?.title ?? '';
  return (
    <div className="stack-s sheet-last">
      <h3 className="side-title">{t('rounds.last', { edition })}</h3>
      <RowFacts form={form} ids={sheet.round.ask} fields={last.fields}
        references={sheet.references} />
      {children}
    </div>
  );
}

function Current(props: SheetRowProps) {
  const { sheet, row, form } = props;
  const { t } = useWords();
  if (!row.now) return null;
  return (
    <div className="stack-s sheet-now">
      <h3 className="side-title">{t('rounds.now')}</h3>
      <RowFacts form={form} ids={[...sheet.round.ask, ...sheet.round.show]} fields={row.now.fields}
        references={{ ...sheet.references, ...row.now.references }} />
      <p className="small"><Link to={`/records/${row.now.id}`}
        aria-label={`${t('rounds.whole')}: ${row.row.title}`}>{t('rounds.whole')}</Link></p>
    </div>
  );
}

export function SheetRowView(props: SheetRowProps) {
  const { row, rowsForm, mayFill, isEditing, edit, errors, sheet, onEdit, onTake } = props;
  const { t } = useWords();
  const { id, title } = row.row;
  const error = errors.get(id);
  const isOther = isOvertaken(row, edit);
  const mayTake = mayFill && !row.now && row.last && !edit && !isEditing;
  return (
    <section id={elementId(id)} tabIndex={-1} className="sheet-row stack"
      aria-labelledby={`row-${id}`}>
      <div className="row">
        <h2 id={`row-${id}`} className="sheet-title">{title}</h2>
        <Mark {...props} />
      </div>
      {error && <p className="utrecht-form-field-error-message">{error}</p>}
      {isOther && <Notice meaning="attention" role="status"><p>{t('rounds.other')}</p></Notice>}
      {rowsForm && (
        <RowFacts form={rowsForm} ids={sheet.round.about} fields={row.row.fields}
          references={sheet.references} />
      )}
      <div className="sheet-columns">
        <Before {...props}>
          {mayTake && (
            <div className="row no-print">
              <Button small look="primary" onClick={onTake}
                aria-label={t('rounds.takeOf', { row: title })}>{t('rounds.take')}</Button>
              <Button small onClick={onEdit}
                aria-label={t('rounds.editOf', { row: title })}>{t('rounds.edit')}</Button>
            </div>
          )}
        </Before>
        {(!(isEditing && mayFill) || isOther) && <Current {...props} />}
        {isEditing && mayFill && <Editors {...props} />}
        <Views {...props} />
      </div>
      {mayFill && !isEditing && (row.now ?? edit) && (
        <div className="no-print"><Button small onClick={onEdit}
          aria-label={t('rounds.editOf', { row: title })}>{t('rounds.edit')}</Button></div>
      )}
    </section>
  );
}

export function useSheetForms(sheet: RoundSheet, catalogue: Parameters<typeof findForm>[0]) {
  return {
    form: findForm(catalogue, sheet.round.form),
    rowsForm: findForm(catalogue, sheet.round.rows_form),
    viewForm: sheet.round.views ? findForm(catalogue, sheet.round.views.form) : undefined,
  };
}
