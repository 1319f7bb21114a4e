// One row of a sheet. Closed it is a line (sheet_line.tsx). Open it shows what is asked, what was
// said the time before, what is filled in now, and the views of others beside it.
import { useMemo } from 'react';

import { findForm } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import type { RoundSheet } from '@/api/rounds';
import type { Fields, RecordItem, References } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Link, navigate } from '@/lib/router';
import { Button } from '@/ui/button';
import { elementId } from '@/ui/fields/places';
import { Notice } from '@/ui/notice';
import { FieldValue, useValueContext } from '@/ui/values/field_value';
import { checkForm } from './check';
import { emptyDraft } from './drafts';
import { FieldEditor } from './field_editor';
import { SheetLine } from './sheet_line';
import type { SheetRowProps } from './sheet_line';
import { askedOf, useEvaluation } from './use_rules';
import { isOfPlace, isOvertaken, isUntold, placeOf } from './use_sheet';

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

function Before({ sheet, row, form }: SheetRowProps) {
  const { t } = useWords();
  const { last } = row;
  if (!last) return null;
  const edition = sheet.references[String(last.fields[sheet.round.of])]?.title ?? '';
  const place = placeOf(sheet, last);
  const isOwn = isOfPlace(sheet, last);
  return (
    <div className="stack-s sheet-last">
      <h3 className="side-title">
        {isOwn ? t('rounds.last', { edition }) : t('rounds.lastOf', { edition, place })}
      </h3>
      {!isOwn && <p className="small">{t('rounds.formerly', { place })}</p>}
      <RowFacts form={form} ids={sheet.round.ask} fields={last.fields}
        references={sheet.references} />
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

// All there is to a row, the columns side by side where there is room.
function Details(props: SheetRowProps) {
  const { row, rowsForm, mayFill, isEditing, edit, sheet } = props;
  const { t } = useWords();
  const isOther = isOvertaken(row, edit);
  return (
    <div className="sheet-more stack">
      {isOther && (
        <Notice meaning="attention" role="status">
          <p>{t('rounds.other')} {!isUntold(row, edit) && t('rounds.otherSave')}</p>
        </Notice>
      )}
      {rowsForm && (
        <RowFacts form={rowsForm} ids={sheet.round.about} fields={row.row.fields}
          references={sheet.references} />
      )}
      <div className="sheet-columns">
        <Before {...props} />
        {(!(isEditing && mayFill) || isOther) && <Current {...props} />}
        {isEditing && mayFill && <Editors {...props} />}
        <Views {...props} />
      </div>
    </div>
  );
}

export function SheetRowView(props: SheetRowProps) {
  const { row, isOpen, errors } = props;
  const { id } = row.row;
  const error = errors.get(id);
  return (
    <section id={elementId(id)} tabIndex={-1} className={isOpen ? 'sheet-row is-open' : 'sheet-row'}
      aria-labelledby={`row-${id}`}>
      <SheetLine {...props} />
      {error && <p className="utrecht-form-field-error-message">{error}</p>}
      {isOpen && <Details {...props} />}
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
