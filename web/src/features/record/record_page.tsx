// A record: left the facts and the story, right what is at hand.
import { useEffect, useState } from 'react';

import { isFrozen } from '@/api/indicators';
import type { FiguresValue, FrozenFigures } from '@/api/indicators';
import { findForm, isCounted, isPageField, stateLabel } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { problemOf } from '@/api/problem';
import { useBreakRules, useCatalogue, usePackVersion, useRecord } from '@/api/queries';
import type { Catalogue, Field, RecordView } from '@/api/types';
import { formatDate, formatMoment } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { useHistoryState, useQueryString } from '@/lib/router';
import { ButtonLink } from '@/ui/button';
import { EditionFigures } from '@/ui/figures/edition_figures';
import { Notice } from '@/ui/notice';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import { ShareTools } from '@/ui/share_tools';
import { Skeleton } from '@/ui/skeleton';
import { Status } from '@/ui/status';
import { FieldValue, useValueContext } from '@/ui/values/field_value';
import type { ValueContext } from '@/ui/values/field_value';
import { PageValue } from '@/ui/values/page_value';
import { AsOfBanner, AsOfPicker, asOfFrom } from '@/ui/as_of';
import { HandoverPanel } from './handover_panel';
import { History } from './history';
import { Norms } from './norms';
import { RoundLinks } from './round_links';
import { Actions, Deadlines, Links, SamePerson, SeenBy, Turn } from './side';
import './record.css';

// An earlier moment speaks the words of the pack version that judged it.
function useJudgedForm(record: RecordView, isEarlier: boolean): FormRef | undefined {
  const active = useCatalogue().data;
  const { name, hash } = record.pack;
  const isOther = isEarlier && active?.packs.find((pack) => pack.name === name)?.hash !== hash;
  const version = usePackVersion(name, hash, isOther).data;
  const judged: Catalogue | undefined = isOther ? version ?? active : active;
  return judged && findForm(judged, record.form);
}

// Frozen figures stand whole below the other fields; the rest is words among them.
function frozenOf(form: FormRef, record: RecordView): [string, Field, FrozenFigures][] {
  return Object.entries(form.form.fields).flatMap(([id, field]) => {
    const value = record.fields[id] as unknown as FiguresValue | undefined;
    return isCounted(field) && value && isFrozen(value) ? [[id, field, value]] : [];
  });
}

function Facts({ context, form, record }: { context: ValueContext; form: FormRef;
  record: RecordView; }) {
  const { t, l } = context.words;
  const names = form.form.name ?? [];
  const frozen = frozenOf(form, record).map(([id]) => id);
  const fields = Object.entries(form.form.fields)
    .filter(([id]) => record.fields[id] !== undefined && !frozen.includes(id)
      && !(names.length === 1 && names[0] === id && record.fields[id] === record.title));
  return (
    <section className="stack-s" aria-labelledby="facts">
      <h2 id="facts">{t('record.facts')}</h2>
      <dl className="facts">
        {fields.map(([id, field]) => (
          <div key={id}>
            <dt>{l(field.label)}</dt>
            <dd>
              {isPageField(form, id) ? <PageValue text={String(record.fields[id])} />
                : <FieldValue context={context} field={field} value={record.fields[id]} />}
            </dd>
          </div>
        ))}
        {record.organisation && (
          <div><dt>{t('record.organisation')}</dt><dd>{record.organisation.name}</dd></div>
        )}
      </dl>
    </section>
  );
}

function Lead({ context, form, record }: { context: ValueContext; form: FormRef;
  record: RecordView; }) {
  const { l, t, lang } = context.words;
  if (!record.state) return <>{l(form.form.title)}</>;
  const { since } = record.state;
  return (
    <span className="row">
      <span>{l(form.form.title)}</span>
      <Status meaning={record.state.meaning} label={l(stateLabel(form, record.state))} />
      {since && <span>{t('record.since', { date: formatDate(since, lang) })}</span>}
    </span>
  );
}

function PackLine({ context, record }: { context: ValueContext; record: RecordView }) {
  const { t, l, lang } = context.words;
  const pack = context.catalogue.packs.find((one) => one.name === record.pack.name);
  return (
    <p className="small muted">
      {t('record.pack', {
        pack: pack ? l(pack.title) : record.pack.name, version: record.pack.version,
      })}{' '}
      {record.recorded_at && t('record.version', {
        version: record.version, date: formatMoment(record.recorded_at, lang),
      })}
    </p>
  );
}

// Said once: who loads the page again did not save again.
function useJustSaved(): boolean {
  const state = useHistoryState() as { saved?: boolean } | null;
  const [isSaved] = useState(Boolean(state?.saved));
  useEffect(() => { if (isSaved) window.history.replaceState(null, ''); }, [isSaved]);
  return isSaved;
}

function RecordBody({ record }: { record: RecordView }) {
  const asOf = asOfFrom(useQueryString());
  const isEarlier = Boolean(asOf.validOn ?? asOf.knownAt);
  const form = useJudgedForm(record, isEarlier);
  const fallback = { name: '', title: { nl: '', en: '' }, version: '', hash: '', forms: {} };
  const context = {
    ...useValueContext(form?.pack ?? fallback, record.references),
    source: { record: record.id, asOf },
  };
  const isSaved = useJustSaved();
  const { t, l } = context.words;
  if (!form) return <Skeleton hasTitle />;
  const props = { context, form, record };
  const frozen = frozenOf(form, record);
  return (
    <Page title={record.title} lead={<Lead {...props} />}
      crumbs={[
        { label: l(form.form.plural), to: `/registers/${record.form}` }, { label: record.title },
      ]}
      tools={<>
        {form.form.letters && !isEarlier && (
          <ButtonLink to={`/brieven/${record.id}`}>{t('letters.open')}</ButtonLink>
        )}
        <AsOfPicker asOf={asOf} /><ShareTools />
      </>}>
      <div className="stack">
        {isSaved && <Notice meaning="done" role="status"><p>{t('form.justSaved')}</p></Notice>}
        <AsOfBanner asOf={asOf} />
        <div className={frozen.length ? 'two-columns has-wide' : 'two-columns'}>
          {frozen.length > 0 && <Facts {...props} />}
          {frozen.map(([id, field, edition]) => (
            <div key={id} className="record-wide">
              <EditionFigures title={l(field.label)} edition={edition}
                references={context.references}
                file={isEarlier && !edition.released ? undefined
                  : `/v1/open-data/editions/${record.id}/${id}`} />
            </div>
          ))}
          <div className="stack-l">
            {frozen.length === 0 && <Facts {...props} />}
            {!isEarlier && <Norms {...props} />}
            <section className="stack" aria-labelledby="story">
              <h2 id="story">{t('record.history')}</h2>
              <History context={context} form={form} id={record.id} fields={record.fields} />
            </section>
            <PackLine context={context} record={record} />
          </div>
          <aside className="stack record-side">
            <Turn {...props} />
            {!isEarlier && <Actions {...props} />}
            {!isEarlier && <RoundLinks {...props} />}
            {!isEarlier && <HandoverPanel {...props} />}
            <Deadlines {...props} />
            <SamePerson {...props} />
            <Links {...props} />
            <SeenBy {...props} />
          </aside>
        </div>
      </div>
    </Page>
  );
}

export default function RecordPage({ id }: { id: string }) {
  const asOf = asOfFrom(useQueryString());
  const record = useRecord(id, asOf);
  const { t } = useWords();
  const mayBreak = useBreakRules().length > 0;
  if (record.isPending) return <Skeleton hasTitle lines={9} />;
  if (record.isError) {
    return (
      <ProblemPage error={record.error} onRetry={() => void record.refetch()}>
        {mayBreak && problemOf(record.error).status === 404 && (
          <ButtonLink to={`/records/${id}/noodtoegang`}>{t('break.ask')}</ButtonLink>
        )}
      </ProblemPage>
    );
  }
  return <RecordBody record={record.data} />;
}
