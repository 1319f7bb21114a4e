// The number of an indicator with what has to stand beside it, and each of its dimensions.
import type { IndicatorFigures } from '@/api/indicators';
import { useWords } from '@/lib/i18n';
import { DimensionSection } from '@/ui/figures/dimension_section';
import { FigureFacts } from '@/ui/figures/figure_facts';
import { doubtsOf, numberText } from '@/ui/figures/figure_words';

export function IndicatorContent({ data }: { data: IndicatorFigures }) {
  const words = useWords();
  const { t, l } = words;
  return (
    <div className="stack-l">
      <section className="panel stack">
        <p>
          <span className="indicator-number">{numberText(data.total, words)}</span>{' '}
          <span className="muted">{l(data.unit)}</span>
        </p>
        {doubtsOf(data.total, words).map((doubt) => <p key={doubt}>{doubt}</p>)}
        <FigureFacts data={data} on={data.on} />
        <p className="small muted">
          {data.already_public ? t('indicators.public')
            : t('indicators.own', { threshold: data.threshold ?? 0 })}
        </p>
      </section>
      {data.dimensions.map((dimension) => (
        <DimensionSection key={dimension.id} data={data} dimension={dimension} on={data.on} />
      ))}
    </div>
  );
}
