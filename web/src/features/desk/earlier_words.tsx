// What stood there the time before, small and under what stands there now.
import type { Words } from '@/lib/i18n';

export function EarlierWords({ words, value }: { words: Words; value: string }) {
  return <span className="earlier small muted">{words.t('grid.before', { value })}</span>;
}
