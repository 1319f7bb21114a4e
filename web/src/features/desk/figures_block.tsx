// A block of kind `figures`: each figure with its definition, reference date, who says so, source
// and caution. Figures of different definitions never share a scale; no line through few points.
import type { Field, Json, RecordItem } from '@/api/types';
import { ExportMenu } from '@/ui/export_menu';
import { Link } from '@/lib/router';
import { FieldValue, valueText } from '@/ui/values/field_value';
import { BlockFrame } from './block_frame';
import { groupTitle } from './picture_rows';
import { useBlock } from './use_block';
import type { BlockData, BlockProps } from './use_block';

function part(data: BlockData, item: RecordItem, id: string | undefined):
{ field: Field; value: Json } | null {
  const field = id ? data.form.form.fields[id] : undefined;
  const value = id ? item.fields[id] : undefined;
  return field && value !== undefined ? { field, value } : null;
}

function Line({ data, item, id, title }: { data: BlockData; item: RecordItem;
  id: string | undefined; title: string; }) {
  const found = part(data, item, id);
  if (!found) return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd><FieldValue context={data.context} field={found.field} value={found.value} /></dd>
    </div>
  );
}

function FigureCard({ data, item }: { data: BlockData; item: RecordItem }) {
  const { block, context } = data;
  const { t } = context.words;
  const text = (id: string | undefined) => {
    const found = part(data, item, id);
    return found ? valueText(context, found.field, found.value) : '';
  };
  const caution = text(block.caution);
  return (
    <li className="panel figure-card">
      <h4 className="figure-title"><Link to={`/records/${item.id}`}>{item.title}</Link></h4>
      <p>
        <span className="figure-value">{text(block.words) || text(block.value)}</span>{' '}
        <span className="muted">{text(block.unit)}</span>
      </p>
      <dl className="figure-facts">
        <Line data={data} item={item} id={block.perspective} title={t('figures.perspective')} />
        <Line data={data} item={item} id={block.date} title={t('figures.date')} />
        <Line data={data} item={item} id={block.definition} title={t('figures.definition')} />
        <Line data={data} item={item} id={block.source} title={t('common.source')} />
      </dl>
      {caution && (
        <p className="figure-caution"><strong>{t('figures.caution')}:</strong> {caution}</p>
      )}
    </li>
  );
}

export function FiguresBlock(props: BlockProps) {
  const data = useBlock(props);
  const { block, form, context } = data;
  const groupField = block.group_by ? form.form.fields[block.group_by] : undefined;
  const groups = Map.groupBy(data.items, (item) => (
    groupTitle(context, groupField, item, block.group_by ?? null)));
  return (
    <BlockFrame data={data} tools={(
      <ExportMenu form={form} body={data.body} columns={block.columns ?? []} />
    )}>
      {[...groups].sort(([a], [b]) => a.localeCompare(b)).map(([title, items]) => (
        <div key={title} className="stack-s">
          <h3 className="group-title">{title || context.words.l(form.form.plural)}</h3>
          <ul className="cards plain-list">
            {items.map((item) => <FigureCard key={item.id} data={data} item={item} />)}
          </ul>
        </div>
      ))}
    </BlockFrame>
  );
}
