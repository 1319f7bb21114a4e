// The frame of one block or figure inside another site: what it shows, and under it where it comes
// from, of which day, and the way to the full page. No header, no menu, no signing in.
import { useEffect } from 'react';
import type { ReactNode } from 'react';

import { useCatalogue } from '@/api/queries';
import { formatDate } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import './embed_frame.css';

export interface EmbedFrameProps {
  title: string;
  isTitleHidden?: boolean;               // what it shows has a visible title of its own
  on?: string;                           // the reference day
  full: string;                          // the address of the full page
  children: ReactNode;
}

export function EmbedFrame({ title, isTitleHidden = false, on, full, children }: EmbedFrameProps) {
  const { t, lang } = useWords();
  const isDemo = useCatalogue().data?.demo ?? false;
  useEffect(() => { document.title = `${title} – Zicht`; }, [title]);
  return (
    <main className="embed stack">
      <h1 className={isTitleHidden ? 'visually-hidden' : 'embed-title'}>{title}</h1>
      {children}
      <footer className="embed-foot small">
        <span>{t('embed.source')}</span>
        {on && <span>{t('embed.on', { on: formatDate(on, lang) })}</span>}
        {isDemo && <strong>{t('app.demo')}</strong>}
        <Link to={full}>{t('embed.full')}</Link>
      </footer>
    </main>
  );
}
