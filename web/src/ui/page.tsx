// The frame of a page: breadcrumb, one h1, a line that answers the page's question, content.
// A new page takes the title of the window and the focus, as a loaded page would.
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

import type { Lang } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { Link, startOfPage, usePath } from '@/lib/router';

export interface Crumb {
  label: string;
  to?: string;
  lang?: Lang | undefined;               // as titleLang
}

export interface PageProps {
  title: string;
  titleLang?: Lang | undefined;          // of a title that is not in the language of the page
  lead?: ReactNode;
  crumbs?: Crumb[];
  tools?: ReactNode;
  children?: ReactNode;
}

function Breadcrumb({ crumbs }: { crumbs: Crumb[] }) {
  const { t } = useWords();
  return (
    <nav aria-label={t('app.breadcrumb')} className="no-print">
      <ol className="breadcrumb">
        <li><Link to="/">{t('app.home')}</Link></li>
        {crumbs.map((crumb) => (
          <li key={crumb.label}>
            {crumb.to ? <Link to={crumb.to}>{crumb.label}</Link>
              : <span aria-current="page" lang={crumb.lang}>{crumb.label}</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

let lastFocusedPath: string | null = null;

export function Page({ title, titleLang, lead, crumbs = [], tools, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const path = usePath();
  useEffect(() => { document.title = `${title} – Zicht`; }, [title]);
  useEffect(() => {
    const isFirst = lastFocusedPath === null;
    if (lastFocusedPath === path) return;
    lastFocusedPath = path;
    if (isFirst) return;
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, startOfPage());
  }, [path]);
  return (
    <>
      <header className="page-head">
        {crumbs.length > 0 && <Breadcrumb crumbs={crumbs} />}
        <div className="row-wide">
          <h1 ref={heading} tabIndex={-1} lang={titleLang}>{title}</h1>
          {tools && <div className="row push no-print">{tools}</div>}
        </div>
        {lead && <p className="page-lead">{lead}</p>}
      </header>
      {children}
    </>
  );
}
