// A process as tables: its states, its steps and its deadlines.
import { roleTitle } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import type { Form, Pack, Process, Transition } from '@/api/types';
import { formatPeriod } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { SimpleTable } from '@/ui/simple_table';
import { Status } from '@/ui/status';

function fieldLabel(forms: Form[], id: string, lang: 'nl' | 'en'): string {
  return forms.map((form) => form.fields[id]?.label[lang]).find(Boolean) ?? id;
}

function States({ process }: { process: Process }) {
  const { t, l } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  return (
    <SimpleTable caption={t('packs.states')}
      heads={[t('packs.states'), t('register.turn'), t('work.what')]}
      rows={Object.entries(process.states).map(([id, state]) => ({ key: id, cells: [
        <Status key="state" meaning={state.meaning} label={l(state.label)} />,
        state.turn ? l(roleTitle(catalogue, state.turn)) : '–', l(state.task) || '–',
      ] }))} />
  );
}

function Steps({ pack, process }: { pack: Pack; process: Process }) {
  const { t, l, lang } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  const forms = Object.values(pack.forms);
  const stateName = (id: string) => l(process.states[id]?.label) || id;
  const who = (step: Transition) => (step.automatic ? t('packs.auto')
    : step.roles?.map((role) => l(roleTitle(catalogue, role))).join(', ') ?? '–');
  const needs = (step: Transition) => Object.entries(step.fields ?? {})
    .map(([id, need]) => `${fieldLabel(forms, id, lang)}${
      need === 'required' ? '' : ` ${t('common.optional')}`}`).join(', ');
  return (
    <SimpleTable caption={t('packs.steps')}
      heads={[t('packs.steps'), t('packs.from'), t('packs.to'), t('packs.who'), t('packs.need')]}
      rows={Object.entries(process.transitions).map(([id, step]) => ({ key: id, cells: [
        l(step.label), step.from.map(stateName).join(', '),
        step.to === 'same' ? t('packs.same') : stateName(step.to), who(step), needs(step) || '–',
      ] }))} />
  );
}

// 'field(dated)' and 'entered(open)' in words; a period as people say it.
function useRuleWords(pack: Pack, process: Process) {
  const { l, lang } = useWords();
  const forms = Object.values(pack.forms);
  return (rule: string | undefined): string => {
    const field = /^field\((\w+)\)$/.exec(rule ?? '')?.[1];
    const state = /^entered\(([\w-]+)\)$/.exec(rule ?? '')?.[1];
    if (field) return fieldLabel(forms, field, lang);
    if (state) return l(process.states[state]?.label) || state;
    return rule && rule !== 'none' ? formatPeriod(rule, lang) : '–';
  };
}

function DeadlineRules({ pack, process }: { pack: Pack; process: Process }) {
  const { t, l } = useWords();
  const words = useRuleWords(pack, process);
  const rules = Object.entries(process.deadlines ?? {});
  if (!rules.length) return null;
  const isFull = rules.some(([, rule]) => rule.start ?? rule.term);
  return (
    <SimpleTable caption={t('packs.deadlines')}
      heads={[t('packs.deadlines'), ...(isFull ? [t('packs.start'), t('packs.term')] : [])]}
      rows={rules.map(([id, rule]) => ({ key: id, cells: [
        l(rule.label), ...(isFull ? [words(rule.start), words(rule.term)] : []),
      ] }))} />
  );
}

export function ProcessTables({ pack, process }: { pack: Pack; process: Process }) {
  const { l } = useWords();
  return (
    <section className="stack">
      <h3>{l(process.title)}</h3>
      <States process={process} />
      <Steps pack={pack} process={process} />
      <DeadlineRules pack={pack} process={process} />
    </section>
  );
}
