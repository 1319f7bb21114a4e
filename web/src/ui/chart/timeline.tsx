// Draws the layout of a time line as SVG. Each row is a link to its record; arrow keys walk them.
import { useEffect, useId, useState } from 'react';
import type { KeyboardEvent, MouseEvent, Ref } from 'react';

import type { Meaning } from '@/api/types';
import { hatchPath, layoutTimeline } from '@/lib/chart/timeline';
import type { Layout, Placed, Span, TimeRow } from '@/lib/chart/timeline';
import { today } from '@/lib/dates';
import { useWords } from '@/lib/i18n';
import { navigate } from '@/lib/router';
import { ShapeMark } from '../status';

export interface PictureRow extends TimeRow {
  meaning: Meaning;
  spoken: string;        // the row in one sentence, for those who do not see it
}

export interface TimelineProps {
  rows: PictureRow[];
  width: number;
  finding: string;
  svgRef?: Ref<SVGSVGElement>;
}

function Grid({ layout, todayLabel }: { layout: Layout; todayLabel: string }) {
  return (
    <g aria-hidden="true">
      {layout.ticks.map((tick) => (
        <g key={tick.day}>
          <line className={tick.isYear ? 'tl-grid is-year' : 'tl-grid'} y1={layout.plotTop}
            y2={layout.height} x1={layout.axis.x(tick.day)} x2={layout.axis.x(tick.day)} />
          {Math.abs(layout.axis.x(tick.day) - layout.todayX) > 44 && (
            <text className={tick.isYear ? 'tl-tick is-year' : 'tl-tick'} y={22}
              x={layout.axis.x(tick.day)}>{tick.label}</text>
          )}
        </g>
      ))}
      <line className="tl-today" x1={layout.todayX} x2={layout.todayX} y1={28} y2={layout.height} />
      <text className="tl-today-label" x={layout.todayX} y={22}>{todayLabel}</text>
    </g>
  );
}

function Hatched({ box, top, height }: { box: Span; top: number; height: number }) {
  return (
    <>
      <rect className="tl-window" x={box.x} y={top} width={box.width} height={height} />
      <path className="tl-hatch" d={hatchPath(box, top, height)} />
    </>
  );
}

function Bars({ placed }: { placed: Placed }) {
  const { y, solid, early, late, open } = placed;
  return (
    <>
      {open && <line className="tl-open" x1={open.x} x2={open.x + open.width} y1={y} y2={y} />}
      {solid && (
        <rect className="tl-bar" x={solid.x} y={y - 5} width={solid.width} height={10} rx={1.5} />
      )}
      {early && <Hatched box={early} top={y - 5} height={10} />}
      {late && <Hatched box={late} top={y - 8} height={16} />}
    </>
  );
}

interface RowProps {
  placed: Placed;
  layout: Layout;
  isCurrent: boolean;
  onFocus: () => void;
}

function Row({ placed, layout, isCurrent, onFocus }: RowProps) {
  const row = placed.row as PictureRow;
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    navigate(`/records/${row.id}`);
  };
  return (
    <a href={`/records/${row.id}`} className="tl-row" aria-label={row.spoken} data-id={row.id}
      tabIndex={isCurrent ? 0 : -1} onClick={open} onFocus={onFocus}>
      <title>{row.spoken}</title>
      <rect className="tl-hit" x={0} y={placed.top} width={layout.width} height={placed.height} />
      <g aria-hidden="true">
        {placed.lines.map((line, index) => (
          <text key={index} className="tl-label" x={4} y={placed.labelY + index * 19}>{line}</text>
        ))}
        <Bars placed={placed} />
        <g className={`tl-shape is-${row.meaning}`}
          transform={`translate(${placed.end - 9} ${placed.y - 9}) scale(1.125)`}>
          <circle className="tl-halo" cx={8} cy={8} r={9.5} />
          <ShapeMark meaning={row.meaning} />
        </g>
      </g>
    </a>
  );
}

export function Timeline({ rows, width, finding, svgRef }: TimelineProps) {
  const { t } = useWords();
  const titleId = useId();
  const [current, setCurrent] = useState(rows[0]?.id ?? '');
  useEffect(() => {
    if (!rows.some((row) => row.id === current)) setCurrent(rows[0]?.id ?? '');
  }, [rows, current]);
  const layout = layoutTimeline(rows, { width, today: today() });
  const walk = (event: KeyboardEvent<SVGSVGElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key];
    if (!step) return;
    event.preventDefault();
    const index = rows.findIndex((row) => row.id === current) + step;
    const next = rows[Math.max(0, Math.min(rows.length - 1, index))];
    event.currentTarget.querySelector<SVGAElement>(`[data-id="${next?.id ?? ''}"]`)?.focus();
  };
  return (
    <svg ref={svgRef} className="timeline" role="group" aria-labelledby={titleId} width={width}
      height={layout.height} viewBox={`0 0 ${width} ${layout.height}`} onKeyDown={walk}>
      <title id={titleId}>{t('chart.alt', { finding })}</title>
      <Grid layout={layout} todayLabel={t('chart.today')} />
      {layout.groups.map((group) => (
        <text key={group.title} className="tl-group" x={4} y={group.y}>{group.title}</text>
      ))}
      {layout.placed.map((placed) => (
        <Row key={placed.row.id} placed={placed} layout={layout}
          isCurrent={placed.row.id === current}
          onFocus={() => { setCurrent(placed.row.id); }} />
      ))}
    </svg>
  );
}
