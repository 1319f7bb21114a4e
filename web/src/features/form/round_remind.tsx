// Reminding many places in one act, with a look at whom before: those who are late are ticked,
// those who were reminded today are left out.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { post } from '@/api/client';
import { roundKeys, roundPath } from '@/api/rounds';
import type { Reminded, RoundOverview, RoundPlace } from '@/api/rounds';
import { formatDate } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { randomKey } from '@/lib/keys';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { Checks } from '@/ui/fields/checks';
import { Notice } from '@/ui/notice';
import { ProblemNotice } from '@/ui/problem_view';
import { dueOf } from './round_due';

function useRemind(overview: RoundOverview, onDone: (items: Reminded[]) => void) {
  const queries = useQueryClient();
  const [key] = useState(randomKey);     // the same act again is the same act
  return useMutation({
    mutationFn: (places: RoundPlace[]) => post<{ items: Reminded[] }>(
      `${roundPath(overview.round.name, overview.of.id)}/_remind`,
      { requests: places.map(({ request }) => (
        { id: request?.id, version: request?.version })) }, { idempotencyKey: key }),
    onSuccess: async ({ items }) => {
      await queries.invalidateQueries({ queryKey: roundKeys.all });
      onDone(items);
    },
  });
}

function RemindDialog({ overview, onClose, onDone }: { overview: RoundOverview;
  onClose: () => void; onDone: (items: Reminded[]) => void; }) {
  const { t, lang } = useWords();
  const idOf = ({ who }: RoundPlace) => who.id;
  const of = (reminder: RoundPlace['reminder']) => (
    overview.places.filter((place) => place.reminder === reminder));
  const [chosen, setChosen] = useState(() => of('late').map(idOf));
  const remind = useRemind(overview, onDone);
  const offered = [...of('late'), ...of('waiting')];
  const done = of('today');
  const option = (place: RoundPlace) => {
    const due = dueOf(place);
    const words = { who: place.who.title, due: due ? formatDate(due, lang) : t('common.unknown') };
    return { value: place.who.id,
      label: t(place.reminder === 'late' ? 'rounds.remindItemLate' : 'rounds.remindItem', words) };
  };
  const picked = offered.filter((place) => chosen.includes(place.who.id));
  return (
    <Dialog title={t('rounds.remindTitle')} onClose={onClose}>
      {remind.isError && <ProblemNotice error={remind.error} />}
      <form className="form" noValidate onSubmit={(event) => {
        event.preventDefault();
        remind.mutate(picked);
      }}>
        <p>{t('rounds.remindLead')}</p>
        <Checks id="remind-who" label={t('rounds.remindWho')} isRequired={false}
          options={offered.map(option)} chosen={chosen} onChange={setChosen} />
        {done.length > 0 && (
          <p className="small">
            {t('rounds.remindToday', { who: done.map(({ who }) => who.title).join(', ') })}
          </p>
        )}
        <div className="row">
          <Button type="submit" look="primary" disabled={remind.isPending || !picked.length}>
            {t('rounds.remindYes', { n: picked.length })}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function Told({ overview, items }: { overview: RoundOverview; items: Reminded[] }) {
  const { t, l } = useWords();
  const nameOf = (id: string) => (
    overview.places.find(({ request }) => request?.id === id)?.who.title ?? id);
  const of = (outcome: Reminded['outcome']) => items.filter((item) => item.outcome === outcome);
  const left = of('today');
  return (
    <>
      {of('reminded').length > 0 && (
        <Notice meaning="done" role="status">
          <p>{t('rounds.reminded', { n: of('reminded').length })}</p>
        </Notice>
      )}
      {left.length > 0 && (
        <Notice meaning="running" role="status">
          <p>{t('rounds.remindedToday', { who: left.map(({ id }) => nameOf(id)).join(', ') })}</p>
        </Notice>
      )}
      {of('refused').map(({ id, problem }) => (
        <Notice key={id} meaning="attention" role="alert">
          <p>{t('rounds.remindedNot', { who: nameOf(id),
            why: `${l(problem?.message)} ${l(problem?.hint)}`.trim() })}</p>
        </Notice>
      ))}
    </>
  );
}

export function RoundRemind({ overview }: { overview: RoundOverview }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [items, setItems] = useState<Reminded[]>([]);
  const count = (reminder: RoundPlace['reminder']) => (
    overview.places.filter((place) => place.reminder === reminder).length);
  const late = count('late');
  const isAny = late + count('waiting') > 0;
  if (!isAny && !count('today') && !items.length) return null;
  return (
    <div className="stack-s no-print">
      {isAny ? (
        <div>
          <Button look={late ? 'primary' : 'secondary'} onClick={() => { setOpen(true); }}>
            {late ? t('rounds.remindLate', { n: late }) : t('rounds.remind')}
          </Button>
        </div>
      ) : <p className="small">{t('rounds.remindDone')}</p>}
      <Told overview={overview} items={items} />
      {isOpen && (
        <RemindDialog overview={overview} onClose={() => { setOpen(false); }}
          onDone={(done) => {
            setItems(done);
            setOpen(false);
          }} />
      )}
    </div>
  );
}
