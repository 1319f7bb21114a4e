// One indicator by one of its dimensions, as bars or as points in time. A picture of one definition
// alone: two indicators never share one. Its numbers stand in a table beside it.
import { useId } from 'react';
import type { Ref } from 'react';

import { kRowHeight, layoutBars, layoutPoints } from '@/lib/chart/figures';
import type { Box, ChartValue, Point } from '@/lib/chart/figures';
import { useWidth } from '@/lib/use_width';
import './chart.css';

export interface FigureChartProps {
  values: ChartValue[];
  isTime: boolean;
  finding: string;                       // the picture in one sentence
  svgRef?: Ref<SVGSVGElement>;
}

const kValueSpace = 88;
const kTimeHeight = 230;

// A number that is there but not shown is a dotted line over the whole scale: no bar, no zero.
function Bars({ values, width }: { values: ChartValue[]; width: number }) {
  const end = Math.max(40, width - kValueSpace);
  return layoutBars(values, end).map(({ of, top, x, width: long }) => (
    <g key={of.key}>
      <text className="fc-label" x={0} y={top + 16}>{of.label}</text>
      {of.isWithheld
        ? <line className="fc-withheld" x1={1} x2={end} y1={top + 31} y2={top + 31} />
        : <rect className="fc-bar" x={x} y={top + 23} width={long} height={16} rx={1.5} />}
      <text className={of.isWithheld ? 'fc-none' : 'fc-value'} y={top + 36}
        x={(of.isWithheld ? end : x + long) + 6}>{of.text}</text>
    </g>
  ));
}

function PointMark({ point, box }: { point: Point; box: Box }) {
  const { of, x, y, hasTick } = point;
  const textY = y === null ? box.top - 9 : y - 11;
  return (
    <g>
      {of.isWithheld && (
        <line className="fc-withheld" x1={x} x2={x} y1={box.top} y2={box.bottom} />
      )}
      {y !== null && <circle className="fc-point" cx={x} cy={y} r={5} />}
      {hasTick && (
        <>
          <text className={y === null ? 'fc-none is-middle' : 'fc-value is-middle'} x={x}
            y={textY}>{of.text}</text>
          <text className="fc-tick" x={x} y={kTimeHeight - 10}>{of.label}</text>
        </>
      )}
    </g>
  );
}

function Points({ values, width }: { values: ChartValue[]; width: number }) {
  const box = { left: 48, right: Math.max(60, width - 48), top: 28, bottom: kTimeHeight - 34 };
  const { points, zero, lines } = layoutPoints(values, box);
  return (
    <>
      <line className="fc-zero" x1={0} x2={width} y1={zero} y2={zero} />
      {lines.map((path) => <path key={path} className="fc-line" d={path} />)}
      {points.map((point) => <PointMark key={point.of.key} point={point} box={box} />)}
    </>
  );
}

export function FigureChart({ values, isTime, finding, svgRef }: FigureChartProps) {
  const titleId = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  const height = isTime ? kTimeHeight : values.length * kRowHeight;
  return (
    <div ref={ref} className="figure-chart">
      {width > 0 && (
        <svg ref={svgRef} role="img" aria-labelledby={titleId} width={width} height={height}
          viewBox={`0 0 ${width} ${height}`}>
          <title id={titleId}>{finding}</title>
          {isTime && <Points values={values} width={width} />}
          {!isTime && <Bars values={values} width={width} />}
        </svg>
      )}
    </div>
  );
}
