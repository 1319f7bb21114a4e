// A dialog or a drawer on the browser's own <dialog>: it keeps the focus, and Escape closes it.
import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';

import { useWords } from '@/lib/i18n';
import { Button } from './button';

export interface DialogProps {
  title: ReactNode;
  look?: 'dialog' | 'drawer';
  mayClose?: () => boolean;              // asked before closing; false: it stays open
  onClose: () => void;
  children: ReactNode;
}

export function Dialog({ title, look = 'dialog', mayClose = () => true, onClose,
  children }: DialogProps) {
  const { t } = useWords();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => { if (opener instanceof HTMLElement) opener.focus(); };
  }, []);
  // A browser closes at the second Escape in a row without asking: then it is opened again.
  const closed = () => {
    if (mayClose()) onClose();
    else ref.current?.showModal();
  };
  return (
    <dialog ref={ref} className={look} aria-labelledby={titleId} onClose={closed}
      onCancel={(event) => { if (!mayClose()) event.preventDefault(); }}>
      <div className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <Button small look="subtle" onClick={() => {
          if (mayClose()) ref.current?.close();
        }}>{t('app.close')}</Button>
      </div>
      <div className="dialog-body stack">{children}</div>
    </dialog>
  );
}
