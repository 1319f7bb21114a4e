// A failed request in words: what is wrong and what to do. Used inside a page and as a page.
import type { ReactNode } from 'react';

import { problemOf } from '@/api/problem';
import { useWords } from '@/lib/i18n';
import type { MessageKey } from '@/lib/i18n';
import { Button, ButtonLink } from './button';
import { Notice } from './notice';
import { Page } from './page';

interface Wording {
  title: MessageKey;
  text: MessageKey;
}

export function wordingOf(status: number): Wording {
  if (status === 0) return { title: 'page.offline', text: 'page.offlineText' };
  if (status === 404) return { title: 'page.notFound', text: 'page.notFoundText' };
  if (status === 401 || status === 403) {
    return { title: 'page.forbidden', text: 'page.forbiddenText' };
  }
  return { title: 'page.error', text: 'page.errorText' };
}

export interface ProblemProps {
  error: unknown;
  onRetry?: () => void;
}

export function ProblemNotice({ error, onRetry }: ProblemProps) {
  const { t } = useWords();
  const problem = problemOf(error);
  const wording = wordingOf(problem.status);
  const isOurs = problem.status >= 500 || problem.status === 0;
  return (
    <Notice meaning="failed" role="alert">
      <p className="strong">{(!isOurs && problem.message) || t(wording.title)}</p>
      <p>{(!isOurs && problem.detail) || t(wording.text)} {isOurs && problem.instance}</p>
      {problem.problems.map((item) => (
        <p key={item.message}>{item.message} {item.hint}</p>
      ))}
      {onRetry && <div><Button small onClick={onRetry}>{t('common.retry')}</Button></div>}
    </Notice>
  );
}

// `children`: what else one can do.
export function ProblemPage({ error, onRetry, children }:
ProblemProps & { children?: ReactNode }) {
  const { t } = useWords();
  const problem = problemOf(error);
  const wording = wordingOf(problem.status);
  const isMissing = problem.status === 404;          // no fault to report, and there to stay
  return (
    <Page title={t(wording.title)} lead={t(wording.text)}>
      <div className="stack">
        {problem.instance && !isMissing && <p><code>{problem.instance}</code></p>}
        <div className="row">
          {onRetry && !isMissing && (
            <Button look="primary" onClick={onRetry}>{t('common.retry')}</Button>
          )}
          <ButtonLink to="/">{t('page.home')}</ButtonLink>
          {problem.status === 401 && (
            <ButtonLink to="/inloggen">{t('nav.signIn')}</ButtonLink>
          )}
          {children}
        </div>
      </div>
    </Page>
  );
}
