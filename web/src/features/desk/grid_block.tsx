// A block of kind `grid`: what is known of each pair of a row and a column, as a table; a list for
// each row on a phone, and on paper where the table would be cut off. Never a ranking: no totals,
// and no order by what a cell says.
import type { Field, RecordItem } from '@/api/types';
import { formatDecimal } from '@/lib/format';
import { Link } from '@/lib/router';
import { serverToday } from '@/lib/server_clock';
import { useMedia } from '@/lib/use_media';
import { usePrinting } from '@/lib/use_printing';
import { ExportMenu } from '@/ui/export_menu';
import { ScrollBox } from '@/ui/scroll_box';
import { Skeleton } from '@/ui/skeleton';
import { FieldValue, valueText } from '@/ui/values/field_value';
import { BlockFrame } from './block_frame';
import { Choices } from './choices';
import { findingOfEarlier } from './earlier';
import { EarlierWords } from './earlier_words';
import { gridOf } from './grid_rows';
import type { Grid, Head } from './grid_rows';
import { findingOf } from './use_block';
import type { BlockData, BlockProps } from './use_block';
import { useGrid } from './use_grid';
import './grid.css';
import './map.css';

const kShown = 3;
const kOpen = 4;
const kOnPaper = 3;            // columns of a status that fit beside the name of a row

interface GridProps {
  data: BlockData;
  grid: Grid;
  field: Field;                  // of what stands in a cell
}

function CellLinks({ data, field, items }: Pick<GridProps, 'data' | 'field'> & {
  items: RecordItem[]; }) {
  const cell = data.block.cell ?? '';
  const { words } = data.context;
  const said = (item: RecordItem) => (
    valueText(data.context, field, item.fields[cell]) || words.t('common.unknown'));
  return (
    <ul className="plain-list grid-links">
      {items.map((item) => {
        const before = data.before?.get(item.id);
        return (
          <li key={item.id}>
            <Link to={`/records/${item.id}`}>
              <FieldValue context={data.context} field={field} value={item.fields[cell]} />
              <span className="visually-hidden">: {item.title}</span>
            </Link>
            {before && <EarlierWords words={words} value={said(before)} />}
          </li>
        );
      })}
    </ul>
  );
}

function Cell({ data, field, items }: Pick<GridProps, 'data' | 'field'> & {
  items: RecordItem[]; }) {
  const { t, lang } = data.context.words;
  if (!items.length) {
    return (
      <span className="muted">
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">{t('grid.empty')}</span>
      </span>
    );
  }
  const more = items.slice(kShown);
  return (
    <>
      <CellLinks data={data} field={field} items={items.slice(0, kShown)} />
      {more.length > 0 && (
        <details className="small">
          <summary>{t('grid.more', { n: formatDecimal(more.length, lang) })}</summary>
          <CellLinks data={data} field={field} items={more} />
        </details>
      )}
    </>
  );
}

// The page of what a row is about, where the row is a record.
function rowPage({ block, context, form }: BlockData, { value, isFound }: Head):
string | undefined {
  const isRecord = form.form.fields[block.rows ?? '']?.type === 'reference';
  const isThere = isFound === true || context.references?.[value]?.form !== undefined;
  return isRecord && isThere ? `/records/${value}` : undefined;
}

function RowName({ data, row }: { data: BlockData; row: Head }) {
  const to = rowPage(data, row);
  return to ? <Link to={to}>{row.label}</Link> : row.label;
}

function GridTable({ data, grid, field }: GridProps) {
  const { l } = data.context.words;
  const caption = l(data.block.title);
  const rowField = data.form.form.fields[data.block.rows ?? ''];
  return (
    <ScrollBox label={caption} isSticky>
      <table className="table grid-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{l(rowField?.label)}</th>
            {grid.across.map(({ value, label }) => <th key={value} scope="col">{label}</th>)}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row) => (
            <tr key={row.value}>
              <th scope="row"><RowName data={data} row={row} /></th>
              {grid.across.map((column) => (
                <td key={column.value}>
                  <Cell data={data} field={field} items={grid.cell(row, column)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

// Few rows are all open; of many the reader opens the ones that matter.
function GridList({ data, grid, field }: GridProps) {
  return (
    <div className="stack-s">
      {grid.rows.map((row) => (
        <details key={row.value} className="panel stack-s" open={grid.rows.length <= kOpen}>
          <summary><h3 className="grid-row-title">{row.label}</h3></summary>
          {rowPage(data, row) && <p><RowName data={data} row={row} /></p>}
          <dl className="grid-list">
            {grid.across.map((column) => (
              <div key={column.value}>
                <dt>{column.label}</dt>
                <dd><Cell data={data} field={field} items={grid.cell(row, column)} /></dd>
              </div>
            ))}
          </dl>
        </details>
      ))}
    </div>
  );
}

export function findingOfGrid({ block, form, context }: Pick<BlockData, 'block' | 'form'
  | 'context'>, grid: Grid): string {
  const { t, l, lang } = context.words;
  const label = (id: string | undefined) => l(form.form.fields[id ?? '']?.label).toLowerCase();
  const number = (n: number) => formatDecimal(n, lang);
  return t('grid.finding', {
    rows: label(block.rows), n: number(grid.rows.length),
    across: label(block.across), m: number(grid.across.length),
    filled: number(grid.filled), all: number(grid.rows.length * grid.across.length),
  });
}

export default function GridBlock(props: BlockProps) {
  const { data, choices, rowHeads, isChanging } = useGrid(props);
  const isPhone = useMedia('(width < 40rem)');
  const isPrinting = usePrinting();
  const { block, form, context, items } = data;
  const { rows = '', across = '', cell = '' } = block;
  const { fields } = form.form;
  const chosen = Object.fromEntries([rows, across].map(
    (id) => [id, data.control.state.filters[id]?.anyOf]));
  const grid = gridOf(context, fields, items,
    { rows, across, chosen, today: serverToday(), rowHeads });
  const field = fields[cell];
  const isCutOff = isPrinting && grid.across.length > kOnPaper;
  const Kind = isPhone || isCutOff ? GridList : GridTable;
  const finding = items.length
    ? `${findingOfGrid(data, grid)}${findingOfEarlier(data.before, context.words)}`
    : findingOf(form, items, context.words);
  return (
    <BlockFrame data={data} finding={isChanging ? '' : finding} tools={(
      <ExportMenu form={form} body={data.body} columns={block.columns ?? [rows, across, cell]} />
    )}>
      <Choices data={data} choices={choices} />
      {field && grid.rows.length > 0 && (
        isChanging ? <Skeleton lines={8} /> : <Kind data={data} grid={grid} field={field} />
      )}
      {items.length > 0 && <p className="small muted">{context.words.t('grid.order')}</p>}
    </BlockFrame>
  );
}
