// A block of kind `amounts`: money as a table. Bars stand beside the amounts of a group only where
// they may be compared: when all of them are for the same period.
import type { RecordItem } from '@/api/types';
import { formatWindow } from '@/lib/dates';
import type { DateWindow } from '@/lib/dates';
import { formatMoney } from '@/lib/format';
import { Link } from '@/lib/router';
import { ScrollBox } from '@/ui/scroll_box';
import { ExportMenu } from '@/ui/export_menu';
import { valueText } from '@/ui/values/field_value';
import { BlockFrame } from './block_frame';
import { groupTitle } from './picture_rows';
import { useBlock, windowOf } from './use_block';
import type { BlockData, BlockProps } from './use_block';

function periodOf(data: BlockData, item: RecordItem): DateWindow | undefined {
  const from = windowOf(item, data.block.from);
  const to = windowOf(item, data.block.to);
  const ends = [from, to].filter((window) => window !== undefined);
  const first = ends[0]?.first;
  const last = ends.at(-1)?.last;
  return first && last ? { first, last } : undefined;
}

function amountOf(data: BlockData, item: RecordItem): string | undefined {
  const value = data.block.amount ? item.fields[data.block.amount] : undefined;
  return typeof value === 'string' ? value : undefined;
}

// "since 2023" where the source gives no end, "until 31 December 2025" where it gives no start.
function periodText(data: BlockData, item: RecordItem): string {
  const { t, lang } = data.context.words;
  const from = windowOf(item, data.block.from);
  const to = windowOf(item, data.block.to);
  if (from && !to) return t('amounts.since', { from: formatWindow(from, lang) });
  if (to && !from) return t('amounts.until', { to: formatWindow(to, lang) });
  const period = periodOf(data, item);
  return period ? formatWindow(period, lang) : '–';
}

// The period that all amounts share, in words; null when they may not be compared.
export function commonPeriod(periods: (DateWindow | undefined)[]): DateWindow | null {
  const [first] = periods;
  if (!first || periods.length < 2) return null;
  const isSame = periods.every((one) => one?.first === first.first && one.last === first.last);
  return isSame ? first : null;
}

function Bar({ share }: { share: number }) {
  return (
    <svg className="amount-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect x="0" y="0" width={Math.max(0.5, share * 100)} height="8" />
    </svg>
  );
}

function AmountRow({ data, item, max }: { data: BlockData; item: RecordItem; max: number }) {
  const { block, form, context } = data;
  const { t, lang } = context.words;
  const amount = amountOf(data, item);
  const field = block.label ? form.form.fields[block.label] : undefined;
  const label = field && block.label ? valueText(context, field, item.fields[block.label]) : '';
  return (
    <tr>
      <th scope="row">
        <Link to={`/records/${item.id}`}>{label || item.title}</Link>
        {label && label !== item.title && <span className="muted small"> {item.title}</span>}
      </th>
      <td data-title={t('amounts.period')}>{periodText(data, item)}</td>
      <td className="number" data-title={t('amounts.total')}>
        {amount ? formatMoney(amount, lang) : t('amounts.none')}
      </td>
      {max > 0 && <td className="bar-cell">{amount && <Bar share={Number(amount) / max} />}</td>}
    </tr>
  );
}

function AmountGroup({ data, title, items }: { data: BlockData; title: string;
  items: RecordItem[]; }) {
  const { t, lang } = data.context.words;
  const period = commonPeriod(items.map((item) => periodOf(data, item)));
  const max = period ? Math.max(...items.map((item) => Number(amountOf(data, item) ?? 0))) : 0;
  return (
    <div className="stack-s">
      {title && <h3 className="group-title">{title}</h3>}
      <ScrollBox label={title || data.context.words.l(data.block.title)}>
        <table className="table record-table">
          <caption className="visually-hidden">{title || data.context.words.l(data.block.title)}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t('register.name')}</th>
              <th scope="col">{t('amounts.period')}</th>
              <th scope="col" className="number">{t('amounts.total')}</th>
              {max > 0 && <td className="bar-cell" />}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => <AmountRow key={item.id} data={data} item={item} max={max} />)}
          </tbody>
        </table>
      </ScrollBox>
      {items.length > 1 && (
        <p className="small muted">
          {period ? t('amounts.compare', { period: formatWindow(period, lang) })
            : t('amounts.noCompare')}
        </p>
      )}
    </div>
  );
}

export function AmountsBlock(props: BlockProps) {
  const data = useBlock(props);
  const { block, form, context } = data;
  const field = block.group_by ? form.form.fields[block.group_by] : undefined;
  const groups = Map.groupBy(data.items, (item) => (
    groupTitle(context, field, item, block.group_by ?? null)));
  return (
    <BlockFrame data={data} tools={(
      <ExportMenu form={form} body={data.body} columns={block.columns ?? []} />
    )}>
      {[...groups].sort(([a], [b]) => a.localeCompare(b)).map(([title, items]) => (
        <AmountGroup key={title} data={data} title={title} items={items} />
      ))}
    </BlockFrame>
  );
}
