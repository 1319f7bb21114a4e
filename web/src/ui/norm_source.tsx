// Where a norm stands: its framework and theme, and the article of its source.
import type { NormItself } from '@/api/norms';
import { useWords } from '@/lib/i18n';

export function NormSource({ norm }: { norm: NormItself }) {
  const { t, l } = useWords();
  const { title, url } = norm.source;
  const source = norm.article
    ? t('norms.article', { source: l(title), article: norm.article }) : l(title);
  return (
    <p className="small muted">
      {[norm.framework, norm.theme].map((text) => text && `${l(text)}. `)}
      {t('common.source')}: {url ? <a href={url}>{source}</a> : source}
    </p>
  );
}
