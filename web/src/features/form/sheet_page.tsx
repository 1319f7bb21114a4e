// The sheet of one place in a round: every row under each other as a line that opens, with the time
// before and the views of others beside it. Who may fill in does so here; others read.
import { useState } from 'react';

import { useCatalogue } from '@/api/queries';
import { roundPage, useSheet } from '@/api/rounds';
import type { RoundSheet, SheetRow } from '@/api/rounds';
import { ApiProblem } from '@/api/problem';
import type { FormRef } from '@/api/metadata';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { usePrinting } from '@/lib/use_printing';
import { Button } from '@/ui/button';
import { ErrorSummary } from '@/ui/fields/error_summary';
import { focusOn } from '@/ui/fields/places';
import { Notice } from '@/ui/notice';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { ShareTools } from '@/ui/share_tools';
import { Skeleton } from '@/ui/skeleton';
import { takeId, toggleId } from './sheet_line';
import { SheetRowView, useSheetForms } from './sheet_row';
import { SaveBar, kSaveId } from './sheet_save';
import { SheetSteps, stepsOf } from './sheet_steps';
import { useSaving } from './use_saving';
import type { Saving } from './use_saving';
import { editedRows, isOfPlace, isOvertaken, statusOf } from './use_sheet';
import type { RowEdit } from './use_sheet';
import './sheet.css';

interface BodyProps {
  sheet: RoundSheet;
  form: FormRef;
  rowsForm: FormRef | undefined;
  viewForm: FormRef | undefined;
}

function mayFillIn(sheet: RoundSheet, row: SheetRow): boolean {
  if (!row.open) return false;
  return row.now ? Boolean(row.now.actions?.some(({ kind }) => kind === 'change'))
    : sheet.may_create;
}

// There is something of the time before to be looked at.
function isOffered(sheet: RoundSheet, row: SheetRow, edit: RowEdit | undefined): boolean {
  return statusOf(row, edit) === 'offered' && row.last !== undefined && isOfPlace(sheet, row.last);
}

function hasError({ row: { id } }: SheetRow, errors: ReadonlyMap<string, string>): boolean {
  return [...errors.keys()].some((path) => path === id || path.startsWith(`${id}.`));
}

// Which rows are open, and which of those to be filled in. On paper all of them are open.
function useOpenRows(ids: string[]) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [editing, setEditing] = useState<ReadonlySet<string>>(new Set());
  const isPrinting = usePrinting();
  const without = (old: ReadonlySet<string>, id: string) => (
    new Set([...old].filter((one) => one !== id)));
  const close = (id: string) => {
    setOpened((old) => without(old, id));
    setEditing((old) => without(old, id));
  };
  const isOpened = (id: string) => opened.has(id) || editing.has(id);
  return {
    editing, close,
    isAll: ids.length > 0 && ids.every(isOpened),
    isOpen: (id: string) => isPrinting || isOpened(id),
    open: (id: string) => { setOpened((old) => new Set([...old, id])); },
    edit: (id: string) => { setEditing((old) => new Set([...old, id])); },
    closeAll: () => { setOpened(new Set()); setEditing(new Set()); },
    openAll: () => { setOpened(new Set(ids)); },
  };
}

// Shows a row once when there is something new to tell of it; after that it may be closed.
function useTold(told: { row: SheetRow; what: string }[], onNews: (row: SheetRow) => void) {
  const [known, setKnown] = useState<string[]>([]);
  const keys = told.map(({ row, what }) => `${row.row.id} ${what}`);
  if (keys.join() === known.join()) return;
  setKnown(keys);
  told.filter((_, index) => !known.includes(keys[index] ?? ''))
    .forEach(({ row }) => { onNews(row); });
}

type OpenRows = ReturnType<typeof useOpenRows>;

// Brings the keyboard on without moving the page under the mouse.
function moveTo(id: string) {
  window.setTimeout(() => {
    const element = document.getElementById(id);
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: 'nearest' });
  }, 0);
}

function SheetTop({ sheet, offered, rows }: { sheet: RoundSheet; offered: number;
  rows: OpenRows; }) {
  const { t, l } = useWords();
  const { request } = sheet;
  const steps = stepsOf(sheet).map(({ action, rows: { length } }) => (
    t('rounds.stepCount', { label: l(action.label), n: length })));
  return (
    <div className="stack-s no-print">
      {request && (
        <p className="small"><Link to={`/records/${request.id}`}>
          {t('rounds.requestOf')}: {request.title}
        </Link></p>
      )}
      {steps.length > 0 && (
        <p>
          <a className="utrecht-link" href="#sheet-steps">
            {t('rounds.toSteps', { steps: steps.join(', ') })}
          </a>
        </p>
      )}
      <div className="row-wide">
        {offered > 0 && <p>{t('rounds.sheetOffered', { n: offered })}</p>}
        <div className="push">
          <Button small look="subtle" onClick={rows.isAll ? rows.closeAll : rows.openAll}>
            {t(rows.isAll ? 'rounds.closeAll' : 'rounds.openAll')}
          </Button>
        </div>
      </div>
    </div>
  );
}

// What one can do with a row, and which rows may be filled in.
function useRowActs({ sheet }: BodyProps, rows: OpenRows,
  { edits, errors, attempt, undo }: Saving) {
  const editOf = (row: SheetRow) => edits.edits[row.row.id];
  const fillable = sheet.rows.filter((row) => mayFillIn(sheet, row));
  const offered = fillable.filter((row) => isOffered(sheet, row, editOf(row))
    && !rows.editing.has(row.row.id));
  const open = (row: SheetRow) => {
    const { id } = row.row;
    if (statusOf(row, editOf(row)) === 'changed' || hasError(row, errors)) rows.edit(id);
    else rows.open(id);
  };
  useTold(sheet.rows.flatMap((row) => [
    ...(hasError(row, errors) ? [{ row, what: `error ${attempt}` }] : []),
    ...(isOvertaken(row, editOf(row)) ? [{ row, what: 'overtaken' }] : []),
  ]), open);
  return {
    fillable, offered,
    toggle: (row: SheetRow) => {
      if (rows.isOpen(row.row.id)) rows.close(row.row.id);
      else open(row);
    },
    edit: (row: SheetRow) => {
      rows.edit(row.row.id);
      focusOn(`${row.row.id}.${sheet.round.ask[0] ?? ''}`);
    },
    take: (row: SheetRow) => {
      const { id } = row.row;
      const next = offered[offered.indexOf(row) + 1] ?? offered.find((one) => one !== row);
      edits.take([row]);
      rows.close(id);
      moveTo(next ? takeId(next.row.id) : toggleId(id));
    },
    // The button for that is gone then: what comes next is saving.
    takeAll: () => {
      edits.take(offered);
      moveTo(kSaveId);
    },
    // Back to what it was; the keyboard goes to what can be done with it then.
    undo: (row: SheetRow) => {
      const { id } = row.row;
      undo(row);
      rows.close(id);
      moveTo(fillable.includes(row) && isOffered(sheet, row, undefined) ? takeId(id)
        : toggleId(id));
    },
    jump: (path: string) => {
      rows.edit(path.split('.')[0] ?? '');
      focusOn(path);
    },
  };
}

function SheetBody(props: BodyProps) {
  const { sheet } = props;
  const { t } = useWords();
  const rows = useOpenRows(sheet.rows.map((row) => row.row.id));
  const saving = useSaving(props, rows.closeAll);
  const { edits, write, save, drop, errors, attempt } = saving;
  const acts = useRowActs(props, rows, saving);
  const n = editedRows(sheet, edits.edits).length;
  return (
    <div className="stack">
      <form className="stack" noValidate onSubmit={(event) => {
        event.preventDefault();
        save();
      }}>
        <SheetTop sheet={sheet} offered={acts.offered.length} rows={rows} />
        <ErrorSummary errors={errors} onJump={acts.jump}
          attempt={write.isSending ? 0 : attempt + (write.problem ? 1 : 0)} />
        {saving.isPlainProblem && <ProblemNotice error={write.problem} onRetry={save} />}
        <div>
          {sheet.rows.map((row) => (
            <SheetRowView key={row.row.id} {...props} row={row}
              mayFill={acts.fillable.includes(row)}
              isOpen={rows.isOpen(row.row.id)} edit={edits.edits[row.row.id]}
              isEditing={rows.editing.has(row.row.id)}
              drafts={edits.draftsOfRow(row)} errors={errors}
              onToggle={() => { acts.toggle(row); }} onEdit={() => { acts.edit(row); }}
              onTake={() => { acts.take(row); }} onUndo={() => { acts.undo(row); }}
              onChange={(field, draft) => { edits.change(row, field, draft); }} />
          ))}
        </div>
        {acts.offered.length > 0 && (
          <div className="no-print"><Button onClick={acts.takeAll}>
            {t('rounds.takeAll', { n: acts.offered.length })}
          </Button></div>
        )}
        {acts.fillable.length > 0 && (
          <SaveBar n={n} isSending={write.isSending} isDone={write.isDone} isTried={attempt > 0}
            onDrop={drop} />
        )}
      </form>
      <SheetSteps sheet={sheet} isDirty={n > 0} />
    </div>
  );
}

function LoadedSheet({ sheet }: { sheet: RoundSheet }) {
  const { t, l } = useWords();
  const forms = useSheetForms(sheet, useCatalogue().data ?? { packs: [] });
  const { form } = forms;
  if (!form) return <ProblemPage error={new ApiProblem(404, {})} />;
  const { round, of, who } = sheet;
  const n = sheet.rows.filter((row) => row.now).length;
  const isReader = !sheet.may_create && !sheet.rows.some((row) => mayFillIn(sheet, row));
  return (
    <Page title={`${who.title}: ${of.title}`} tools={<ShareTools />}
      lead={t('rounds.sheetLead', { n, all: sheet.rows.length })}
      crumbs={[{ label: t('rounds.title'), to: '/rondes' },
        { label: `${l(round.title)}: ${of.title}`, to: roundPage(round.name, of.id) },
        { label: who.title }]}>
      <div className="stack">
        <p className="muted">{l(round.lead)}</p>
        {!sheet.asked && (
          <Notice meaning="attention" role="status"><p>{t('rounds.askedNoMore')}</p></Notice>
        )}
        {isReader && n === 0 && (
          <Notice meaning="running"><p>{t('rounds.nobody')}</p></Notice>
        )}
        <SheetBody sheet={sheet} {...forms} form={form} />
      </div>
    </Page>
  );
}

export default function SheetPage({ round, of, who }: { round: string; of: string;
  who: string; }) {
  const sheet = useSheet(round, of, who);
  if (sheet.isPending) return <Skeleton hasTitle lines={12} />;
  if (sheet.isError) {
    return <ProblemPage error={sheet.error} onRetry={() => void sheet.refetch()} />;
  }
  return <LoadedSheet sheet={sheet.data} />;
}
