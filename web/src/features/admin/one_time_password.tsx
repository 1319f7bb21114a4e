// A password that the server tells once.
import { useWords } from '@/lib/i18n';
import { Notice } from '@/ui/notice';

export interface OneTimePasswordProps {
  login: string | undefined;
  password: string | undefined;
}

export function OneTimePassword({ login = '', password }: OneTimePasswordProps) {
  const { t } = useWords();
  if (!password) return null;
  return (
    <Notice meaning="done" role="status">
      <p>{t('admin.once', { login })}</p>
      <p><code className="totp-key">{password}</code></p>
      <p>{t('admin.onceHow')}</p>
    </Notice>
  );
}
