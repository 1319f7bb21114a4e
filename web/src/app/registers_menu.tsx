// The registers in the navigation, by pack, behind one button: there are many. Closed at first,
// open on the page of a register or a record, and as one left it for as long as this tab lives.
import { useEffect, useState } from 'react';

import { readableForms } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import type { Pack } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { usePath } from '@/lib/router';
import { recall, remember } from '@/lib/storage';
import { NavLink } from './nav_link';

const kKept = 'nav.registers';

function PackRegisters({ pack }: { pack: Pack }) {
  const { l } = useWords();
  const id = `nav-registers-${pack.name}`;
  return (
    <>
      <h3 id={id}>{l(pack.title)}</h3>
      <ul aria-labelledby={id}>
        {readableForms(pack).map((ref) => (
          <NavLink key={ref.name} to={`/registers/${ref.name}`}>{l(ref.form.plural)}</NavLink>
        ))}
      </ul>
    </>
  );
}

export function RegistersMenu() {
  const { t } = useWords();
  const isHere = /^\/(registers|records)\//.test(usePath());
  const [isOpen, setOpen] = useState(() => isHere || recall(kKept, false, 'session'));
  useEffect(() => { if (isHere) setOpen(true); }, [isHere]);
  const packs = (useCatalogue().data?.packs ?? [])
    .filter((pack) => readableForms(pack).length > 0);
  if (!packs.length) return null;
  const toggle = () => {
    setOpen(!isOpen);
    remember(kKept, !isOpen, 'session');
  };
  return (
    <>
      <h2 className="nav-toggle-title">
        <button type="button" className="nav-toggle" aria-expanded={isOpen}
          aria-controls="nav-registers" onClick={toggle}>
          {t('nav.registers')}
          <svg viewBox="0 0 12 12" aria-hidden="true">
            <path d="M2 4l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.75" />
          </svg>
        </button>
      </h2>
      <div id="nav-registers" hidden={!isOpen}>
        {packs.map((pack) => <PackRegisters key={pack.name} pack={pack} />)}
      </div>
    </>
  );
}
