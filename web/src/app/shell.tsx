// The frame of every page: skip link, header, navigation, content, foot.
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';

import { useCatalogue, useSession } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { Link, navigate, usePath } from '@/lib/router';
import { useHotkeys } from '@/lib/use_hotkeys';
import { useOnline } from '@/lib/use_online';
import { Notice } from '@/ui/notice';
import { kSearchPath } from '@/ui/search_form';
import { FromAnywhere } from './from_anywhere';
import { Header } from './header';
import { Navigation } from './navigation';
import { PurposePicker } from './purpose';

function DemoBanner() {
  const { t } = useWords();
  const catalogue = useCatalogue().data;
  const session = useSession().data;
  if (!catalogue?.demo && !session?.demo) return null;
  return (
    <p className="demo-banner" role="note">
      <strong>{t('app.demo')}.</strong>{' '}
      {session?.demo && <span>{t('app.demo.account')} </span>}
      <span>{t('app.demo.text')}</span>
    </p>
  );
}

// To the words of this page, else to those of the header, else to the page that asks for them.
function goSearch(): void {
  const fields = [...document.querySelectorAll<HTMLElement>('main [type=search], [type=search]')];
  const field = fields.sort((a, b) => Number(Boolean(b.closest('main')))
    - Number(Boolean(a.closest('main')))).find((one) => one.checkVisibility());
  if (field) field.focus();
  else navigate(kSearchPath);
}

const kKeys = { '/': goSearch };

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const path = usePath();
  const isOnline = useOnline();
  useEffect(() => { setMenuOpen(false); }, [path]);
  useHotkeys(kKeys);
  return (
    <>
      <a className="utrecht-skip-link" href="#main">{t('app.skip')}</a>
      <DemoBanner />
      <Header isMenuOpen={isMenuOpen} onMenu={() => { setMenuOpen(!isMenuOpen); }} />
      <PurposePicker />
      <div className="app-body">
        <Navigation isOpen={isMenuOpen} />
        <main id="main" className="app-main" tabIndex={-1}>
          {!isOnline && (
            <Notice meaning="attention" role="status"><p>{t('app.offline')}</p></Notice>
          )}
          {children}
        </main>
      </div>
      <footer className="app-footer">
        <p>{t('app.footer')}</p>
        <p className="row">
          <FromAnywhere />
          <Link className="utrecht-link" to="/open-data">{t('openData.title')}</Link>
        </p>
      </footer>
    </>
  );
}
