// Where a sentence or a table comes from: links to records and figures, or a text of the pack.
import type { LetterSource } from '@/api/letters';
import { formatDate } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { Status } from '@/ui/status';

function addressOf(source: LetterSource): string {
  if (source.kind === 'record') return `/records/${source.ref}`;
  if (source.kind === 'indicator') return `/cijfers/${source.ref}`;
  return `/packs/${source.ref.split('/')[0] ?? ''}`;
}

function SourceLine({ source }: { source: LetterSource }) {
  const { t, lang } = useWords();
  const more = source.on ? t('letters.figureOn', { date: formatDate(source.on, lang) })
    : t('letters.recordVersion', { version: source.version ?? '' });
  return (
    <>
      <Link className="utrecht-link" to={addressOf(source)}>{source.title ?? source.ref}</Link>
      , {more}
    </>
  );
}

const kShown = 3;

export function SourceList({ sources }: { sources: LetterSource[] }) {
  const { t } = useWords();
  if (sources.length === 0) {
    return (
      <p className="small">
        <Status meaning="attention" label={t('letters.noSource')} /> {t('letters.noSourceText')}
      </p>
    );
  }
  if (sources.length <= kShown) {
    return (
      <p className="small muted">
        {t('letters.source')}:{' '}
        {sources.map((source, index) => (
          <span key={source.ref}>{index > 0 && '; '}<SourceLine source={source} /></span>
        ))}
      </p>
    );
  }
  return (
    <details className="small">
      <summary>{t('letters.sources', { count: sources.length })}</summary>
      <ul>
        {sources.map((source) => <li key={source.ref}><SourceLine source={source} /></li>)}
      </ul>
    </details>
  );
}
