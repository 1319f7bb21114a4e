// Signing in: name and password, and a code when the account asks for one.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { post, setCsrfToken } from '@/api/client';
import { problemOf } from '@/api/problem';
import type { ApiProblem } from '@/api/problem';
import { keys, useSession } from '@/api/queries';
import type { Session } from '@/api/types';
import { useWords } from '@/lib/i18n';
import type { Words } from '@/lib/i18n';
import { navigate } from '@/lib/router';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/fields/text_field';
import { Notice } from '@/ui/notice';
import { Page } from '@/ui/page';

const kCodeNeeded = 'AP-0041';

interface Credentials {
  login: string;
  password: string;
  code: string;
}

function messageOf(problem: ApiProblem, { t }: Words): string {
  if (problem.id === kCodeNeeded) return t('signIn.codeNeeded');
  if (problem.status === 429) return t('signIn.locked', { n: problem.retryAfterS || 60 });
  if (problem.status === 0) return t('page.offlineText');
  return problem.status === 401 ? t('signIn.wrong') : problem.detail || t('signIn.wrong');
}

function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ code, ...rest }: Credentials) => (
      post<Session>('/v1/session', code.trim() ? { ...rest, code: code.trim() } : rest)),
    onSuccess: (session) => {
      setCsrfToken(session.csrf_token);
      queries.removeQueries();
      queries.setQueryData(keys.session, session);
      navigate(session.account?.must_change_password ? '/account' : '/mijn-werk');
    },
  });
}

export default function SignInPage() {
  const words = useWords();
  const { t } = words;
  const account = useSession().data?.account;
  const signIn = useSignIn();
  const [typed, setTyped] = useState<Credentials>({ login: '', password: '', code: '' });
  const notice = useRef<HTMLDivElement>(null);
  const problem = signIn.error ? problemOf(signIn.error) : null;
  const asksCode = problem?.id === kCodeNeeded || typed.code !== '';
  useEffect(() => {
    if (!problem) return;
    if (problem.id === kCodeNeeded) document.getElementById('code')?.focus();
    else notice.current?.focus();
  }, [problem]);
  const set = (part: Partial<Credentials>) => { setTyped((old) => ({ ...old, ...part })); };
  return (
    <Page title={t('signIn.title')} lead={t('signIn.lead')} crumbs={[{ label: t('signIn.title') }]}>
      <form className="form" noValidate onSubmit={(event) => {
        event.preventDefault();
        if (!signIn.isPending) signIn.mutate(typed);
      }}>
        {account && (
          <Notice meaning="done" role="status">
            <p>{t('signIn.done', { name: account.name })}</p>
          </Notice>
        )}
        {problem && (
          <div ref={notice} tabIndex={-1}>
            <Notice meaning={problem.id === kCodeNeeded ? 'running' : 'failed'} role="alert">
              <p>{messageOf(problem, words)}</p>
            </Notice>
          </div>
        )}
        <TextField id="login" label={t('signIn.login')} value={typed.login}
          autoComplete="username" onChange={(login) => { set({ login }); }} />
        <TextField id="password" label={t('signIn.password')} value={typed.password}
          type="password" autoComplete="current-password"
          onChange={(password) => { set({ password }); }} />
        {asksCode && (
          <TextField id="code" label={t('signIn.code')} hint={t('signIn.codeHint')} isShort
            value={typed.code} inputMode="numeric" autoComplete="one-time-code"
            onChange={(code) => { set({ code }); }} />
        )}
        <div><Button type="submit" look="primary">{t('signIn.send')}</Button></div>
      </form>
    </Page>
  );
}
