// Copying the page's address, printing it, and putting a part of it in another site.
import { useState } from 'react';

import { embedSnippet, isEmbedded } from '@/lib/embed';
import { useWords } from '@/lib/i18n';
import { Button } from './button';

export interface EmbedButtonProps {
  path: () => string;                    // of the full page, with what is chosen there now
  title: string;
}

// Absent inside another site: that has it already.
export function EmbedButton({ path, title }: EmbedButtonProps) {
  const { t } = useWords();
  const [isCopied, setCopied] = useState(false);
  if (isEmbedded()) return null;
  const copy = () => {
    void navigator.clipboard.writeText(embedSnippet(window.location.origin, path(), title))
      .then(() => { setCopied(true); });
  };
  return (
    <>
      <Button small look="subtle" onClick={copy}>{t('embed.button')}</Button>
      <span className="small muted" role="status">{isCopied && t('embed.copied')}</span>
    </>
  );
}

export function ShareTools({ embed }: { embed?: EmbedButtonProps }) {
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
      {embed && <EmbedButton {...embed} />}
    </>
  );
}
