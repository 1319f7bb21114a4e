// What somebody is here for. Some records open only for a purpose; it is asked once per session.
import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

import { currentPurpose, kEmergency, onPurpose, setPurpose } from '@/api/client';
import { useCatalogue } from '@/api/queries';
import { useOpenBreaks } from '@/features/emergency/breaks';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Notice } from '@/ui/notice';

export function PurposePicker() {
  const { t, l } = useWords();
  const queries = useQueryClient();
  const chosen = useSyncExternalStore(onPurpose, currentPurpose);
  const hasBreaks = useOpenBreaks().length > 0;
  const packs = useCatalogue().data?.packs ?? [];
  const purposes = packs.flatMap((pack) => Object.entries(pack.purposes ?? {}));
  const isEmergency = chosen === kEmergency;
  if (!purposes.length && !hasBreaks && !isEmergency) return null;
  const choose = (purpose: string) => {
    setPurpose(purpose);
    void queries.invalidateQueries();
  };
  return (
    <>
      <p className="purpose-picker no-print">
        <label htmlFor="purpose">{t('purpose.label')}</label>{' '}
        <select id="purpose" className="utrecht-select utrecht-select--html-select" value={chosen}
          onChange={(event) => { choose(event.target.value); }}>
          <option value="">{t('purpose.none')}</option>
          {purposes.map(([id, title]) => <option key={id} value={id}>{l(title)}</option>)}
          {(hasBreaks || isEmergency) && <option value={kEmergency}>{t('break.title')}</option>}
        </select>
      </p>
      {isEmergency && (
        <Notice meaning="attention">
          <p>{t('break.banner')} <Link to="/noodtoegang">{t('break.goEnd')}</Link></p>
        </Notice>
      )}
    </>
  );
}
