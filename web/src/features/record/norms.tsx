// "Normen": what each norm says of the record by its facts, in words and with a sign, what is
// missing, and who judges. Norms that say nothing about this record are folded away.
import { useState } from 'react';

import type { Norm, NormsOfRecord } from '@/api/norms';
import { useNorms } from '@/api/norms';
import { Button } from '@/ui/button';
import { NormSource } from '@/ui/norm_source';
import { ProblemNotice } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';
import { NormOutcome } from './norm_outcome';
import type { NormProps } from './norm_outcome';
import { NormWhy } from './norm_why';
import type { SideProps } from './side';

function NormItem(props: NormProps) {
  const { context, norm } = props;
  const { t, l } = context.words;
  const [isWhy, setWhy] = useState(false);
  return (
    <li className="norm stack-s">
      <h3 className="side-name">{l(norm.title)}</h3>
      {norm.applies === false ? <p className="muted">{t('norms.other')}</p>
        : <NormOutcome context={context} norm={norm} />}
      <NormSource norm={norm} />
      {norm.why && (
        <div className="no-print">
          <Button small onClick={() => { setWhy(true); }}
            aria-label={t('record.whyOf', { name: l(norm.title) })}>{t('record.why')}</Button>
        </div>
      )}
      {isWhy && <NormWhy {...props} onClose={() => { setWhy(false); }} />}
    </li>
  );
}

function NormList(props: SideProps & { told: NormsOfRecord }) {
  const { t } = props.context.words;
  const { items } = props.told;
  const others = items.filter((norm) => norm.applies === false);
  const list = (norms: Norm[]) => (
    <ul className="plain-list norms">
      {norms.map((norm) => <NormItem key={norm.id} {...props} norm={norm} />)}
    </ul>
  );
  return (
    <>
      {others.length < items.length && (
        <>
          <p>{t('norms.lead')}</p>
          {list(items.filter((norm) => norm.applies !== false))}
        </>
      )}
      {others.length > 0 && (
        <details>
          <summary>{t('norms.others', { n: others.length })}</summary>
          {list(others)}
        </details>
      )}
    </>
  );
}

export function Norms(props: SideProps) {
  const { t } = props.context.words;
  const told = useNorms(props.record.id, Boolean(props.form.form.norms));
  if (!props.form.form.norms || (told.data && told.data.items.length === 0)) return null;
  return (
    <section className="stack" aria-labelledby="norms">
      <h2 id="norms">{t('norms.title')}</h2>
      {told.isPending && <Skeleton />}
      {told.isError && (
        <ProblemNotice error={told.error} onRetry={() => { void told.refetch(); }} />
      )}
      {told.data && <NormList {...props} told={told.data} />}
    </section>
  );
}
