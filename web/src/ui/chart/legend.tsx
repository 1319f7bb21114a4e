// How to read the time line: bar, hatch, dashed line, and the shapes that are in use.
import type { Meaning } from '@/api/types';
import { hatchPath } from '@/lib/chart/timeline';
import { useWords } from '@/lib/i18n';
import { Status } from '../status';

export interface LegendProps {
  states: { meaning: Meaning; label: string }[];
  hasBars?: boolean;
}

export function Legend({ states, hasBars = true }: LegendProps) {
  const { t } = useWords();
  return (
    <div className="legend" role="group" aria-label={t('chart.key')}>
      {hasBars && (
        <span className="row">
          <svg width="34" height="16" aria-hidden="true">
            <rect className="tl-bar" x="1" y="3" width="32" height="10" rx="1.5" />
          </svg>
          {t('chart.key.bar')}
        </span>
      )}
      <span className="row">
        <svg width="34" height="16" aria-hidden="true">
          <rect className="tl-window" x="1" y="1" width="32" height="14" />
          <path className="tl-hatch" d={hatchPath({ x: 1, width: 32 }, 1, 14)} />
        </svg>
        {t(hasBars ? 'chart.key.hatch' : 'chart.key.due')}
      </span>
      {hasBars && (
        <span className="row">
          <svg width="34" height="16" aria-hidden="true">
            <line className="tl-open" x1="1" x2="33" y1="8" y2="8" />
          </svg>
          {t('chart.key.open')}
        </span>
      )}
      {states.map(({ meaning, label }) => <Status key={label} meaning={meaning} label={label} />)}
    </div>
  );
}
