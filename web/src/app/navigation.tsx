// The navigation: desks, registers per pack, work, packs, and what an administrator or auditor has.
import { allDesks, hasLetters } from '@/api/metadata';
import { useMayHandOver } from '@/api/handovers';
import { useBreakRules, useCatalogue, useSession } from '@/api/queries';
import { useWords } from '@/lib/i18n';
import { NavLink } from './nav_link';
import { RegistersMenu } from './registers_menu';
import { useSignOut } from './use_sign_out';

function Desks() {
  const { t, l } = useWords();
  const desks = allDesks(useCatalogue().data ?? { packs: [] });
  if (!desks.length) return null;
  return (
    <>
      <h2 id="nav-desks">{t('nav.desks')}</h2>
      <ul aria-labelledby="nav-desks">
        {desks.map(({ pack, id, desk }, index) => (
          <NavLink key={pack.name + id} to={index === 0 ? '/' : `/overzicht/${pack.name}/${id}`}>
            {l(desk.title)}
          </NavLink>
        ))}
      </ul>
    </>
  );
}

// On a phone the header has no room for these.
function AccountEntries() {
  const { t } = useWords();
  const signOut = useSignOut();
  return (
    <ul className="narrow-only">
      <NavLink to="/account">{t('nav.account')}</NavLink>
      <li>
        <button type="button" className="nav-link nav-button" onClick={signOut}>
          {t('nav.signOut')}
        </button>
      </li>
    </ul>
  );
}

// What only some have; nothing of it for who has none.
function Administration({ roles, mayBreak }: { roles: string[]; mayBreak: boolean }) {
  const { t } = useWords();
  const isAdministrator = roles.includes('administrator');
  const isPrivacyOfficer = roles.includes('privacy-officer');
  const isOverseer = isAdministrator || roles.includes('auditor');
  if (!isOverseer && !isPrivacyOfficer && !mayBreak) return null;
  return (
    <>
      <h2 id="nav-admin">{t('nav.admin')}</h2>
      <ul aria-labelledby="nav-admin">
        {isAdministrator && <NavLink to="/beheer/accounts">{t('nav.accounts')}</NavLink>}
        {isAdministrator && <NavLink to="/beheer/berichten">{t('outbox.title')}</NavLink>}
        {isOverseer && <NavLink to="/beheer/journaal">{t('nav.journal')}</NavLink>}
        {(mayBreak || isPrivacyOfficer)
          && <NavLink to="/noodtoegang">{t('break.title')}</NavLink>}
        {(isOverseer || isPrivacyOfficer)
          && <NavLink to="/beheer/verwerkingsregister">{t('processing.title')}</NavLink>}
        {(isAdministrator || isPrivacyOfficer)
          && <NavLink to="/beheer/bewaartermijnen">{t('retention.title')}</NavLink>}
        {isPrivacyOfficer && <NavLink to="/beheer/leeslog">{t('nav.readLog')}</NavLink>}
      </ul>
    </>
  );
}

export function Navigation({ isOpen }: { isOpen: boolean }) {
  const { t } = useWords();
  const account = useSession().data?.account;
  const roles = account?.roles.map((role) => role.id) ?? [];
  const subject = account?.subject;
  const mayBreak = useBreakRules().length > 0;
  const mayHandOver = useMayHandOver();
  const keepsLetters = hasLetters(useCatalogue().data);
  return (
    <nav id="app-nav" className={isOpen ? 'app-nav is-open' : 'app-nav'}
      aria-label={t('app.navigation')}>
      {roles.length > 0 && (
        <ul>
          <NavLink to="/mijn-werk">{t('nav.work')}</NavLink>
          {(mayHandOver || roles.includes('privacy-officer'))
            && <NavLink to="/overdrachten">{t('handover.title')}</NavLink>}
        </ul>
      )}
      {roles.length > 0 && <AccountEntries />}
      <Desks />
      <RegistersMenu />
      <h2 id="nav-more">{t('nav.more')}</h2>
      <ul aria-labelledby="nav-more">
        <NavLink to="/cijfers">{t('indicators.title')}</NavLink>
        {keepsLetters && <NavLink to="/brieven">{t('letters.title')}</NavLink>}
        <NavLink to="/rondes">{t('rounds.title')}</NavLink>
        <NavLink to="/open-data">{t('openData.title')}</NavLink>
        <NavLink to="/packs">{t('nav.packs')}</NavLink>
        {subject && (
          <NavLink to={`/records/${subject}/gekeken`}>{t('readers.title')}</NavLink>
        )}
      </ul>
      <Administration roles={roles} mayBreak={mayBreak} />
    </nav>
  );
}
