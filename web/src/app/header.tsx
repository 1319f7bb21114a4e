// The header: brand, for whom one acts, my work with its count, language, account, menu.
import { useSession, useTasks } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
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
