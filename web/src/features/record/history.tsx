// The story of a record: newest first; what changed (old -> new), why, who and when.
import type { FormRef } from '@/api/metadata';
import { processesFor } from '@/api/metadata';
import { useHistory } from '@/api/queries';
import type { Change, HistoryItem, RecordItem } from '@/api/types';
import { formatDate, formatMoment } from '@/lib/dates';
import type { MessageKey } from '@/lib/i18n';
import { ProblemNotice } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';
import { Status } from '@/ui/status';
import { FieldValue } from '@/ui/values/field_value';
import type { ValueContext } from '@/ui/values/field_value';

export interface HistoryProps {
  context: ValueContext;
  form: FormRef;
  id: string;
  fields: RecordItem['fields'];   // they choose the process whose words are shown
}

function transitionLabel({ form, fields, context }: HistoryProps, id: string): string {
  for (const process of processesFor(form, fields)) {
    const label = process.transitions[id]?.label;
    if (label) return context.words.l(label);
  }
  return id;
}

function headline(props: HistoryProps, item: HistoryItem): string {
  const { context } = props;
  if (item.transition) return transitionLabel(props, item.transition);
  return context.words.t(`history.${item.event}` as MessageKey);
}

function ChangeLine({ context, form, change }: { context: ValueContext; form: FormRef;
  change: Change; }) {
  const { t, l } = context.words;
  const field = form.form.fields[change.field];
  if (!field) return null;
  const show = (value: Change['old']) => (value === undefined
    ? <span className="muted">{t('history.nothing')}</span>
    : <FieldValue context={context} field={field} value={value} />);
  return (
    <div>
      <dt>{l(field.label)}</dt>
      <dd>
        {change.old !== undefined && (
          <span className="change-old">
            <span className="visually-hidden">{t('history.old')} </span>
            <del>{show(change.old)}</del>
          </span>
        )}
        <span className="change-new">
          <span className={change.old === undefined ? 'visually-hidden' : 'change-arrow'}>
            <span aria-hidden="true">→</span>
            <span className="visually-hidden">{t('history.new')} </span>
          </span>
          <ins>{show(change.new)}</ins>
        </span>
      </dd>
    </div>
  );
}

function StateChange({ context, form, fields, item }: HistoryProps & { item: HistoryItem }) {
  const now = item.state?.new;
  if (!now || item.state?.old === now) return null;
  const state = processesFor(form, fields).map((process) => process.states[now]).find(Boolean);
  return state ? <Status meaning={state.meaning} label={context.words.l(state.label)} /> : null;
}

function validText(item: HistoryItem, context: ValueContext): string {
  const { t, lang } = context.words;
  if (!item.valid_from) return '';
  const from = formatDate(item.valid_from, lang);
  return item.valid_to
    ? t('history.validBetween', { from, to: formatDate(item.valid_to, lang) })
    : t('history.validFrom', { date: from });
}

function actorText(item: HistoryItem): string {
  const organisation = typeof item.actor.organisation === 'object'
    ? item.actor.organisation.name : item.actor.organisation;
  return [item.actor.name, organisation].filter(Boolean).join(', ');
}

// The first entry holds every field; those stand under the facts already.
function Entry({ item, isFirst, ...props }: HistoryProps & { item: HistoryItem;
  isFirst: boolean; }) {
  const { context, form } = props;
  const { t, lang } = context.words;
  const changes = isFirst ? [] : item.changes ?? [];
  return (
    <li className="history-item">
      <div className="row">
        <h3 className="history-title">{headline(props, item)}</h3>
        <StateChange {...props} item={item} />
      </div>
      <p className="small muted">
        {t('history.by', { actor: actorText(item), when: formatMoment(item.at, lang) })}
        {' · '}{validText(item, context)}
      </p>
      {item.reason && <p>{t('history.reason', { reason: item.reason })}</p>}
      {changes.length > 0 && (
        <dl className="changes">
          {changes.map((change) => (
            <ChangeLine key={change.field} context={context} form={form} change={change} />
          ))}
        </dl>
      )}
    </li>
  );
}

export function History(props: HistoryProps) {
  const history = useHistory(props.id);
  const { t } = props.context.words;
  if (history.isPending) return <Skeleton lines={6} />;
  if (history.isError) {
    return <ProblemNotice error={history.error} onRetry={() => void history.refetch()} />;
  }
  const { items, references } = history.data;
  const context = { ...props.context,
    references: { ...references, ...props.context.references } };
  if (!items.length) return <p className="muted">{t('record.empty')}</p>;
  return (
    <ol className="history plain-list">
      {items.map((item, index) => (
        <Entry key={`${item.at}-${index}`} {...props} context={context} item={item}
          isFirst={index === items.length - 1} />
      ))}
    </ol>
  );
}
