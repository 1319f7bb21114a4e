// The questions of a form, one below the other; on a phone one at a time.
import type { ReactNode } from 'react';

import { useWords } from '@/lib/i18n';
import { Button } from '@/ui/button';

export interface Question {
  id: string;
  content: ReactNode;
}

export interface FormFieldsProps {
  questions: Question[];
  isOneByOne: boolean;
  at: number;
  onMove: (at: number) => void;
}

export function FormFields({ questions, isOneByOne, at, onMove }: FormFieldsProps) {
  const { t } = useWords();
  if (!isOneByOne) return <>{questions.map(({ id, content }) => <div key={id}>{content}</div>)}</>;
  const total = questions.length;
  return (
    <div className="stack">
      <p className="muted small" role="status">{t('form.step', { n: at + 1, total })}</p>
      {questions.map(({ id, content }, index) => (
        <div key={id} hidden={index !== at}>{content}</div>
      ))}
      <div className="row">
        {at > 0 && (
          <Button onClick={() => { onMove(at - 1); }}>{t('form.previous')}</Button>
        )}
        {at < total - 1 && (
          <Button look="primary" onClick={() => { onMove(at + 1); }}>{t('form.next')}</Button>
        )}
      </div>
    </div>
  );
}
