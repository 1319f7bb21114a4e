// Right of the story: who is at turn, the deadlines with their "Waarom?", what one can do, links,
// and who sees this.
import { useState } from 'react';

import { deadlineLabel, findForm, roleTitle, statesOf } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { useLinks } from '@/api/queries';
import type { Action, Deadline, Meaning, RecordLink, RecordView } from '@/api/types';
import type { MessageKey } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Button, ButtonLink } from '@/ui/button';
import { Status } from '@/ui/status';
import type { ValueContext } from '@/ui/values/field_value';
import { WhyDrawer, deadlineSentence } from './why_drawer';

export interface SideProps {
  context: ValueContext;
  form: FormRef;
  record: RecordView;
}

const kDeadlineMeaning: Record<string, Meaning> = {
  open: 'running', met: 'done', stopped: 'ended', missed: 'attention', suspended: 'draft',
};

export function Turn({ context, record }: SideProps) {
  const { t, l } = context.words;
  const { turn } = record;
  const role = turn && l(turn.title ?? roleTitle(context.catalogue, turn.role));
  return (
    <section className="panel stack-s">
      <h2 className="side-title">{t('record.turn')}</h2>
      {turn ? <p><strong>{role}</strong>{turn.what && <>: {l(turn.what)}</>}</p>
        : <p className="muted">{t('record.turnNone')}</p>}
    </section>
  );
}

function DeadlineItem({ context, form, record, deadline }: SideProps & { deadline: Deadline }) {
  const [isWhy, setWhy] = useState(false);
  const { t, l } = context.words;
  const label = l(deadline.label ?? deadlineLabel(form, deadline.name)) || deadline.name;
  return (
    <li className="stack-s">
      <div className="row">
        <h3 className="side-name">{label}</h3>
        <Status meaning={kDeadlineMeaning[deadline.status] ?? 'running'}
          label={t(`status.${deadline.status}` as MessageKey)} />
      </div>
      <p>{deadlineSentence(context, deadline)}</p>
      <div className="no-print">
        <Button small onClick={() => { setWhy(true); }}
          aria-label={t('record.whyOf', { name: label })}>{t('record.why')}</Button>
      </div>
      {isWhy && (
        <WhyDrawer context={context} record={record} deadline={deadline} label={label}
          onClose={() => { setWhy(false); }} />
      )}
    </li>
  );
}

export function Deadlines(props: SideProps) {
  const deadlines = props.record.deadlines ?? [];
  if (!deadlines.length) return null;
  return (
    <section className="panel stack-s">
      <h2 className="side-title">{props.context.words.t('record.deadlines')}</h2>
      <ul className="plain-list stack">
        {deadlines.map((deadline) => (
          <DeadlineItem key={deadline.name} {...props} deadline={deadline} />
        ))}
      </ul>
    </section>
  );
}

function ActionItem({ context, record, action }: SideProps & { action: Action }) {
  const { t, l } = context.words;
  const base = `/records/${record.id}`;
  if (action.blocked) {
    return (
      <li className="stack-s">
        <Button disabled>{l(action.label)}</Button>
        <p className="small muted">{t('record.blocked', { why: l(action.blocked) })}</p>
      </li>
    );
  }
  if (action.kind === 'step') {
    return (
      <li><ButtonLink look="primary" to={`${base}/stap/${action.transition ?? ''}`}>
        {l(action.label)}
      </ButtonLink></li>
    );
  }
  const isChange = action.kind === 'change';
  return (
    <li><ButtonLink look="subtle" to={`${base}/${isChange ? 'wijzigen' : 'verbeteren'}`}>
      {t(isChange ? 'record.change' : 'record.correct')}
    </ButtonLink></li>
  );
}

export function Actions(props: SideProps) {
  const all = props.record.actions ?? [];
  const isStep = (action: Action) => action.kind === 'step';
  const actions = [...all.filter(isStep), ...all.filter((action) => !isStep(action))]
    .filter((action) => ['step', 'change', 'correct'].includes(action.kind));
  if (!actions.length) return null;
  return (
    <section className="panel stack-s no-print">
      <h2 className="side-title">{props.context.words.t('record.actions')}</h2>
      <ul className="plain-list stack-s actions">
        {actions.map((action) => (
          <ActionItem key={action.kind + (action.transition ?? '')} {...props} action={action} />
        ))}
      </ul>
    </section>
  );
}

function LinkLine({ context, link }: { context: ValueContext; link: RecordLink }) {
  const form = findForm(context.catalogue, link.form);
  const state = form && link.state ? statesOf(form)[link.state] : undefined;
  return (
    <li>
      <Link to={`/records/${link.id}`}>{link.title}</Link>{' '}
      {state && <Status meaning={state.meaning} label={context.words.l(state.label)} />}
    </li>
  );
}

export function Links({ context, record }: SideProps) {
  const links = useLinks(record.id).data?.items.filter((group) => group.records.length) ?? [];
  const { t, l } = context.words;
  if (!links.length) return null;
  return (
    <section className="panel stack-s">
      <h2 className="side-title">{t('record.links')}</h2>
      {links.map((group) => (
        <div key={group.field + group.direction + group.records[0]?.form} className="stack-s">
          <h3 className="side-name">{l(group.title)}</h3>
          <ul className="plain-list stack-s">
            {group.records.map((link) => <LinkLine key={link.id} context={context} link={link} />)}
          </ul>
        </div>
      ))}
    </section>
  );
}

// Other records of the same person, as far as one may see what says so.
export function SamePerson({ context, record }: SideProps) {
  const { t, l } = context.words;
  const same = Object.entries(record.same_as ?? {});
  if (same.length === 0) return null;
  return (
    <section className="panel stack-s" aria-labelledby="same-person">
      <h2 id="same-person" className="side-title">{t('record.samePerson')}</h2>
      <ul className="plain stack-s">
        {same.map(([id, other]) => (
          <li key={id}>
            <Link to={`/records/${id}`}>{other.title}</Link>{' '}
            <span className="muted">
              {l(findForm(context.catalogue, other.form ?? '')?.form.title ?? { nl: '', en: '' })}
            </span>
          </li>
        ))}
      </ul>
      <p className="small muted">{t('record.samePersonHint')}</p>
    </section>
  );
}

export function SeenBy({ context, record }: SideProps) {
  const { t, l } = context.words;
  return (
    <section className="panel stack-s">
      <h2 className="side-title">{t('record.seenBy')}</h2>
      <p>{record.seen_by ? l(record.seen_by)
        : t(`form.audience.${record.audience ?? 'public'}` as MessageKey)}</p>
    </section>
  );
}
