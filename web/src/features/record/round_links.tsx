// From a record to the rounds that it belongs to: a row, a request or a whole edition.
import { roundPage, useOverview, useRounds } from '@/api/rounds';
import type { Round, RoundList } from '@/api/rounds';
import type { Fields } from '@/api/types';
import { Link } from '@/lib/router';
import type { SideProps } from './side';

// Edition and place that these fields name, by the fields that the round looks at.
function idsIn(fields: Fields, of: string, who: string): [string, string] | undefined {
  const edition = fields[of];
  const place = fields[who];
  return typeof edition === 'string' && typeof place === 'string' ? [edition, place] : undefined;
}

export function sheetOf(round: Round, form: string, fields: Fields): [string, string] | undefined {
  const { requests } = round;
  if (form === round.form) return idsIn(fields, round.of, round.who);
  return requests && form === requests.form ? idsIn(fields, requests.of, requests.who) : undefined;
}

// How many editions of a round are named on the page of a place, the newest first.
const kEditions = 6;

// What a place says in each edition; nothing for a place that the newest one does not ask.
function PlaceLinks({ context, record, of: { round, editions } }: SideProps
  & { of: RoundList['items'][number] }) {
  const overview = useOverview(round.name, editions[0]?.id ?? '');
  if (!overview.data?.places.some(({ who }) => who.id === record.id)) return null;
  return (
    <section className="panel stack-s no-print">
      <h2 className="side-title">{context.words.l(round.title)}</h2>
      <ul className="plain-list stack-s">
        {editions.slice(0, kEditions).map(({ id, title }) => (
          <li key={id}><Link to={roundPage(round.name, id, record.id)}>{title}</Link></li>
        ))}
      </ul>
    </section>
  );
}

// Of the place itself, one for each round that asks it.
function PlaceRounds({ items, ...props }: SideProps & { items: RoundList['items'] }) {
  const { form } = props.record;
  return items.filter(({ round, editions }) => round.places === form && editions.length > 0)
    .map((item) => <PlaceLinks key={item.round.name} {...props} of={item} />);
}

export function RoundLinks(props: SideProps) {
  const { context, record } = props;
  const { t, l } = context.words;
  const items = useRounds().data?.items ?? [];
  const links = items.flatMap(({ round }) => {
    const ids = sheetOf(round, record.form, record.fields);
    if (ids) {
      return [{ to: roundPage(round.name, ...ids), label: t('rounds.linkSheet') }];
    }
    if (record.form !== round.editions) return [];
    return [{ to: roundPage(round.name, record.id),
      label: t('rounds.linkOverview', { title: l(round.title) }) }];
  });
  if (!links.length) return <PlaceRounds {...props} items={items} />;
  return (
    <section className="panel stack-s no-print">
      <h2 className="side-title">{t('rounds.links')}</h2>
      <ul className="plain-list stack-s">
        {links.map(({ to, label }) => <li key={to}><Link to={to}>{label}</Link></li>)}
      </ul>
    </section>
  );
}
