// One decision model: its decisions and how they rest on each other, each to read and to try.
import { useState } from 'react';
import type { ReactNode } from 'react';

import { allDesks } from '@/api/metadata';
import { useModel } from '@/api/models';
import type {
  DecisionModel, ItemDefinition, ModelAnswer, ModelInput, ModelKnowledge, ModelType,
  SourceOfModel,
} from '@/api/models';
import { useCatalogue } from '@/api/queries';
import type { Catalogue } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { ButtonLink } from '@/ui/button';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';
import { Allowed } from './allowed';
import { DecisionSection, anchorOf } from './decision_section';
import { LogicView } from './logic_view';
import '@/ui/interview/model.css';
import type { Typed } from '@/ui/interview/question';
import { typeWords } from '@/ui/interview/type_words';
import { ModelText, useModelLang } from '@/ui/values/model_text';

type Model = DecisionModel['model'];

// A cell with a text of the model, or a dash.
function ofModel(text?: string): ReactNode {
  return text ? <ModelText>{text}</ModelText> : '–';
}

function Overview({ model }: { model: Model }) {
  const { t } = useWords();
  return (
    <section className="stack">
      <h2>{t('models.decisions')}</h2>
      <SimpleTable caption={t('models.decisions')}
        heads={[t('models.decision'), t('models.question'), t('models.restsOn')]}
        rows={model.decisions.map((decision, index) => ({ key: decision.name, cells: [
          <a key="to" className="utrecht-link" href={`#${anchorOf(index)}`}>
            <ModelText>{decision.label ?? decision.name}</ModelText>
          </a>,
          ofModel(decision.question),
          ofModel([...new Set(decision.requires.map(({ name, file }) => (
            file ? t('models.inModel', { name, file }) : name)))].join(', ')),
        ] }))} />
    </section>
  );
}

function Inputs({ inputs }: { inputs: ModelInput[] }) {
  const words = useWords();
  const { t } = words;
  if (!inputs.length) return null;
  return (
    <section className="stack">
      <h2>{t('models.facts')}</h2>
      <SimpleTable caption={t('models.facts')}
        heads={[t('models.fact'), t('models.kind'), t('models.allowed'), t('models.meaning')]}
        rows={inputs.map((input) => ({ key: input.name, cells: [
          ofModel(input.label ?? input.name), typeWords(input.type, words),
          <Allowed key="allowed" type={input.type} />, ofModel(input.description),
        ] }))} />
    </section>
  );
}

function Knowledge({ items, answer }: { items: ModelKnowledge[]; answer: ModelAnswer | null }) {
  const { t } = useWords();
  if (!items.length) return null;
  const traces = answer?.explanation.flatMap(({ tables }) => tables ?? []) ?? [];
  return (
    <section className="stack-l">
      <h2>{t('models.knowledge')}</h2>
      {items.map((item) => (
        <section key={item.name} className="stack">
          <h3><ModelText>{item.label ?? item.name}</ModelText></h3>
          {item.description && <p><ModelText>{item.description}</ModelText></p>}
          <LogicView name={item.name} logic={item.logic} traces={traces} />
        </section>
      ))}
    </section>
  );
}

// Members by their path: 'Person.Age'.
function rowsOfType(item: ItemDefinition, path = ''): { path: string; item: ItemDefinition }[] {
  const own = path ? `${path}.${item.name}` : item.name;
  return [{ path: own, item }, ...(item.members ?? []).flatMap((one) => rowsOfType(one, own))];
}

function Types({ types }: { types: ItemDefinition[] }) {
  const words = useWords();
  const { t } = words;
  if (!types.length) return null;
  const kind = (item: ItemDefinition) => {
    const base = item.type ?? t('models.type.context');
    return item.is_list ? t('models.type.list', { item: base }) : base;
  };
  const typeOf = (item: ItemDefinition): ModelType => {
    const allowed = item.allowed ?? item.constraint;
    return { kind: 'any', text: '', ...(allowed !== undefined && { allowed }) };
  };
  return (
    <section className="stack">
      <h2>{t('models.types')}</h2>
      <SimpleTable caption={t('models.types')}
        heads={[t('models.types'), t('models.kind'), t('models.allowed'), t('models.meaning')]}
        rows={types.flatMap((item) => rowsOfType(item)).map(({ path, item }) => ({ key: path,
          cells: [ofModel(path), kind(item), <Allowed key="allowed" type={typeOf(item)} />,
            ofModel(item.description ?? item.label)] }))} />
    </section>
  );
}

function Sources({ sources }: { sources: SourceOfModel[] }) {
  const { t } = useWords();
  if (!sources.length) return null;
  return (
    <section className="stack">
      <h2>{t('models.sources')}</h2>
      <SimpleTable caption={t('models.sources')}
        heads={[t('common.source'), t('models.kind'), t('models.meaning')]}
        rows={sources.map((source) => ({ key: source.name, cells: [
          source.location?.startsWith('https://')
            ? <a key="to" className="utrecht-link" href={source.location} rel="noreferrer">
                <ModelText>{source.name}</ModelText>
              </a> : ofModel([source.name, source.location].filter(Boolean).join(': ')),
          ofModel(source.type), ofModel(source.description),
        ] }))} />
    </section>
  );
}

// Where a desk asks the questions of this model, and the decision that is about: that goes first.
export function interviewOf(catalogue: Catalogue | undefined, pack: string, model: string):
{ to: string; decision: string | undefined } | undefined {
  for (const { pack: { name }, id, desk } of allDesks(catalogue ?? { packs: [] })) {
    const block = desk.blocks.find((one) => one.kind === 'interview' && one.model === model
      && (one.form?.includes('/') ? one.form.split('/')[0] : name) === pack);
    if (!block) continue;
    return { to: `/overzicht/${name}/${id}#${block.id}`, decision: block.decisions?.[0] };
  }
  return undefined;
}

function Content({ data }: { data: DecisionModel }) {
  const { t, l } = useWords();
  const [typed, setTyped] = useState<Typed>({});
  const [answer, setAnswer] = useState<ModelAnswer | null>(null);
  const { model, pack } = data;
  const asked = interviewOf(useCatalogue().data, pack.name, data.id);
  const main = model.decisions.findIndex(({ name }) => name === asked?.decision);
  const section = (index: number) => {
    const decision = model.decisions[index];
    return decision && (
      <DecisionSection key={decision.name} pack={pack.name} model={data.id} decision={decision}
        index={index} inputs={model.inputs} typed={typed} answer={answer} onAnswer={setAnswer}
        onType={(path, value) => { setTyped((last) => ({ ...last, [path]: value })); }} />
    );
  };
  return (
    <div className="stack-l">
      <p className="small muted">
        {t('models.from', { pack: l(pack.title), version: pack.version, file: model.file })}
      </p>
      {asked && (
        <p>
          <ButtonLink look="primary" to={asked.to}>{t('models.toInterview')}</ButtonLink>
        </p>
      )}
      {main >= 0 && section(main)}
      <Overview model={model} />
      {model.decisions.map((_, index) => (index === main ? null : section(index)))}
      <Knowledge items={model.knowledge} answer={answer} />
      <Inputs inputs={model.inputs} />
      <Types types={model.types} />
      <Sources sources={model.sources} />
    </div>
  );
}

export default function ModelPage({ pack, model }: { pack: string; model: string }) {
  const { t, l } = useWords();
  const titleLang = useModelLang();
  const found = useModel(pack, model);
  if (found.isError) {
    return <ProblemPage error={found.error} onRetry={() => { void found.refetch(); }} />;
  }
  if (!found.data) return <Skeleton hasTitle />;
  const { data } = found;
  return (
    <Page title={data.model.name} titleLang={titleLang}
      lead={data.model.description ? <ModelText>{data.model.description}</ModelText>
        : t('models.lead')}
      crumbs={[{ label: t('packs.title'), to: '/packs' },
        { label: l(data.pack.title), to: `/packs/${pack}` },
        { label: data.model.name, lang: titleLang }]}>
      <Content key={data.pack.hash} data={data} />
    </Page>
  );
}
