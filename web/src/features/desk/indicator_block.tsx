// A block of kind `indicator`: one number as its indicator tells it now, with what it counts, of
// which day and who says so; and, where the block asks for it, divided by one dimension.
import { useIndicator } from '@/api/indicators';
import type { IndicatorFigures } from '@/api/indicators';
import { fullName } from '@/api/metadata';
import type { DeskRef } from '@/api/metadata';
import type { Block } from '@/api/types';
import { formatDate, formatWindow } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import type { Words } from '@/lib/i18n';
import { Link } from '@/lib/router';
import { DimensionSection } from '@/ui/figures/dimension_section';
import { FigureFacts } from '@/ui/figures/figure_facts';
import { IndicatorFiles } from '@/ui/figures/indicator_files';
import { FigureRefused } from '@/ui/figures/figure_refused';
import { doubtsOf, numberText } from '@/ui/figures/figure_words';
import { Skeleton } from '@/ui/skeleton';
import { BlockEmbed } from './block_embed';

// 'Wat is beloofd: 12 afspraken, op 30 juni 2026.' Of one period with its days behind the title.
function saidOf(data: IndicatorFigures, words: Words): string {
  const { t, l, lang } = words;
  const isNumber = data.total.number !== null && !data.total.withheld;
  const title = [l(data.title), ...(data.days ? [formatWindow(data.days, lang)] : [])].join(', ');
  return t(isNumber ? 'indicators.said' : 'indicators.saidNone', {
    title, number: numberText(data.total, words), unit: l(data.unit),
    on: formatDate(data.on, lang) });
}

function Divided({ data, by }: { data: IndicatorFigures; by: string }) {
  const { t } = useWords();
  const dimension = data.dimensions.find(({ id }) => id === by);
  return dimension
    ? <DimensionSection data={data} dimension={dimension} on={data.on} isAmong level={3} />
    : <p className="muted">{t('indicators.noDimension')}</p>;
}

function Content({ data, by }: { data: IndicatorFigures; by: string | undefined }) {
  const words = useWords();
  const { t, l, lang } = words;
  return (
    <>
      <p>
        <span className="indicator-number">{numberText(data.total, words)}</span>{' '}
        <span className="muted">{l(data.unit)}</span>
      </p>
      <p>{saidOf(data, words)}</p>
      {doubtsOf(data.total, words).map((doubt) => <p key={doubt} className="small">{doubt}</p>)}
      <dl className="figure-facts">
        <div><dt>{t('indicators.on')}</dt><dd>{formatDate(data.on, lang)}</dd></div>
        {data.days && (
          <div><dt>{t('indicators.days')}</dt><dd>{formatWindow(data.days, lang)}</dd></div>
        )}
        <div><dt>{t('figures.perspective')}</dt><dd>{l(data.perspective)}</dd></div>
      </dl>
      {by && <Divided data={data} by={by} />}
      <details>
        <summary>{t('indicators.about')}</summary>
        <div className="stack-s">
          <FigureFacts data={data} />
          <p className="small muted">
            {data.already_public ? t('indicators.public')
              : t('indicators.own', { threshold: data.threshold ?? 0 })}
          </p>
        </div>
      </details>
    </>
  );
}

export default function IndicatorBlock({ desk, block }: { desk: DeskRef; block: Block }) {
  const { l, t } = useWords();
  const found = useIndicator(fullName(desk.pack, block.indicator ?? ''), {});
  const titleId = `block-${block.id}`;
  return (
    <section className="block panel indicator-block" aria-labelledby={titleId} id={block.id}>
      <h2 id={titleId}>{l(block.title)}</h2>
      {found.isPending && <Skeleton lines={4} />}
      {found.isError && (
        <FigureRefused error={found.error} onRetry={() => { void found.refetch(); }} />
      )}
      {found.data && <Content data={found.data} by={block.by} />}
      {found.data && (
        <div className="row no-print">
          <Link to={`/cijfers/${found.data.name}`}>{t('indicators.all')}</Link>
          <IndicatorFiles data={found.data} />
          <BlockEmbed desk={desk} block={block} />
        </div>
      )}
      {block.note && <p className="muted small">{l(block.note)}</p>}
    </section>
  );
}
