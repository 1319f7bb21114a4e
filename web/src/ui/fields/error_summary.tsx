// All problems of a form on top, each a link to its field. It takes the focus when it appears.
import { useEffect, useId, useRef } from 'react';

import { useWords } from '@/lib/i18n';
import { elementId } from './places';

export interface ErrorSummaryProps {
  errors: ReadonlyMap<string, string>;
  attempt: number;       // grows with every try, so that the focus comes back
  onJump: (path: string) => void;
  idOf?: (path: string) => string;   // of the element that asks it
}

export function ErrorSummary({ errors, attempt, onJump, idOf = elementId }: ErrorSummaryProps) {
  const { t } = useWords();
  const ref = useRef<HTMLDivElement>(null);
  const title = useId();
  useEffect(() => { if (attempt > 0) ref.current?.focus(); }, [attempt]);
  if (!errors.size) return null;
  return (
    <div ref={ref} className="error-summary stack-s" tabIndex={-1} role="alert"
      aria-labelledby={title}>
      <h2 id={title}>
        {errors.size === 1 ? t('form.errorsOne') : t('form.errors', { n: errors.size })}
      </h2>
      <ul>
        {[...errors].map(([path, message]) => (
          <li key={path}>
            <a href={`#${idOf(path)}`} onClick={(event) => {
              event.preventDefault();
              onJump(path);
            }}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
