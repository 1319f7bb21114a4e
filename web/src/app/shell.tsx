// The frame of every page: skip link, header, navigation, content, foot.
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';

import { useCatalogue, useSession } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { usePath } from '@/lib/router';
import { useOnline } from '@/lib/use_online';
import { Notice } from '@/ui/notice';
import { Header } from './header';
import { Navigation } from './navigation';

function DemoBanner() {
  const { t } = useWords();
  const catalogue = useCatalogue().data;
  const session = useSession().data;
  if (!catalogue?.demo && !session?.demo) return null;
  return (
    <p className="demo-banner" role="note">
      <strong>{t('app.demo')}.</strong> <span>{t('app.demo.text')}</span>
    </p>
  );
}

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const path = usePath();
  const isOnline = useOnline();
  useEffect(() => { setMenuOpen(false); }, [path]);
  return (
    <>
      <a className="utrecht-skip-link" href="#main">{t('app.skip')}</a>
      <DemoBanner />
      <Header isMenuOpen={isMenuOpen} onMenu={() => { setMenuOpen(!isMenuOpen); }} />
      <div className="app-body">
        <Navigation isOpen={isMenuOpen} />
        <main id="main" className="app-main" tabIndex={-1}>
          {!isOnline && (
            <Notice meaning="attention" role="status"><p>{t('app.offline')}</p></Notice>
          )}
          {children}
        </main>
      </div>
      <footer className="app-footer"><p>{t('app.footer')}</p></footer>
    </>
  );
}
