// Offering the file of a person to another organisation: to whom, what, from when, why, and on
// which legal basis.
import { useState } from 'react';

import { readableForms } from '@/api/metadata';
import { useHandovers, useOffer } from '@/api/handovers';
import { ApiProblem, problemsInOrder } from '@/api/problem';
import { useCatalogue, useRecord } from '@/api/queries';
import type { RecordView } from '@/api/types';
import { parseDay } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { navigate } from '@/lib/router';
import { Button } from '@/ui/button';
import { Checks } from '@/ui/fields/checks';
import { ErrorSummary } from '@/ui/fields/error_summary';
import { FieldFrame, describedBy } from '@/ui/fields/frame';
import { elementId, focusOn } from '@/ui/fields/places';
import { TextField } from '@/ui/fields/text_field';
import { Page } from '@/ui/page';
import { ProblemNotice, ProblemPage } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';

const kNothing = {
  organisation: '', forms: [] as string[], from: '', until: '', gives_up: false, reason: '',
  basis: '',
};

// As it was typed when it is no day: the server says what is wrong.
const dayOf = (typed: string) => parseDay(typed) ?? typed;

// In the order in which they are asked.
const kPlaces = ['organisation', 'forms', 'from', 'until', 'reason', 'basis'];

interface ReceiverProps {
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

// To whom, of those that the server names.
function Receiver({ value, error, onChange }: ReceiverProps) {
  const { t } = useWords();
  const outgoing = useHandovers('outgoing');
  const id = elementId('organisation');
  if (outgoing.isError) {
    return <ProblemNotice error={outgoing.error} onRetry={() => void outgoing.refetch()} />;
  }
  const organisations = outgoing.data?.pages[0]?.organisations ?? [];
  return (
    <FieldFrame id={id} label={t('handover.to')} error={error}>
      <select id={id} value={value} disabled={outgoing.isPending} aria-required
        aria-invalid={error ? true : undefined} aria-describedby={describedBy({ id, error })}
        className={`utrecht-select utrecht-select--html-select${
          error ? ' utrecht-select--invalid' : ''}`}
        onChange={(event) => { onChange(event.target.value); }}>
        <option value="">{t(outgoing.isPending ? 'app.loading' : 'form.choose')}</option>
        {organisations.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
      </select>
    </FieldFrame>
  );
}

function OfferForm({ record }: { record: RecordView }) {
  const { t, l } = useWords();
  const packs = useCatalogue().data?.packs ?? [];
  const forms = packs.flatMap((pack) => readableForms(pack))
    .filter((ref) => ref.form.subject === 'person');
  const [typed, setTyped] = useState(kNothing);
  const set = (part: Partial<typeof kNothing>) => { setTyped((old) => ({ ...old, ...part })); };
  const offering = useOffer(record.id, () => { navigate('/overdrachten'); });
  const errors = problemsInOrder(offering.error, kPlaces);
  return (
    <form className="form" noValidate onSubmit={(event) => {
      event.preventDefault();
      const { forms: chosen, from, until, ...rest } = typed;
      offering.mutate({
        ...rest, ...(chosen.length ? { forms: chosen } : {}),
        ...(from.trim() ? { from: dayOf(from) } : {}),
        ...(until.trim() ? { until: dayOf(until) } : {}),
      });
    }}>
      {offering.isError && !errors.size && <ProblemNotice error={offering.error} />}
      <ErrorSummary errors={errors} attempt={offering.isError ? offering.submittedAt : 0}
        onJump={focusOn} />
      <Receiver value={typed.organisation} error={errors.get('organisation')}
        onChange={(organisation) => { set({ organisation }); }} />
      <Checks id={elementId('forms')} label={t('handover.forms')} hint={t('handover.formsHint')}
        error={errors.get('forms')} isRequired={false} chosen={typed.forms}
        options={forms.map((ref) => ({ value: ref.name, label: l(ref.form.plural) }))}
        onChange={(chosen) => { set({ forms: chosen }); }} />
      <TextField id={elementId('from')} label={t('handover.from')} hint={t('handover.fromHint')}
        error={errors.get('from')} isShort isRequired={false} value={typed.from}
        onChange={(from) => { set({ from }); }} />
      <TextField id={elementId('until')} label={t('handover.until')} hint={t('handover.untilHint')}
        error={errors.get('until')} isShort isRequired={false} value={typed.until}
        onChange={(until) => { set({ until }); }} />
      <TextField id={elementId('reason')} label={t('handover.reason')}
        error={errors.get('reason')} hint={t('handover.reasonHint')} isLong value={typed.reason}
        onChange={(reason) => { set({ reason }); }} />
      <TextField id={elementId('basis')} label={t('handover.basis')} hint={t('handover.basisHint')}
        error={errors.get('basis')} value={typed.basis} onChange={(basis) => { set({ basis }); }} />
      <label className="check">
        <input id={elementId('gives_up')} type="checkbox" className="utrecht-checkbox"
          checked={typed.gives_up}
          onChange={(event) => { set({ gives_up: event.target.checked }); }} />
        {t('handover.givesUpAsk')}
      </label>
      <div>
        <Button type="submit" look="primary" disabled={offering.isPending}>
          {t('handover.offer')}
        </Button>
      </div>
    </form>
  );
}

export default function OfferPage({ id }: { id: string }) {
  const { t } = useWords();
  const record = useRecord(id);
  if (record.isPending) return <Skeleton hasTitle lines={9} />;
  if (record.isError) {
    return <ProblemPage error={record.error} onRetry={() => void record.refetch()} />;
  }
  const may = record.data.actions?.some((action) => action.kind === 'hand_over');
  if (!may) return <ProblemPage error={new ApiProblem(403, {})} />;
  return (
    <Page title={t('handover.offerTitle')} lead={t('handover.offerLead')}
      crumbs={[{ label: record.data.title, to: `/records/${id}` },
        { label: t('handover.offerTitle') }]}>
      <OfferForm record={record.data} />
    </Page>
  );
}
