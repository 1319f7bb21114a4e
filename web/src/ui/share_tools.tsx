// Copying the page's address and printing it.
import { useState } from 'react';

import { useWords } from '@/lib/i18n';
import { Button } from './button';

export function ShareTools() {
  const { t } = useWords();
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(window.location.href).then(() => { setCopied(true); });
  };
  return (
    <>
      <Button small look="subtle" onClick={copy}>{t('common.share')}</Button>
      <Button small look="subtle" onClick={() => { window.print(); }}>{t('common.print')}</Button>
      <span className="small muted" role="status">{isCopied && t('common.shared')}</span>
    </>
  );
}
