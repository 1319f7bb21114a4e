// From a record to the rounds that it belongs to: a row, a request or a whole edition.
import { roundPage, useRounds } from '@/api/rounds';
import type { Round } from '@/api/rounds';
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

export function RoundLinks({ context, record }: SideProps) {
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
  if (!links.length) return null;
  return (
    <section className="panel stack-s no-print">
      <h2 className="side-title">{t('rounds.links')}</h2>
      <ul className="plain-list stack-s">
        {links.map(({ to, label }) => <li key={to}><Link to={to}>{label}</Link></li>)}
      </ul>
    </section>
  );
}
