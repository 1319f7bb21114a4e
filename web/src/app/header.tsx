// The header: brand, for whom one acts, my work with its count, language, account, menu.
import { useSession, useTasks } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { Link, usePath } from '@/lib/router';
import { kSearchPath, SearchForm } from '@/ui/search_form';
import { useSignOut } from './use_sign_out';

function Brand() {
  return (
    <Link to="/" className="brand">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path d="M3 16c4.2-6.5 8.6-9.2 13-9.2S24.8 9.5 29 16" fill="none"
          stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
        <circle cx="16" cy="16.5" r="4" fill="currentColor" />
        <path d="M3 24h26" stroke="var(--zicht-color-accent)" strokeWidth="2.5"
          strokeLinecap="round" />
      </svg>
      Zicht
    </Link>
  );
}

function WorkLink() {
  const { t } = useWords();
  const tasks = useTasks(true).data?.pages[0];
  const count = tasks?.count_hint ?? tasks?.items.length ?? 0;
  return (
    <Link to="/mijn-werk" className="header-link">
      {t('nav.work')} {count > 0 && <span className="count">{count > 98 ? '99+' : count}</span>}
    </Link>
  );
}

function AccountLinks() {
  const { t } = useWords();
  const account = useSession().data?.account;
  const signOut = useSignOut();
  if (!account) {
    return <Link to="/inloggen" className="header-link">{t('nav.signIn')}</Link>;
  }
  return (
    <>
      <WorkLink />
      <Link to="/account" className="header-link wide-only">{account.name}</Link>
      <button type="button" className="header-link wide-only" onClick={signOut}>
        {t('nav.signOut')}
      </button>
    </>
  );
}

// The words in the header where it has room; else the way to the page that asks for them. On that
// page itself neither: one form is enough.
function Search() {
  const { t } = useWords();
  if (usePath() === kSearchPath) return null;
  return (
    <>
      <div className="header-search"><SearchForm id="header-search" isLabelHidden /></div>
      <Link to={kSearchPath} className="header-link header-search-link">
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="8.5" cy="8.5" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" />
          <path d="M12.8 12.8L18 18" stroke="currentColor" strokeWidth="2"
            strokeLinecap="round" />
        </svg>
        <span className="search-word">{t('filter.search')}</span>
      </Link>
    </>
  );
}

export interface HeaderProps {
  isMenuOpen: boolean;
  onMenu: () => void;
}

export function Header({ isMenuOpen, onMenu }: HeaderProps) {
  const { t, lang, setLang } = useWords();
  const account = useSession().data?.account;
  const other = lang === 'nl' ? 'en' : 'nl';
  return (
    <header className="app-header">
      <Brand />
      {account && <span className="acting-for">{account.organisation.name}</span>}
      <div className="header-tools">
        <Search />
        <AccountLinks />
        <button type="button" className="header-link" lang={other}
          aria-label={t('app.language.label')} onClick={() => { setLang(other); }}>
          {t('app.language')}
        </button>
        <button type="button" className="header-link menu-button" aria-expanded={isMenuOpen}
          aria-controls="app-nav" onClick={onMenu}>{t('app.menu')}</button>
      </div>
    </header>
  );
}
