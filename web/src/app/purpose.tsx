// What somebody is here for. Some records open only for a purpose; it is asked once per session.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { currentPurpose, setPurpose } from '@/api/client';
import { useCatalogue } from '@/api/queries';
import { useWords } from '@/lib/i18n';

export function PurposePicker() {
  const { t, l } = useWords();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState(currentPurpose);
  const packs = useCatalogue().data?.packs ?? [];
  const purposes = packs.flatMap((pack) => Object.entries(pack.purposes ?? {}));
  if (!purposes.length) return null;
  const choose = (purpose: string) => {
    setPurpose(purpose);
    setChosen(purpose);
    void queries.invalidateQueries();
  };
  return (
    <p className="purpose-picker no-print">
      <label htmlFor="purpose">{t('purpose.label')}</label>{' '}
      <select id="purpose" className="utrecht-select utrecht-select--html-select" value={chosen}
        onChange={(event) => { choose(event.target.value); }}>
        <option value="">{t('purpose.none')}</option>
        {purposes.map(([id, title]) => <option key={id} value={id}>{l(title)}</option>)}
      </select>
    </p>
  );
}
