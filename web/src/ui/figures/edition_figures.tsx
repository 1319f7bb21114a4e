// An edition: figures that were counted, protected and frozen, and stay as they were published.
// Each indicator with all that belongs to it; beside the edition before only where that can be
// compared, and nothing made of the difference.
import { useId } from 'react';

import { fetchOpenFile } from '@/api/client';
import type { FrozenFigures, FrozenIndicator } from '@/api/indicators';
import type { References } from '@/api/types';
import { formatDate, formatMoment, formatWindow } from '@/lib/dates';
import { formatDecimal } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import type { Words } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { FileMenu } from '../file_menu';
import { Notice } from '../notice';
import { DimensionSection } from './dimension_section';
import { EditionChanges } from './edition_changes';
import { FigureFacts } from './figure_facts';
import { doubtsOf, numberText } from './figure_words';
import './figures.css';

export interface EditionFiguresProps {
  title: string;
  edition: FrozenFigures;
  references: References;
  file?: string | undefined;             // where its figures can be taken
}

function EditionFacts({ edition, references }: Pick<EditionFiguresProps, 'edition'
  | 'references'>) {
  const { t, lang } = useWords();
  const { before, corrects, released } = edition;
  return (
    <dl className="facts">
      <div><dt>{t('indicators.on')}</dt><dd>{formatDate(edition.on, lang)}</dd></div>
      <div>
        <dt>{t('editions.knownAt')}</dt>
        <dd>{t('editions.knownOn', { date: formatMoment(edition.known_at, lang) })}</dd>
      </div>
      <div>
        <dt>{t('editions.released')}</dt>
        <dd>{released ? formatMoment(released, lang) : t('editions.notReleased')}</dd>
      </div>
      {corrects && (
        <div>
          <dt>{t('editions.corrects')}</dt>
          <dd>
            <Link className="utrecht-link" to={`/records/${corrects}`}>
              {references[corrects]?.title ?? t('editions.correctedOne')}
            </Link>
          </dd>
        </div>
      )}
      <div>
        <dt>{t('editions.before')}</dt>
        <dd>
          {before
            ? <Link className="utrecht-link" to={`/records/${before.record}`}>
                {t('editions.beforeOn', { date: formatDate(before.on, lang) })}
              </Link>
            : t('editions.first')}
        </dd>
      </div>
    </dl>
  );
}

// What the edition before told, and of which days where it counted some.
function beforeOf({ before_days: days }: FrozenIndicator, before: string,
  { t, lang }: Words): string {
  const number = formatDecimal(before, lang);
  return days ? t('editions.beforeNumberOf', { number, days: formatWindow(days, lang) })
    : t('editions.beforeNumber', { number });
}

function Total({ data, isCompared }: { data: FrozenIndicator; isCompared: boolean }) {
  const words = useWords();
  const { t, l } = words;
  const { total } = data;
  return (
    <>
      <p>
        <span className="indicator-number">{numberText(total, words)}</span>{' '}
        {!total.withheld && <span className="muted">{l(data.unit)}</span>}
      </p>
      {total.withheld && <p>{t('indicators.withheldWhy')}</p>}
      {isCompared && (
        <p>
          {total.before === undefined ? t('editions.noneCompared')
            : beforeOf(data, total.before, words)}
        </p>
      )}
      {doubtsOf(total, words).map((doubt) => <p key={doubt}>{doubt}</p>)}
    </>
  );
}

function IndicatorSection({ data, on, hasBefore }: { data: FrozenIndicator; on: string;
  hasBefore: boolean; }) {
  const { t, l } = useWords();
  const isChanged = Boolean(data.definition_changed);
  const isCompared = hasBefore && !isChanged;
  return (
    <section className="stack figure-indicator">
      <h3>{l(data.title)}</h3>
      <div className="panel stack">
        <Total data={data} isCompared={isCompared} />
        {isChanged && <p>{t('editions.definitionChanged')}</p>}
        <FigureFacts data={data} />
        <p className="small muted">
          {data.already_public ? t('editions.public')
            : t('editions.protected', { threshold: data.threshold ?? 0 })}
        </p>
      </div>
      {data.dimensions.map((dimension) => (
        <DimensionSection key={dimension.id} data={data} dimension={dimension} on={on} isAmong
          isCompared={isCompared} />
      ))}
    </section>
  );
}

// The files of the server, as everybody gets them.
function EditionFiles({ edition, file, title }: { edition: FrozenFigures; file: string;
  title: string; }) {
  const { t, lang } = useWords();
  const name = t(edition.released ? 'editions.file' : 'editions.fileDraft', { on: edition.on });
  const take = (format: string, label: string) => ({
    ending: format, label,
    make: () => fetchOpenFile(`${file}?format=${format}&language=${lang}`),
  });
  return (
    <div className="push no-print">
      <FileMenu name={name} label={title}
        files={[take('csv', t('chart.csv')), take('xlsx', t('chart.xlsx'))]} />
    </div>
  );
}

export function EditionFigures({ title, edition, references, file }: EditionFiguresProps) {
  const { t } = useWords();
  const titleId = useId();
  return (
    <section className="stack-l" aria-labelledby={titleId}>
      <div className="stack">
        <div className="row-wide">
          <h2 id={titleId}>{title}</h2>
          {edition.indicators.length > 0 && file && (
            <EditionFiles edition={edition} file={file} title={title} />
          )}
        </div>
        {!edition.released && <Notice meaning="attention"><p>{t('editions.draft')}</p></Notice>}
        <EditionFacts edition={edition} references={references} />
        {!edition.indicators.length && <p>{t('editions.none')}</p>}
      </div>
      <EditionChanges edition={edition} />
      {edition.indicators.map((data) => (
        <IndicatorSection key={data.name} data={data} on={edition.on}
          hasBefore={Boolean(edition.before)} />
      ))}
    </section>
  );
}
