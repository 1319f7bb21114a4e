// A row of a sheet as a line: what it is about, how it stands, what is said in short, and the acts
// that most rows need.
import { isNumberField, stateLabel } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import type { RoundSheet, SheetRow } from '@/api/rounds';
import type { Fields } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Status } from '@/ui/status';
import { FieldValue, useValueContext } from '@/ui/values/field_value';
import { checkForm } from './check';
import type { Draft, DraftFields } from './drafts';
import { isOfPlace, placeOf, statusOf } from './use_sheet';
import type { RowEdit } from './use_sheet';

export interface SheetRowProps {
  sheet: RoundSheet;
  row: SheetRow;
  form: FormRef;
  rowsForm: FormRef | undefined;
  viewForm: FormRef | undefined;
  mayFill: boolean;
  isOpen: boolean;
  isEditing: boolean;
  edit: RowEdit | undefined;
  drafts: DraftFields;
  errors: ReadonlyMap<string, string>;
  onToggle: () => void;
  onEdit: () => void;
  onTake: () => void;
  onUndo: () => void;
  onChange: (field: string, draft: Draft) => void;
}

function Mark({ sheet, row, form, edit, mayFill }: SheetRowProps) {
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
  const isOffered = status === 'offered' && mayFill && row.last && isOfPlace(sheet, row.last);
  return <Status meaning={isOffered ? 'running' : 'unknown'}
    label={t(isOffered ? 'rounds.toCheck' : 'rounds.empty')} />;
}

function Chevron() {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true">
      <path d="M4 2l4 4-4 4" fill="none" stroke="currentColor" strokeWidth="1.75" />
    </svg>
  );
}

const kShort = 2;                        // values that a closed row shows, of those asked first

// What is asked first, and after the very first of it the numbers: short, with their word, and
// never confirmed unseen. `numbers`: those that count.
function shortOf(form: FormRef, ask: string[], numbers: string[], fields: Fields): string[] {
  const given = ask.filter((id) => fields[id] !== undefined);
  const [first, ...rest] = given.slice(0, kShort);
  return [...new Set([...first ? [first] : [], ...given.filter((id) => numbers.includes(id)
    && isNumberField(form.form.fields[id])), ...rest])];
}

// What a closed row says, in short.
function Short({ sheet, row, form, edit, drafts }: SheetRowProps) {
  const { t, lang } = useWords();
  const context = useValueContext(form.pack, { ...sheet.references, ...row.now?.references });
  const { now, last } = row;
  const fields = edit ? checkForm(form.form, drafts, lang, new Set()).fields
    : now?.fields ?? last?.fields ?? {};
  const { ask, keep } = sheet.round;
  const before = edit || now ? undefined : last;
  const shown = shortOf(form, ask, before ? keep : ask, fields);
  return (
    <div className="sheet-short">
      {before && (
        <span className="small muted">
          {isOfPlace(sheet, before) ? t('rounds.lastShort')
            : t('rounds.lastShortOf', { place: placeOf(sheet, before) })}:
        </span>
      )}
      {shown.map((id) => {
        const field = form.form.fields[id];
        return field && (
          <div key={id} className="sheet-value">
            {isNumberField(field) && (
              <span className="muted">{context.words.l(field.label)}: </span>
            )}
            <FieldValue context={context} field={field} value={fields[id]} />
          </div>
        );
      })}
      {row.views.length > 0 && (
        <span className="small muted">{t('rounds.viewCount', { n: row.views.length })}</span>
      )}
    </div>
  );
}

export const takeId = (id: string) => `take-${id}`;
export const toggleId = (id: string) => `toggle-${id}`;

// What is not saved can be taken back, also where the row may not be filled in any more.
function RowActs({ sheet, row, mayFill, isEditing, edit, onEdit, onTake, onUndo }: SheetRowProps) {
  const { t } = useWords();
  const { id, title } = row.row;
  const mayEdit = mayFill && !isEditing;
  if (!mayEdit && !edit) return null;
  const mayTake = mayEdit && !row.now && row.last && !edit && isOfPlace(sheet, row.last);
  const isNew = !row.now && !edit && !mayTake;
  return (
    <div className="row sheet-acts no-print">
      {mayTake && (
        <Button small look="primary" id={takeId(id)} onClick={onTake}
          aria-label={t('rounds.takeOf', { row: title })}>{t('rounds.take')}</Button>
      )}
      {mayEdit && (
        <Button small onClick={onEdit}
          aria-label={t(isNew ? 'rounds.fillOf' : 'rounds.editOf', { row: title })}>
          {t(isNew ? 'rounds.fill' : 'rounds.edit')}
        </Button>
      )}
      {edit && (
        <Button small look="subtle" onClick={onUndo}
          aria-label={t('rounds.undoOf', { row: title })}>{t('rounds.undo')}</Button>
      )}
    </div>
  );
}

export function SheetLine(props: SheetRowProps) {
  const { row, isOpen, onToggle } = props;
  const { id, title } = row.row;
  return (
    <div className="sheet-line">
      <h2 className="sheet-title">
        <button type="button" id={toggleId(id)} className="sheet-toggle" aria-expanded={isOpen}
          onClick={onToggle}>
          <Chevron /><span id={`row-${id}`}>{title}</span>
        </button>
      </h2>
      <Mark {...props} />
      {isOpen ? <span /> : <Short {...props} />}
      <RowActs {...props} />
    </div>
  );
}
