// Importing a file into a register: the file, the mapping, the difference, and taking it over.
import { useState } from 'react';

import { acceptanceKey, useAcceptance, useLook, useRehearsal } from '@/api/imports';
import type { ImportAsk, ImportDone, ImportLook, SeenFile } from '@/api/imports';
import { canImport, findForm } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { ApiProblem } from '@/api/problem';
import { useCatalogue } from '@/api/queries';
import { formatDecimal } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { Button, ButtonLink } from '@/ui/button';
import { focusOnElement } from '@/ui/fields/places';
import { Notice } from '@/ui/notice';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { Told } from '@/ui/told';
import { Difference } from './difference';
import { FileStep, kFileId } from './file_step';
import type { ChosenFile } from './file_step';
import { guessed, mappingOf, stateOf } from './mapping_state';
import type { MappingState } from './mapping_state';
import { KeepMapping, MappingStep } from './mapping_step';

function Done({ form, done, onAgain }: { form: FormRef; done: ImportDone; onAgain: () => void }) {
  const { t, l, lang } = useWords();
  const count = (n: number) => formatDecimal(n, lang);
  return (
    <Told><Notice meaning="done">
      <p className="strong">{t('import.done', { created: count(done.created),
        changed: count(done.changed), same: count(done.same) })}</p>
      <p>{t('import.doneId', { id: done.import })}</p>
      <div className="row">
        <ButtonLink look="primary" to={`/registers/${form.name}`}>
          {t('import.toRegister', { plural: l(form.form.plural) })}
        </ButtonLink>
        <Button onClick={onAgain}>{t('import.another')}</Button>
      </div>
    </Notice></Told>
  );
}

// The file and what is chosen for it; a change throws the difference away.
function useImport(form: FormRef) {
  const [file, setFile] = useState<ChosenFile>();
  const [chosen, setChosen] = useState('');
  const [state, setState] = useState<MappingState>();
  const [year, setYear] = useState('');
  const [confirmed, setConfirmed] = useState<string[]>([]);
  const [key, setKey] = useState('');
  const look = useLook();
  const rehearsal = useRehearsal();
  const acceptance = useAcceptance();
  const forget = () => { rehearsal.reset(); acceptance.reset(); setConfirmed([]); };
  const take = (seen: SeenFile, place: string) => {
    const offered = place === '' ? undefined : seen.mappings[Number(place)];
    setChosen(offered ? place : '');
    setState(offered ? stateOf(offered) : guessed(form, seen));
    forget();
  };
  const lookAt = (wanted: Pick<ImportLook, 'sheet' | 'header_row'>, id = file?.id) => {
    if (!id) return;
    forget();
    look.mutate({ file: id, form: form.name, ...wanted },
      { onSuccess: (seen) => { take(seen, seen.mappings.length ? '0' : ''); } });
  };
  const ask: ImportAsk | undefined = file && look.data && state && {
    file: file.id, mapping: mappingOf(form, look.data, state),
    ...(Number(year) ? { year: Number(year) } : {}) };
  return {
    file, chosen, state, year, confirmed, look, rehearsal, acceptance, ask, take, lookAt,
    setConfirmed,
    onFile: (next: ChosenFile) => { setFile(next); look.reset(); lookAt({}, next.id); },
    onChange: (next: MappingState) => { setState(next); forget(); },
    onYear: (next: string) => { setYear(next); forget(); },
    rehearse: () => {
      if (rehearsal.isPending) return;
      forget();
      setKey(acceptanceKey());
      if (ask) rehearsal.mutate(ask);
    },
    accept: () => {
      const plan = rehearsal.data?.plan;
      if (ask && plan && !acceptance.isPending) acceptance.mutate({ ...ask, plan, confirmed, key });
    },
    again: () => {
      setFile(undefined);
      look.reset();
      setState(undefined);
      forget();
      focusOnElement(kFileId);
    },
  };
}

function Steps({ form, work }: { form: FormRef; work: ReturnType<typeof useImport> }) {
  const { t } = useWords();
  const { look, rehearsal, acceptance, state, ask } = work;
  const plan = rehearsal.data;
  const hasKey = Boolean(ask?.mapping.key.length);
  const isOpen = plan && plan.counts.errors === 0 && plan.counts.new + plan.counts.changed > 0;
  const isConfirmed = plan?.questions.every(({ key }) => work.confirmed.includes(key));
  return (
    <>
      <FileStep file={work.file} seen={look.data} isLooking={look.isPending}
        onFile={work.onFile} onLook={(wanted) => { work.lookAt(wanted); }} />
      {look.isError && <ProblemNotice error={look.error} />}
      {look.data && state && (
        <>
          <MappingStep form={form} seen={look.data} chosen={work.chosen} state={state}
            year={work.year} onYear={work.onYear} onChange={work.onChange}
            onChoose={(place) => { work.take(look.data, place); }} />
          <div className="stack-s">
            {!hasKey && <p id="import-needs-key">{t('import.needsKey')}</p>}
            <div>
              <Button look="primary" disabled={!hasKey}
                aria-disabled={rehearsal.isPending || undefined}
                aria-describedby={hasKey ? undefined : 'import-needs-key'}
                onClick={work.rehearse}>{t('import.rehearse')}</Button>
            </div>
          </div>
        </>
      )}
      {rehearsal.isError && <ProblemNotice error={rehearsal.error} />}
      {plan && ask && (
        <Difference form={form} ask={ask} plan={plan} confirmed={work.confirmed}
          onConfirm={work.setConfirmed} />
      )}
      {acceptance.isError && <ProblemNotice error={acceptance.error} />}
      {isOpen && (
        <div>
          <Button look="primary" disabled={!isConfirmed}
            aria-disabled={acceptance.isPending || undefined}
            onClick={work.accept}>{t('import.accept')}</Button>
        </div>
      )}
      {plan && ask && <KeepMapping mapping={ask.mapping} />}
    </>
  );
}

function Import({ form }: { form: FormRef }) {
  const { t, l } = useWords();
  const work = useImport(form);
  const plural = l(form.form.plural);
  return (
    <Page title={t('import.title', { plural })} lead={t('import.lead')}
      crumbs={[{ label: l(form.pack.title) },
        { label: plural, to: `/registers/${form.name}` }, { label: t('import.crumb') }]}>
      <div className="stack-l">
        {work.acceptance.data
          ? <Done form={form} done={work.acceptance.data} onAgain={work.again} />
          : <Steps form={form} work={work} />}
      </div>
    </Page>
  );
}

export default function ImportPage({ pack, form: id }: { pack: string; form: string }) {
  const catalogue = useCatalogue().data;
  const form = catalogue && findForm(catalogue, `${pack}/${id}`);
  if (!form || !canImport(form.form)) return <ProblemPage error={new ApiProblem(404, {})} />;
  return <Import key={form.name} form={form} />;
}
