// What stands in for content that is on its way; CSS keeps it invisible for the first 200 ms.
import { useWords } from '@/lib/i18n';

export function Skeleton({ lines = 6, hasTitle = false }: { lines?: number; hasTitle?: boolean }) {
  const { t } = useWords();
  return (
    <div className="skeleton" role="status" aria-label={t('app.loading')}>
      {hasTitle && <span className="skeleton-title" />}
      {Array.from({ length: lines }, (_, index) => <span key={index} />)}
    </div>
  );
}
