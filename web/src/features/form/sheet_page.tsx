// The sheet of one place in a round: every row under each other, with the time before and the views
// of others beside it. Who may fill in does so here; others read.
import { useState } from 'react';

import { useCatalogue } from '@/api/queries';
import { roundPage, useSheet } from '@/api/rounds';
import type { RoundSheet, SheetRow } from '@/api/rounds';
import { ApiProblem } from '@/api/problem';
import type { FormRef } from '@/api/metadata';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Button } from '@/ui/button';
import { ErrorSummary } from '@/ui/fields/error_summary';
import { focusOn } from '@/ui/fields/places';
import { Notice } from '@/ui/notice';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { ShareTools } from '@/ui/share_tools';
import { Skeleton } from '@/ui/skeleton';
import { SheetRowView, useSheetForms } from './sheet_row';
import { SheetSteps, stepsOf } from './sheet_steps';
import { checkRows, editedRows, serverErrors, statusOf, useSheetEdits, useSheetWrite }
  from './use_sheet';
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

// Saving, and everything that was wrong with it.
function useSaving({ sheet, form }: BodyProps) {
  const words = useWords();
  const edits = useSheetEdits(sheet, form);
  const [own, setOwn] = useState<Map<string, string>>(new Map());
  const [sent, setSent] = useState<string[]>([]);
  const [attempt, setAttempt] = useState(0);
  const write = useSheetWrite(sheet, '_save', edits.drop);
  const save = () => {
    const { rows, errors } = checkRows(sheet, form, edits, words);
    setOwn(errors);
    setAttempt(attempt + 1);
    setSent(rows.map(({ row }) => row));
    if (errors.size) write.reset();
    else if (rows.length) write.send({ rows });
  };
  const errors = own.size ? own : serverErrors(sheet, form, sent, write.problem, words);
  return { edits, write, save, errors, attempt };
}

function SheetTop({ sheet, offered }: { sheet: RoundSheet; offered: number }) {
  const { t, l } = useWords();
  const { request } = sheet;
  const steps = stepsOf(sheet).map(({ action, rows }) => (
    t('rounds.stepCount', { label: l(action.label), n: rows.length })));
  return (
    <div className="stack-s no-print">
      {request && (
        <p className="small"><Link to={`/records/${request.id}`}>
          {t('rounds.requestOf')}: {request.title}
        </Link></p>
      )}
      {offered > 0 && <p>{t('rounds.sheetOffered', { n: offered })}</p>}
      {steps.length > 0 && (
        <p>
          <a className="utrecht-link" href="#sheet-steps">
            {t('rounds.toSteps', { steps: steps.join(', ') })}
          </a>
        </p>
      )}
    </div>
  );
}

function SaveBar({ n, isSending, isDone, isTried, onDrop }: { n: number; isSending: boolean;
  isDone: boolean; isTried: boolean; onDrop: () => void; }) {
  const { t } = useWords();
  return (
    <div className="sheet-foot stack-s no-print">
      <div className="row">
        <Button type="submit" look="primary" aria-disabled={isSending || undefined}>
          {n ? t('rounds.saveCount', { n }) : t('rounds.save')}
        </Button>
        {n > 0 && <Button look="subtle" onClick={onDrop}>{t('rounds.dropDraft')}</Button>}
      </div>
      <p className="small muted" role="status">
        {n > 0 ? t('rounds.kept') : isDone ? t('rounds.saved') : isTried && t('rounds.nothing')}
      </p>
    </div>
  );
}

function SheetBody(props: BodyProps) {
  const { sheet } = props;
  const { t } = useWords();
  const { edits, write, save, errors, attempt } = useSaving(props);
  const [editing, setEditing] = useState<ReadonlySet<string>>(new Set());
  const edit = (id: string) => { setEditing((old) => new Set([...old, id])); };
  const fillable = sheet.rows.filter((row) => mayFillIn(sheet, row));
  const offered = fillable.filter((row) => statusOf(row, edits.edits[row.row.id]) === 'offered'
    && !editing.has(row.row.id));
  const n = editedRows(sheet, edits.edits).length;
  const isEditing = (row: SheetRow) => editing.has(row.row.id) || (!row.now && !row.last)
    || statusOf(row, edits.edits[row.row.id]) === 'changed';
  const jump = (path: string) => {
    edit(path.split('.')[0] ?? '');
    focusOn(path);
  };
  const isPlainProblem = write.problem && !errors.size;
  return (
    <form className="stack" noValidate onSubmit={(event) => {
      event.preventDefault();
      save();
    }}>
      <SheetTop sheet={sheet} offered={offered.length} />
      <ErrorSummary errors={errors} onJump={jump}
        attempt={write.isSending ? 0 : attempt + (write.problem ? 1 : 0)} />
      {isPlainProblem && <ProblemNotice error={write.problem} onRetry={save} />}
      {sheet.rows.map((row) => (
        <SheetRowView key={row.row.id} {...props} row={row} mayFill={fillable.includes(row)}
          isEditing={isEditing(row)} edit={edits.edits[row.row.id]}
          drafts={edits.draftsOfRow(row)} errors={errors}
          onEdit={() => {
            edit(row.row.id);
            focusOn(`${row.row.id}.${sheet.round.ask[0] ?? ''}`);
          }}
          onTake={() => { edits.take([row]); }}
          onChange={(field, draft) => { edits.change(row, field, draft); }} />
      ))}
      {offered.length > 0 && (
        <div className="no-print"><Button onClick={() => { edits.take(offered); }}>
          {t('rounds.takeAll', { n: offered.length })}
        </Button></div>
      )}
      {fillable.length > 0 && (
        <SaveBar n={n} isSending={write.isSending} isDone={write.isDone} isTried={attempt > 0}
          onDrop={edits.drop} />
      )}
      <SheetSteps sheet={sheet} isDirty={n > 0} />
    </form>
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
