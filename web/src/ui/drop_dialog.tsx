// Asking before what was typed is dropped.
import type { ReactNode } from 'react';

import { useWords } from '@/lib/i18n';
import { Button } from './button';
import { Dialog } from './dialog';

export interface DropDialogProps {
  title: string;
  yes: string;
  no?: string;                           // absent: to cancel
  onClose: () => void;
  onDrop: () => void;
  children: ReactNode;                   // what is lost
}

export function DropDialog({ title, yes, no, onClose, onDrop, children }: DropDialogProps) {
  const { t } = useWords();
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{children}</p>
      <div className="row">
        <Button look="primary" onClick={onDrop}>{yes}</Button>
        <Button onClick={onClose}>{no ?? t('common.cancel')}</Button>
      </div>
    </Dialog>
  );
}
