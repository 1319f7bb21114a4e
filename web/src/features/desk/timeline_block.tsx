// A block of kind `timeline` or `terms`: the picture, or the same rows as a table.
import { useRef, useState } from 'react';

import type { Field, RecordItem } from '@/api/types';
import { formatWindow } from '@/lib/dates';
import type { MessageKey } from '@/lib/i18n';
import { useHotkeys } from '@/lib/use_hotkeys';
import { useWidth } from '@/lib/use_width';
import { Button } from '@/ui/button';
import { Legend } from '@/ui/chart/legend';
import { Timeline } from '@/ui/chart/timeline';
import { ExportMenu } from '@/ui/export_menu';
import { columnsOf, defaultColumns } from '@/ui/values/columns';
import { RecordTable } from '@/ui/values/record_table';
import { BlockFrame } from './block_frame';
import { promiseRows, termRows } from './picture_rows';
import type { PictureData } from './picture_rows';
import { findingOf, pictureWords, statesInUse, useBlock } from './use_block';
import type { BlockData, BlockProps } from './use_block';

const kNoGroup = 'none';
const kRowsAtFirst = 40;

function groupFields(data: BlockData): [string, Field][] {
  const ids = [data.block.group_by, ...(data.block.filters ?? [])];
  return [...new Set(ids)].flatMap((id): [string, Field][] => {
    const field = id ? data.form.form.fields[id] : undefined;
    return id && field && ['choice', 'reference'].includes(field.type) ? [[id, field]] : [];
  });
}

function GroupSelect({ data, value }: { data: BlockData; value: string }) {
  const { t, l } = data.context.words;
  const id = `${data.block.id}-group`;
  return (
    <span className="row">
      <label htmlFor={id} className="small">{t('chart.group')}</label>
      <select id={id} className="utrecht-select utrecht-select--html-select group-select"
        value={value} onChange={(event) => { data.control.update({ group: event.target.value }); }}>
        <option value={kNoGroup}>{t('chart.noGroup')}</option>
        {groupFields(data).map(([field, { label }]) => (
          <option key={field} value={field}>{l(label)}</option>
        ))}
      </select>
    </span>
  );
}

function termColumns(data: BlockData) {
  const { t, lang } = data.context.words;
  const find = (item: RecordItem) => item.deadlines?.find((d) => d.name === data.block.deadline);
  return [
    {
      title: t('terms.window'),
      cell: (item: RecordItem) => {
        const deadline = find(item);
        return deadline ? formatWindow(deadline, lang) : '–';
      },
    },
    {
      title: t('terms.status'),
      cell: (item: RecordItem) => {
        const deadline = find(item);
        return deadline ? t(`status.${deadline.status}` as MessageKey) : '–';
      },
    },
  ];
}

function Table({ data }: { data: BlockData }) {
  const { block, form, context, items } = data;
  const ids = block.columns?.length ? block.columns : defaultColumns(context, form);
  const withState = ids.includes('state') || !form.form.process ? ids : ['state', ...ids];
  const columns = columnsOf(context, form, withState)
    .filter((column) => form.form.name?.[0] !== column.id);
  return (
    <RecordTable context={context} form={form} items={items} columns={columns}
      caption={context.words.l(block.title)}
      extra={block.kind === 'terms' ? termColumns(data) : []} />
  );
}

function Picture({ data, picture, finding, svgRef }: { data: BlockData; picture: PictureData;
  finding: string; svgRef: React.RefObject<SVGSVGElement | null>; }) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [isAll, setAll] = useState(false);
  const { words } = data.context;
  const rows = isAll ? picture.rows : picture.rows.slice(0, kRowsAtFirst);
  return (
    <div className="picture stack-s">
      <div ref={box}>
        {width > 0 && rows.length > 0 && (
          <Timeline rows={rows} width={width} finding={finding} svgRef={svgRef} />
        )}
      </div>
      {rows.length < picture.rows.length && (
        <div className="no-print">
          <Button small onClick={() => { setAll(true); }}>
            {words.t('chart.showAll', { n: picture.rows.length })}
          </Button>
        </div>
      )}
      <Legend hasBars={data.block.kind === 'timeline'}
        states={statesInUse(data.form, data.items, words)} />
      {picture.undated.length > 0 && (
        <p className="small muted">{words.t('chart.undated', { n: picture.undated.length })}</p>
      )}
    </div>
  );
}

export function TimelineBlock(props: BlockProps) {
  const data = useBlock(props);
  const { t } = data.context.words;
  const svg = useRef<SVGSVGElement>(null);
  const isTerms = data.block.kind === 'terms';
  const group = data.control.state.group ?? data.block.group_by ?? kNoGroup;
  const isTable = data.control.state.view === 'table';
  const toggle = () => { data.control.update({ view: isTable ? null : 'table' }); };
  useHotkeys(isTerms ? {} : { t: toggle });
  const finding = findingOf(data.form, data.items, data.context.words);
  const picture = isTerms ? termRows(data) : promiseRows(data, group === kNoGroup ? null : group);
  return (
    <BlockFrame data={data} finding={finding} tools={(
      <>
        {!isTable && !isTerms && <GroupSelect data={data} value={group} />}
        <Button small look="subtle" onClick={toggle}>
          {t(isTable ? 'chart.asPicture' : 'chart.asTable')}
        </Button>
        <ExportMenu form={data.form} body={data.body} columns={data.block.columns ?? []}
          {...(isTable ? {} : { svg: () => svg.current,
            picture: pictureWords(data, finding) })} />
      </>
    )}>
      {isTable ? <Table data={data} />
        : <Picture data={data} picture={picture} finding={finding} svgRef={svg} />}
      {!data.items.length && data.control.isAnyFilter && (
        <p className="muted">{t('register.noneHint')}</p>
      )}
    </BlockFrame>
  );
}
