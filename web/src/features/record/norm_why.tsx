// "Waarom?" of a norm: what was looked at, how a decision came about, and the rule as it stands.
import { stateLabel } from '@/api/metadata';
import type { NormDecision } from '@/api/norms';
import { formatDate } from '@/lib/dates';
import { Link } from '@/lib/router';
import { Dialog } from '@/ui/dialog';
import { NormSource } from '@/ui/norm_source';
import { RuleFacts } from '@/ui/rule_facts';
import { TableLine } from '@/ui/table_line';
import { ModelSentence, ModelText } from '@/ui/values/model_text';
import { ValueText } from '@/ui/values/model_value';
import { NormOutcome } from './norm_outcome';
import type { NormProps } from './norm_outcome';

function DecisionWhy({ context, norm, told }: Pick<NormProps, 'context' | 'norm' | 'told'>) {
  const { t } = context.words;
  const decision = norm.why?.decision;
  if (!decision) return null;
  return (
    <>
      <p className="strong">
        <ModelSentence
          says={decision.outcome === 'unknown' ? 'norms.whyUnknown' : 'norms.whyValue'}
          values={{ decision: <ModelText>{decision.decision}</ModelText>,
            value: <ValueText value={decision.value} /> }} />
      </p>
      {decision.explanation.flatMap((trace) => (trace.tables ?? []).flatMap((table) => [
        <TableLine key={trace.decision + table.table} table={table} />,
        ...table.rules.filter((rule) => rule.matched).flatMap((rule) => (
          (rule.annotations ?? []).filter(Boolean).map((text) => (
            <p key={`${trace.decision}-${String(rule.rule)}-${text}`} className="muted">
              <ModelText>{text}</ModelText>
            </p>
          )))),
      ]))}
      <p>
        <Link to={`/packs/${told.pack.name}/modellen/${decision.model}`}>
          {t('norms.readModel')}
        </Link>
      </p>
    </>
  );
}

function rulesOf(decision?: NormDecision) {
  return decision?.inputs.map(({ name, why }) => ({ name, text: why.rule })) ?? [];
}

export function NormWhy(props: NormProps & { onClose: () => void }) {
  const { context, form, record, norm, told, onClose } = props;
  const { t, l, lang } = context.words;
  const { applies_if: applies, rule, decision } = norm.why ?? {};
  const pack = context.catalogue.packs.find((one) => one.name === told.pack.name);
  const facts = {
    context, form, fields: record.fields,
    state: record.state && l(stateLabel(form, record.state)),
  };
  return (
    <Dialog title={t('norms.whyTitle')} look="drawer" onClose={onClose}>
      <h3>{l(norm.title)}</h3>
      {norm.applies === false ? <p>{t('norms.other')}</p>
        : <NormOutcome context={context} norm={norm} />}
      {applies && <><p>{t('norms.whyApplies')}</p><RuleFacts {...facts} whys={[applies]} /></>}
      {rule && <><p>{t('norms.whyRule')}</p><RuleFacts {...facts} whys={[rule]} /></>}
      {decision && (
        <>
          <p>{t('norms.whyDecision')}</p>
          <RuleFacts {...facts} whys={decision.inputs.map(({ why }) => why)} />
          <DecisionWhy context={context} norm={norm} told={told} />
        </>
      )}
      <details>
        <summary>{t('norms.inFeel')}</summary>
        {applies && <pre className="norm-rule">{applies.rule}</pre>}
        {rule && <pre className="norm-rule">{rule.rule}</pre>}
        {rulesOf(decision).map(({ name, text }) => (
          <pre key={name} className="norm-rule">{name} = {text}</pre>
        ))}
      </details>
      <NormSource norm={norm} />
      <p className="small muted">
        {t('norms.judgedOn', {
          date: formatDate(told.on, lang), pack: pack ? l(pack.title) : told.pack.name,
          version: told.pack.version,
        })}
      </p>
    </Dialog>
  );
}
