// Offering the file of a person to another organisation: to whom, what, from when, why, and on
// which legal basis.
import { useState } from 'react';

import { readableForms } from '@/api/metadata';
import { useHandovers, useOffer } from '@/api/handovers';
import { ApiProblem } from '@/api/problem';
import { useCatalogue, useRecord } from '@/api/queries';
import type { RecordView } from '@/api/types';
import { parseDay } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { navigate } from '@/lib/router';
import { Button } from '@/ui/button';
import { Checks } from '@/ui/fields/checks';
import { FieldFrame } from '@/ui/fields/frame';
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

function OfferForm({ record }: { record: RecordView }) {
  const { t, l } = useWords();
  const packs = useCatalogue().data?.packs ?? [];
  const forms = packs.flatMap((pack) => readableForms(pack))
    .filter((ref) => ref.form.subject === 'person');
  const organisations = useHandovers('outgoing').data?.pages[0]?.organisations ?? [];
  const [typed, setTyped] = useState(kNothing);
  const set = (part: Partial<typeof kNothing>) => { setTyped((old) => ({ ...old, ...part })); };
  const offering = useOffer(record.id, () => { navigate('/overdrachten'); });
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
      {offering.isError && <ProblemNotice error={offering.error} />}
      <FieldFrame id="handover-organisation" label={t('handover.to')}>
        <select id="handover-organisation" value={typed.organisation}
          className="utrecht-select utrecht-select--html-select"
          onChange={(event) => { set({ organisation: event.target.value }); }}>
          <option value="">{t('form.choose')}</option>
          {organisations.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
        </select>
      </FieldFrame>
      <Checks id="handover-forms" label={t('handover.forms')} hint={t('handover.formsHint')}
        isRequired={false} chosen={typed.forms}
        options={forms.map((ref) => ({ value: ref.name, label: l(ref.form.plural) }))}
        onChange={(chosen) => { set({ forms: chosen }); }} />
      <TextField id="handover-from" label={t('handover.from')} hint={t('handover.fromHint')}
        isShort isRequired={false} value={typed.from} onChange={(from) => { set({ from }); }} />
      <TextField id="handover-until" label={t('handover.until')} hint={t('handover.untilHint')}
        isShort isRequired={false} value={typed.until}
        onChange={(until) => { set({ until }); }} />
      <TextField id="handover-reason" label={t('handover.reason')}
        hint={t('handover.reasonHint')} isLong value={typed.reason}
        onChange={(reason) => { set({ reason }); }} />
      <TextField id="handover-basis" label={t('handover.basis')} hint={t('handover.basisHint')}
        value={typed.basis} onChange={(basis) => { set({ basis }); }} />
      <label className="check">
        <input id="handover-gives-up" type="checkbox" className="utrecht-checkbox"
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
