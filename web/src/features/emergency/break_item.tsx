// One time that emergency access was taken: who, why, until when, and what was found of it.
import { useState } from 'react';

import { useSession } from '@/api/queries';
import { formatMoment } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/fields/text_field';
import { ProblemNotice } from '@/ui/problem_view';
import { Status } from '@/ui/status';
import { useEndBreak, useReview } from './breaks';
import type { Break } from './breaks';

function Review({ item }: { item: Break }) {
  const { t } = useWords();
  const [note, setNote] = useState('');
  const review = useReview(item.id);
  const say = (outcome: string) => { review.mutate({ outcome, note }); };
  return (
    <div className="stack-s no-print">
      {review.isError && <ProblemNotice error={review.error} />}
      <TextField id={`note-${item.id}`} label={t('break.note')} isRequired={false} isLong
        value={note} onChange={setNote} />
      <div className="row">
        <Button onClick={() => { say('justified'); }}>{t('break.justified')}</Button>
        <Button onClick={() => { say('unjustified'); }}>{t('break.unjustified')}</Button>
      </div>
    </div>
  );
}

export function BreakItem({ item }: { item: Break }) {
  const { t, l, lang } = useWords();
  const isOwn = useSession().data?.account?.id === item.account.id;
  const ending = useEndBreak();
  const facts: [string, string][] = [
    [t('break.who'), `${item.account.name} (${l(item.role)})`],
    [t('break.reason'), item.reason],
    [t('break.from'), formatMoment(item.opened, lang)],
    [t('break.until'), formatMoment(item.until, lang)],
  ];
  if (item.reviewed_by) {
    facts.push([t('break.reviewedBy'), `${item.reviewed_by.name}, ${
      formatMoment(item.reviewed ?? '', lang)}`]);
  }
  if (item.note) facts.push([t('break.note'), item.note]);
  return (
    <li className="stack-s panel">
      <h3>
        <Link to={`/records/${item.record}`}>
          {item.form_title ? l(item.form_title) : item.record}
        </Link>
      </h3>
      <p className="row">
        <Status meaning={item.open ? 'attention' : 'done'}
          label={item.open ? t('break.isOpen') : t('break.isOver')} />
        <span>{item.outcome ? t(`break.${item.outcome}`)
          : t('break.toReview', { role: l(item.report) })}</span>
      </p>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
        ))}
      </dl>
      {ending.isError && <ProblemNotice error={ending.error} />}
      {item.open && (
        <div className="no-print">
          <Button onClick={() => { ending.mutate(item.id); }}>{t('break.end')}</Button>
        </div>
      )}
      {!isOwn && !item.outcome && <Review item={item} />}
    </li>
  );
}
