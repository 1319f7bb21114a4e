// An indicator by one of its dimensions: a picture with its table.
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';

import type { Dimension, DimensionValue, Indicator } from '@/api/indicators';
import { formatDecimal } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import type { Words } from '@/lib/i18n';
import { Button } from '../button';
import { FigureChart } from '../chart/figure_chart';
import { FileMenu, pictureFiles } from '../file_menu';
import { SimpleTable } from '../simple_table';
import { chartValues, factsText, findingOf, numberText, rowsText } from './figure_words';
import './figures.css';

export interface DimensionSectionProps {
  data: Indicator;
  dimension: Dimension;
  on: string;                            // the reference day
  isAmong?: boolean;                     // beside other indicators, on one page
  level?: 2 | 3 | 4;                     // of its heading
  isCompared?: boolean;                  // with the edition before
}

// More values than this are not drawn at once, but these first; the rest comes when asked for.
const kMostDrawn = 500;
const kFirst = 100;

interface Column {
  head: string;
  cell: (value: DimensionValue) => ReactNode;
}

function columnsOf({ data, dimension, isCompared }: DimensionSectionProps, words: Words):
Column[] {
  const { t, l, lang } = words;
  const { values } = dimension;
  const columns: Column[] = [
    { head: l(dimension.title), cell: (value) => l(value.label) },
    { head: t('indicators.value', { title: l(data.title), unit: l(data.unit) }),
      cell: (value) => numberText(value, words) },
  ];
  if (isCompared && values.some(({ before }) => before !== undefined)) {
    columns.push({ head: t('editions.before'), cell: ({ before }) => (before === undefined
      ? <span className="muted">{t('editions.notCompared')}</span>
      : formatDecimal(before, lang)) });
  }
  if (data.measure !== 'count' && values.some(({ rows }) => rows !== undefined)) {
    columns.push({ head: t('indicators.rows'), cell: (value) => rowsText(value, words) });
  }
  return columns;
}

function Notes({ dimension, isCompared }: DimensionSectionProps) {
  const { t } = useWords();
  const { values } = dimension;
  const hasBefore = values.some(({ before }) => before !== undefined);
  return (
    <div className="stack-s small muted">
      {values.some(({ withheld }) => withheld) && (
        <p>{t('indicators.withheldWhy')} {t('indicators.withheldLine')}</p>
      )}
      {isCompared && !hasBefore && <p>{t('editions.noneCompared')}</p>}
      {dimension.overlaps && <p>{t('indicators.overlaps')}</p>}
      {dimension.by === 'value' && <p>{t('indicators.order')}</p>}
    </div>
  );
}

export function DimensionSection(props: DimensionSectionProps) {
  const { data, dimension, isAmong = false, level = isAmong ? 4 : 2 } = props;
  const words = useWords();
  const { t, l } = words;
  const title = t('indicators.by', { title: l(dimension.title) });
  const Heading = `h${level}` as const;
  const columns = columnsOf(props, words);
  const picture = useRef<SVGSVGElement>(null);
  const [isWhole, setWhole] = useState(dimension.values.length <= kMostDrawn);
  const values = isWhole ? dimension.values : dimension.values.slice(0, kFirst);
  if (!dimension.values.length) {
    return (
      <section className="stack">
        <Heading>{title}</Heading>
        <p>{t('indicators.noValues')}</p>
      </section>
    );
  }
  const whole = `${l(data.title)}. ${title}`;
  return (
    <section className="stack">
      <div className="row-wide">
        <Heading>{title}</Heading>
        <div className="push no-print">
          <FileMenu name={`${data.name.replace('/', '-')}-${dimension.id}`} label={whole}
            files={pictureFiles(words, () => picture.current,
              { title: `${whole} (${l(data.unit)})`, facts: factsText(data, props.on, words) })} />
        </div>
      </div>
      <div className="figure-box">
        <div className="figure-pair">
          <FigureChart values={chartValues({ ...dimension, values }, words)}
            isTime={dimension.by !== 'value'} finding={findingOf(data, dimension, words)}
            svgRef={picture} />
          <SimpleTable isShort caption={isAmong ? whole : title}
            heads={columns.map(({ head }) => head)}
            rows={values.map((value, index) => ({
              key: value.code ?? `none-${index}`, cells: columns.map(({ cell }) => cell(value)),
            }))} />
        </div>
        {!isWhole && (
          <p className="row">
            <span>{t('grid.more', { n: dimension.values.length - kFirst })}</span>
            <span className="no-print">
              <Button small onClick={() => setWhole(true)}>
                {t('chart.showAll', { n: dimension.values.length })}
              </Button>
            </span>
          </p>
        )}
      </div>
      <Notes {...props} />
    </section>
  );
}
