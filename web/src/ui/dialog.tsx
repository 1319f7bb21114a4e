// A dialog or a drawer on the browser's own <dialog>: it keeps the focus, and Escape closes it.
import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';

import { useWords } from '@/lib/i18n';
import { Button } from './button';

export interface DialogProps {
  title: ReactNode;
  look?: 'dialog' | 'drawer';
  onClose: () => void;
  children: ReactNode;
}

export function Dialog({ title, look = 'dialog', onClose, children }: DialogProps) {
  const { t } = useWords();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => { if (opener instanceof HTMLElement) opener.focus(); };
  }, []);
  return (
    <dialog ref={ref} className={look} aria-labelledby={titleId} onClose={onClose}>
      <div className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <Button small look="subtle" onClick={() => ref.current?.close()}>{t('app.close')}</Button>
      </div>
      <div className="dialog-body stack">{children}</div>
    </dialog>
  );
}
