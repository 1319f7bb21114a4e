// One pack as readable tables: sources, forms with their basis and fields, lists, processes.
import { findPack, keepsLetters } from '@/api/metadata';
import { ApiProblem } from '@/api/problem';
import { useCatalogue, useSession } from '@/api/queries';
import type { CodeList, Form, Pack } from '@/api/types';
import { formatDate } from '@/lib/dates';
import { formatPeriod } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { ButtonLink } from '@/ui/button';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Status } from '@/ui/status';
import { ModelsList } from './models_list';
import { NormsList } from './norms_list';
import { useActivePacks } from './packs_page';
import { ProcessTables } from './process_tables';
import { useValidity } from './validity';
import { Versions } from './versions';

function Sources({ pack }: { pack: Pack }) {
  const { t, l, lang } = useWords();
  const sources = Object.entries(pack.sources ?? {});
  if (!sources.length) return null;
  return (
    <section className="stack">
      <h2>{t('packs.sources')}</h2>
      <SimpleTable caption={t('packs.sources')}
        heads={[t('packs.label'), t('packs.date'), t('common.source')]}
        rows={sources.map(([id, source]) => ({ key: id, cells: [
          l(source.title), source.date ? formatDate(source.date, lang) : '–',
          source.url
            ? <a className="utrecht-link" href={source.url} rel="noreferrer">
                {source.reference ?? source.url}
              </a> : source.reference ?? '–',
        ] }))} />
    </section>
  );
}

function FormSection({ form }: { form: Form }) {
  const { t, l, lang } = useWords();
  const { basis } = form;
  const retention = basis.retention === 'permanent' ? t('form.permanent')
    : formatPeriod(basis.retention, lang);
  const lines: [string, string][] = [
    [t('form.basis'), [basis.law, basis.article].filter(Boolean).join(', ')],
    [t('form.purpose'), l(basis.purpose)], [t('form.controller'), l(basis.controller)],
    [t('form.recipients'), l(basis.recipients)], [t('form.retention'), retention],
  ];
  return (
    <section className="stack">
      <h3>{l(form.title)}</h3>
      <dl className="facts">
        {lines.map(([name, text]) => <div key={name}><dt>{name}</dt><dd>{text}</dd></div>)}
      </dl>
      <SimpleTable caption={l(form.title)}
        heads={[t('packs.field'), t('packs.type'), t('packs.sensitivity')]}
        rows={Object.entries(form.fields).map(([id, field]) => ({ key: id, cells: [
          l(field.label), t(`type.${field.type}`),
          t(`form.audience.${field.sensitivity ?? 'public'}`),
        ] }))} />
    </section>
  );
}

function ListSection({ list }: { list: CodeList }) {
  const { t, l } = useWords();
  const validity = useValidity();
  return (
    <section className="stack">
      <h3>{l(list.title)}</h3>
      <SimpleTable caption={l(list.title)}
        heads={[t('packs.label'), t('packs.code'), t('packs.validity')]}
        rows={Object.entries(list.codes).map(([id, code]) => ({ key: id, cells: [
          <>
            {code.meaning
              ? <Status meaning={code.meaning} label={l(code.label)} /> : l(code.label)}{' '}
            {code.note && <span className="muted small">{l(code.note)}</span>}
          </>,
          <code key="code">{id}</code>, validity(code.from, code.to),
        ] }))} />
    </section>
  );
}

export default function PackPage({ name }: { name: string }) {
  const { t, l } = useWords();
  const pack = findPack(useCatalogue().data ?? { packs: [] }, name);
  const roles = useSession().data?.account?.roles.map((role) => role.id) ?? [];
  const about = useActivePacks().data?.find((one) => one.name === name)?.description;
  if (!pack) return <ProblemPage error={new ApiProblem(404, {})} />;
  const lists = Object.entries(pack.lists ?? {});
  const processes = Object.entries(pack.processes ?? {});
  return (
    <Page title={l(pack.title)} lead={l(about)}
      crumbs={[{ label: t('packs.title'), to: '/packs' }, { label: l(pack.title) }]}>
      <div className="stack-l">
        <p className="small muted">
          {t('packs.version', { version: pack.version })}. {t('packs.hash')}:{' '}
          <code>{pack.hash.slice(0, 16)}</code>
        </p>
        {keepsLetters(pack) && (
          <p><ButtonLink to="/brieven">{t('letters.toLetters')}</ButtonLink></p>
        )}
        <Sources pack={pack} />
        <ModelsList pack={pack.name} />
        <NormsList pack={pack.name} />
        <section className="stack-l">
          <h2>{t('packs.forms')}</h2>
          {Object.entries(pack.forms).map(([id, form]) => <FormSection key={id} form={form} />)}
        </section>
        {lists.length > 0 && (
          <section className="stack-l">
            <h2>{t('packs.lists')}</h2>
            {lists.map(([id, list]) => <ListSection key={id} list={list} />)}
          </section>
        )}
        {processes.length > 0 && (
          <section className="stack-l">
            <h2>{t('packs.processes')}</h2>
            {processes.map(([id, process]) => (
              <ProcessTables key={id} pack={pack} process={process} />
            ))}
          </section>
        )}
        {roles.some((role) => role === 'administrator' || role === 'auditor') && (
          <Versions name={pack.name} />
        )}
      </div>
    </Page>
  );
}
