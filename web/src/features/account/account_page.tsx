// My account: who I am here, signing in with a code, my password, and how pages look.
import { useState } from 'react';

import { useSession } from '@/api/queries';
import { ApiProblem } from '@/api/problem';
import { useWords } from '@/lib/i18n';
import { applyTheme, storedTheme } from '@/lib/theme';
import type { Theme } from '@/lib/theme';
import { Notice } from '@/ui/notice';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import { MailPanel } from './mail_panel';
import { PasswordForm } from './password_form';
import { TotpPanel } from './totp_panel';

const kThemes: Theme[] = ['system', 'light', 'dark'];

function ThemeChoice() {
  const { t } = useWords();
  const [theme, setTheme] = useState(storedTheme());
  return (
    <fieldset className="field">
      <legend className="field-label">{t('app.theme')}</legend>
      {kThemes.map((one) => (
        <label key={one} className="check">
          <input type="radio" name="theme" className="utrecht-checkbox" checked={theme === one}
            onChange={() => {
              setTheme(one);
              applyTheme(one);
            }} />
          {t(`app.theme.${one}`)}
        </label>
      ))}
    </fieldset>
  );
}

export default function AccountPage() {
  const { t, l } = useWords();
  const account = useSession().data?.account;
  if (!account) return <ProblemPage error={new ApiProblem(401, {})} />;
  return (
    <Page title={t('account.title')} crumbs={[{ label: t('account.title') }]}
      lead={t('account.lead', { name: account.name, organisation: account.organisation.name })}>
      <div className="stack-l">
        {account.must_change_password && (
          <Notice meaning="attention"><p>{t('account.mustChange')}</p></Notice>
        )}
        <section className="stack-s">
          <h2>{t('account.roles')}</h2>
          <ul>
            {account.roles.map((role) => <li key={role.id}>{l(role.title)}</li>)}
          </ul>
        </section>
        <TotpPanel isOn={account.totp} />
        <PasswordForm />
        <MailPanel />
        <section className="stack-s">
          <h2>{t('account.preferences')}</h2>
          <ThemeChoice />
        </section>
      </div>
    </Page>
  );
}
