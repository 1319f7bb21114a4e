// A round for one edition: who is asked, how far everybody is, and who is late.
import { findForm, stateLabel } from '@/api/metadata';
import { ApiProblem } from '@/api/problem';
import { useCatalogue } from '@/api/queries';
import { roundPage, useOverview } from '@/api/rounds';
import type { RoundOverview, RoundPlace } from '@/api/rounds';
import { formatDate } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import { ShareTools } from '@/ui/share_tools';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';
import { Status } from '@/ui/status';
import { RoundAsk } from './round_ask';
import { dueOf, isDone, isLate } from './round_due';
import { RoundRemind } from './round_remind';

function Progress({ place, rows }: { place: RoundPlace; rows: number }) {
  const { t } = useWords();
  if (isDone(place, rows)) return <Status meaning="done" label={t('rounds.done')} />;
  if (!place.past && !place.open) {
    return <Status meaning="unknown" label={t('rounds.notStarted')} />;
  }
  return (
    <>
      <Status meaning="running" label={t('rounds.ofRows', { n: place.past, all: rows })} />
      {place.open > 0 && <p className="small">{t('rounds.started', { n: place.open })}</p>}
    </>
  );
}

function Request({ place }: { place: RoundPlace }) {
  const { t, l } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  const { request } = place;
  if (!request?.state) return <span className="muted">{t('rounds.notAsked')}</span>;
  const form = findForm(catalogue, request.form);
  return (
    <Link to={`/records/${request.id}`} aria-label={request.title}>
      <Status meaning={request.state.meaning}
        label={form ? l(stateLabel(form, request.state)) : request.state.id} />
    </Link>
  );
}

function Due({ place }: { place: RoundPlace }) {
  const { t, lang } = useWords();
  const due = dueOf(place);
  if (!due) return <span className="muted">–</span>;
  return (
    <>
      {formatDate(due, lang)}{' '}
      {isLate(place) && <Status meaning="attention" label={t('rounds.late')} />}
    </>
  );
}

function PlacesTable({ overview }: { overview: RoundOverview }) {
  const { t } = useWords();
  const { round, of, places, rows } = overview;
  const isWork = places.some(({ request }) => request);
  const heads = [t('rounds.place'), t('rounds.progress'),
    ...(isWork ? [t('rounds.request'), t('rounds.due'), t('rounds.by')] : [])];
  return (
    <SimpleTable caption={of.title} heads={heads} rows={places.map((place) => ({
      key: place.who.id,
      cells: [
        <Link key="who" to={roundPage(round.name, of.id, place.who.id)}>{place.who.title}</Link>,
        <Progress key="progress" place={place} rows={rows} />,
        ...(isWork ? [<Request key="request" place={place} />, <Due key="due" place={place} />,
          place.request?.organisation?.name ?? ''] : []),
      ],
    }))} />
  );
}

function LoadedOverview({ overview }: { overview: RoundOverview }) {
  const { t, l } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  const { round, of, places, rows } = overview;
  const form = findForm(catalogue, round.form);
  const requests = round.requests && findForm(catalogue, round.requests.form);
  if (!form) return <ProblemPage error={new ApiProblem(404, {})} />;
  const done = places.filter((place) => isDone(place, rows)).length;
  const lead = !places.length ? t('rounds.noPlaces')
    : requests ? t('rounds.overviewLead', {
      done, all: places.length, late: places.filter(isLate).length })
      : t('rounds.overviewPublic', { all: places.length });
  return (
    <Page title={`${l(round.title)}: ${of.title}`} lead={lead} tools={<ShareTools />}
      crumbs={[{ label: t('rounds.title'), to: '/rondes' }, { label: of.title }]}>
      <div className="stack">
        <RoundRemind overview={overview} />
        {places.length > 0 && <PlacesTable overview={overview} />}
        {requests?.form.may.includes('create') && (
          <RoundAsk overview={overview} form={requests} />
        )}
      </div>
    </Page>
  );
}

export default function OverviewPage({ round, of }: { round: string; of: string }) {
  const overview = useOverview(round, of);
  if (overview.isPending) return <Skeleton hasTitle lines={12} />;
  if (overview.isError) {
    return <ProblemPage error={overview.error} onRetry={() => void overview.refetch()} />;
  }
  return <LoadedOverview overview={overview.data} />;
}
