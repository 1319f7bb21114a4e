// What one norm says of a record, in words and with a sign, and where the norm stands.
import type { Norm, NormsOfRecord } from '@/api/norms';
import type { Meaning } from '@/api/types';
import { joinWords } from '@/lib/format';
import { Status } from '@/ui/status';
import type { SideProps } from './side';

// Yes and no have the same sign: that a person has to judge. "Done" and "failed" are judgements.
const kMeanings = {
  yes: 'running', no: 'running', unknown: 'unknown', withheld: 'unknown',
} as const;

export type NormProps = SideProps & { norm: Norm; told: NormsOfRecord };

// Yes, no, unknown; withheld where the reader does not see what it rests on.
function outcomeOf(norm: Norm): keyof typeof kMeanings {
  return norm.withheld ? 'withheld' : norm.outcome ?? 'unknown';
}

export function NormOutcome({ context, norm }: Pick<NormProps, 'context' | 'norm'>) {
  const { t, l, lang } = context.words;
  const outcome = outcomeOf(norm);
  const missing = norm.missing ?? [];
  const isJudged = outcome === 'yes' || outcome === 'no';
  const meaning: Meaning = kMeanings[outcome];
  return (
    <>
      <p><Status meaning={meaning} label={t(`norms.${outcome}`)} /></p>
      {isJudged && (
        <p>{t('norms.ready', {
          roles: joinWords(norm.judges.map(({ title }) => l(title)), lang),
        })}</p>
      )}
      {missing.length > 0 && (
        <p>{t('norms.missing', {
          labels: joinWords(missing.map(({ label }) => l(label)), lang),
        })}</p>
      )}
      {norm.errors?.map((error) => <p key={error.nl}>{l(error)}</p>)}
      {norm.withheld && <p>{t('norms.hidden')}</p>}
    </>
  );
}
