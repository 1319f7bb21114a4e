// What the import would do: counts, what stands out, and row by row what changes or is wrong.
import { useState } from 'react';

import { fetchImportErrors } from '@/api/imports';
import type { ImportAsk, ImportPlan, PlannedRow } from '@/api/imports';
import type { FormRef } from '@/api/metadata';
import { download } from '@/lib/download';
import { formatDecimal } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { ProblemNotice } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Status } from '@/ui/status';
import { FieldValue, useValueContext } from '@/ui/values/field_value';
import type { ValueContext } from '@/ui/values/field_value';

const kMeanings = { new: 'running', changed: 'attention', error: 'failed' } as const;

interface RowProps {
  context: ValueContext;
  form: FormRef;
  row: PlannedRow;
}

function Changes({ context, form, row }: RowProps) {
  const { t, l } = context.words;
  if (row.problems) {
    return (
      <ul className="plain-list stack-s">
        {row.problems.map((problem, index) => (
          <li key={index}>{l(problem.message)} <span className="muted">{l(problem.hint)}</span></li>
        ))}
      </ul>
    );
  }
  return (
    <ul className="plain-list">
      {row.changes?.map(({ field: id, before, after }) => {
        const field = form.form.fields[id];
        return field && (
          <li key={id}>
            <span className="muted">{l(field.label)}: </span>
            {row.outcome === 'changed' && (
              <>
                <span className="visually-hidden">{t('history.old')} </span>
                <del>{before === undefined ? t('history.nothing')
                  : <FieldValue context={context} field={field} value={before} />}</del>
                <span aria-hidden="true"> → </span>
                <span className="visually-hidden">{t('history.new')} </span>
              </>
            )}
            {after === undefined ? t('history.nothing')
              : <FieldValue context={context} field={field} value={after} />}
          </li>
        );
      })}
    </ul>
  );
}

function Rows({ form, plan }: { form: FormRef; plan: ImportPlan }) {
  const context = useValueContext(form.pack, plan.references);
  const { t, lang } = context.words;
  if (!plan.rows.length) return null;
  const outcome = (row: PlannedRow) => (
    <Status key="outcome" meaning={kMeanings[row.outcome]} label={t(`import.${row.outcome}`)} />
  );
  return (
    <>
      <SimpleTable caption={t('import.rows')}
        heads={[t('import.line'), t('import.outcome'), t('import.what'), t('import.changes')]}
        rows={plan.rows.map((row) => ({ key: String(row.line), cells: [
          row.line, outcome(row), row.title ?? '',
          <Changes key="changes" context={context} form={form} row={row} />] }))} />
      {plan.left_out > 0 && (
        <p>
          {plan.left_out === 1 ? t('import.leftOutOne')
            : t('import.leftOut', { n: formatDecimal(plan.left_out, lang) })}
        </p>
      )}
    </>
  );
}

export interface DifferenceProps {
  form: FormRef;
  ask: ImportAsk;
  plan: ImportPlan;
  confirmed: string[];
  onConfirm: (confirmed: string[]) => void;
}

function Questions({ plan, confirmed, onConfirm }: Omit<DifferenceProps, 'form' | 'ask'>) {
  const { t, l } = useWords();
  if (!plan.questions.length || plan.counts.errors > 0) return null;
  return (
    <section className="stack" aria-labelledby="import-questions">
      <h3 id="import-questions">{t('import.questions')}</h3>
      {plan.questions.map(({ key, message, hint }) => (
        <Notice key={key} meaning="attention">
          <p id={`question-${key}`} className="strong">{l(message)}</p>
          <p>{l(hint)}</p>
          <label className="check">
            <input type="checkbox" className="utrecht-checkbox"
              aria-describedby={`question-${key}`} checked={confirmed.includes(key)}
              onChange={(event) => {
                onConfirm(event.target.checked ? [...confirmed, key]
                  : confirmed.filter((one) => one !== key));
              }} />
            {t('import.confirm')}
          </label>
        </Notice>
      ))}
    </section>
  );
}

// The rows with errors as a file, to mend them where they came from.
function TakeErrors({ ask }: { ask: ImportAsk }) {
  const { t } = useWords();
  const [error, setError] = useState<unknown>(null);
  const take = () => {
    setError(null);
    fetchImportErrors(ask).then((blob) => { download(`${t('import.errorsFile')}.csv`, blob); })
      .catch(setError);
  };
  return (
    <>
      <div><Button small onClick={take}>{t('import.downloadErrors')}</Button></div>
      {error !== null && <ProblemNotice error={error} />}
    </>
  );
}

export function Difference({ form, ask, plan, confirmed, onConfirm }: DifferenceProps) {
  const { t, lang } = useWords();
  const counts = Object.fromEntries(Object.entries(plan.counts)
    .map(([key, count]) => [key, formatDecimal(count, lang)]));
  const isEmpty = plan.counts.new + plan.counts.changed + plan.counts.errors === 0;
  return (
    <section className="stack" aria-labelledby="import-difference">
      <h2 id="import-difference">{t('import.difference')}</h2>
      <p role="status" className="strong">{t('import.counts', counts)}</p>
      {plan.unused_columns.length > 0 && (
        <p className="small muted">
          {t('import.unused', { columns: plan.unused_columns.join(', ') })}
        </p>
      )}
      {isEmpty && <p>{t(plan.counts.same ? 'import.nothing' : 'import.noRows')}</p>}
      {plan.counts.errors > 0 && (
        <Notice meaning="failed">
          <p>{t('import.hasErrors')}</p>
          <TakeErrors ask={ask} />
        </Notice>
      )}
      <Questions plan={plan} confirmed={confirmed} onConfirm={onConfirm} />
      <Rows form={form} plan={plan} />
    </section>
  );
}
