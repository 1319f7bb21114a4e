// One hand-over: between whom, of what, from when, why; and what one can do with it now.
import { useState } from 'react';

import { useHandoverAct } from '@/api/handovers';
import type { Handover, HandoverAct } from '@/api/handovers';
import { problemsByPlace } from '@/api/problem';
import { formatDate, formatMoment } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Button } from '@/ui/button';
import { ErrorSummary } from '@/ui/fields/error_summary';
import { elementId, focusOn } from '@/ui/fields/places';
import { TextField } from '@/ui/fields/text_field';
import { handoverLabel, handoverMeaning } from '@/ui/handover_status';
import { ProblemNotice } from '@/ui/problem_view';
import { Status } from '@/ui/status';

function Acts({ item }: { item: Handover }) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const acting = useHandoverAct(item.id);
  const place = `reason-${item.id}`;
  const errors = problemsByPlace(acting.error, (where) => (where === 'reason' ? place : where));
  const run = (act: HandoverAct) => {
    acting.mutate({ act, reason }, { onSuccess: () => { setReason(''); } });
  };
  return (
    <div className="stack-s no-print">
      {acting.isError && !errors.size && <ProblemNotice error={acting.error} />}
      <ErrorSummary errors={errors} attempt={acting.isError ? acting.submittedAt : 0}
        onJump={focusOn} />
      <TextField id={elementId(place)} label={t('handover.note')}
        hint={t(item.may.includes('accept') ? 'handover.noteHint' : 'handover.endHint')}
        error={errors.get(place)} isRequired={!item.may.includes('accept')} isLong
        value={reason} onChange={setReason} />
      <div className="row">
        {item.may.map((act) => (
          <Button key={act} {...(act === 'accept' ? { look: 'primary' as const } : {})}
            disabled={acting.isPending} onClick={() => { run(act); }}>
            {t(`handover.act.${act}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}

function useFacts(item: Handover): [string, string][] {
  const { t, l, lang } = useWords();
  const told = (by?: { name: string }, at?: string) => (
    [by?.name, at && formatMoment(at, lang)].filter(Boolean).join(', '));
  const facts: [string, string][] = [
    [t('handover.keeper'), item.keeper.name],
    [t('handover.receiver'), item.receiver.name],
  ];
  if (item.state === 'erased') return facts;
  const forms = item.forms.map((form) => l(form.title));
  if (item.hides_forms) forms.push(t('handover.hiddenForms'));
  facts.push([t('handover.forms'), item.all_forms ? t('handover.allForms') : forms.join(', ')]);
  facts.push([t('handover.days'), item.until
    ? t('handover.fromUntil', { from: formatDate(item.from ?? '', lang),
      until: formatDate(item.until, lang) })
    : t('handover.fromOn', { from: formatDate(item.from ?? '', lang) })]);
  facts.push([t('handover.reason'), item.reason ?? '']);
  facts.push([t('handover.basis'), item.basis ?? '']);
  facts.push([t('handover.writing'), t(item.gives_up ? 'handover.givesUp' : 'handover.keepsUp')]);
  facts.push([t('handover.offeredBy'), told(item.offered_by, item.offered)]);
  if (item.answered) facts.push([t('handover.answeredBy'), told(item.answered_by, item.answered)]);
  if (item.answer) facts.push([t('handover.note'), item.answer]);
  if (item.ended) facts.push([t('handover.endedBy'), told(item.ended_by, item.ended)]);
  if (item.end_reason) facts.push([t('handover.endReason'), item.end_reason]);
  return facts;
}

export function HandoverItem({ item }: { item: Handover }) {
  const { t, l } = useWords();
  const facts = useFacts(item);
  const unnamed = item.form_title ? l(item.form_title) : t('handover.someone');
  return (
    <li className="stack-s panel">
      <h3>
        {item.person?.title
          ? <Link to={`/records/${item.person.id}`}>{item.person.title}</Link> : unnamed}
      </h3>
      {item.person && !item.person.title && (
        <p>{t('handover.personId')} <code>{item.person.id}</code></p>
      )}
      <p className="row">
        <Status meaning={handoverMeaning(item)} label={t(handoverLabel(item))} />
      </p>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
        ))}
      </dl>
      {item.may.length > 0 && <Acts item={item} />}
    </li>
  );
}
