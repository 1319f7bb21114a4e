// To whom the file of this person is handed over or offered, and handing it over.
import { useHandoversOf } from '@/api/handovers';
import type { Handover } from '@/api/handovers';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { ButtonLink } from '@/ui/button';
import { handoverLabel, handoverMeaning } from '@/ui/handover_status';
import { Status } from '@/ui/status';
import type { SideProps } from './side';

const isStanding = ({ state }: Handover) => state === 'offered' || state === 'accepted';

export function HandoverPanel({ form, record }: SideProps) {
  const { t } = useWords();
  const isOfHandover = form.form.may.includes('hand_over');
  const standing = (useHandoversOf(record.id, isOfHandover).data?.items ?? []).filter(isStanding);
  const may = record.actions?.some((action) => action.kind === 'hand_over');
  // Where nobody may hand over any more, who may change the record still takes it back.
  const isLeft = !isOfHandover && form.form.may.includes('change')
    && record.handed_to !== undefined;
  if (!may && !standing.length && !record.given_up && !isLeft) return null;
  return (
    <section className="panel stack-s" aria-labelledby="handover">
      <h2 id="handover" className="side-title">{t('handover.panel')}</h2>
      {record.given_up && <p>{t('handover.givenUp')}</p>}
      {isLeft && <p><Link to="/overdrachten">{t('handover.title')}</Link></p>}
      {standing.length > 0 && (
        <ul className="plain-list stack-s">
          {standing.map((item) => (
            <li key={item.id}>
              <Link to="/overdrachten">
                {t('handover.between', { keeper: item.keeper.name, receiver: item.receiver.name })}
              </Link>{' '}
              <Status meaning={handoverMeaning(item)} label={t(handoverLabel(item))} />
            </li>
          ))}
        </ul>
      )}
      {may && (
        <div className="no-print">
          <ButtonLink look="subtle" to={`/records/${record.id}/overdragen`}>
            {t('handover.start')}
          </ButtonLink>
        </div>
      )}
    </section>
  );
}
