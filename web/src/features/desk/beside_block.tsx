// A block of kind `beside`: for one area every series that says something of it, side by side, each
// with its own definition, source, caution and scale. Numbers of different definition never share a
// bar, a line or a table, and nothing is added up or ordered by number.
import { findForm, fullName } from '@/api/metadata';
import type { FormRef } from '@/api/metadata';
import { kManyRows, useAllRows, useRowsOfAll } from '@/api/queries';
import type { RecordItem } from '@/api/types';
import type { ChartValue } from '@/lib/chart/figures';
import { Link } from '@/lib/router';
import { kEmptyList } from '@/lib/url_state';
import { FigureChart } from '@/ui/chart/figure_chart';
import { ExportMenu } from '@/ui/export_menu';
import { searchBody, useListState } from '@/ui/filters/use_list_state';
import { SimpleTable } from '@/ui/simple_table';
import { FieldValue, useValueContext, valueText } from '@/ui/values/field_value';
import type { ValueContext } from '@/ui/values/field_value';
import { BlockFrame } from './block_frame';
import { areasNamed, areasOf, chosenArea, placesInTime, seriesOf } from './beside_rows';
import type { AreaHead, SeriesOfArea } from './beside_rows';
import { blockBody, windowOf } from './use_block';
import type { BlockData, BlockProps } from './use_block';

const kFewestForChart = 2;

interface SeriesFacts {
  form: FormRef | undefined;     // of the series
  context: ValueContext;
  records: Map<string, RecordItem>;
}

function useSeriesFacts({ block, form }: BlockProps): SeriesFacts {
  const context = useValueContext(form.pack);
  const target = form.form.fields[block.apart ?? '']?.form ?? '';
  const found = findForm(context.catalogue, fullName(form.pack, target));
  const rows = useAllRows({ form: found?.name ?? '' }, Boolean(found));
  return { form: found, context: { ...context, references: rows.data?.references ?? {} },
    records: new Map((rows.data?.items ?? []).map((item) => [item.id, item])) };
}

function AreaChoice({ data, areas, area }: { data: BlockData; areas: AreaHead[];
  area: AreaHead | undefined; }) {
  const { t, l } = data.context.words;
  const id = `${data.block.id}-area`;
  const choose = (key: string) => {
    const [field = '', value = ''] = key.split('.');
    data.control.update({ filters: { [field]: { anyOf: [value] } } });
  };
  return (
    <p className="row">
      <label htmlFor={id}>{t('beside.area')}</label>
      <select id={id} className="utrecht-select utrecht-select--html-select group-select"
        value={area ? `${area.field}.${area.id}` : ''}
        onChange={(event) => { choose(event.target.value); }}>
        {(data.block.areas ?? []).map((field) => (
          <optgroup key={field} label={l(data.form.form.fields[field]?.label)}>
            {areas.filter((one) => one.field === field).map((one) => (
              <option key={one.id} value={`${field}.${one.id}`}>{one.label}</option>
            ))}
          </optgroup>
        ))}
      </select>
    </p>
  );
}

// The number, or the words where the source gives no number.
function said(data: BlockData, item: RecordItem): string {
  const { block, form, context } = data;
  const text = (id: string | undefined) => {
    const field = id ? form.form.fields[id] : undefined;
    return field && id ? valueText(context, field, item.fields[id]) : '';
  };
  return text(block.words) || text(block.value) || context.words.t('beside.notShown');
}

function dateText(data: BlockData, item: RecordItem): string {
  const field = data.form.form.fields[data.block.date ?? ''];
  return field ? valueText(data.context, field, item.fields[data.block.date ?? '']) : '';
}

export function pointsOf(data: BlockData, items: RecordItem[]): ChartValue[] {
  const places = placesInTime(items.map((item) => windowOf(item, data.block.date)));
  return items.map((item, index) => {
    const number = item.fields[data.block.value ?? ''];
    const place = places[index];
    return { key: item.id, label: dateText(data, item), text: said(data, item),
      value: number === undefined || number === null ? null : Number(number),
      ...(place === undefined ? {} : { place }) };
  });
}

function Facts({ data, facts, record }: { data: BlockData; facts: SeriesFacts;
  record: RecordItem | undefined; }) {
  const { block } = data;
  const { t, l } = facts.context.words;
  const fields = facts.form?.form.fields ?? {};
  const lines = ([['figures.definition', block.definition], ['common.source', block.source],
    ...(block.told ?? []).map((id) => ['', id])] as const).flatMap(([key, id]) => {
    const field = id ? fields[id] : undefined;
    const value = id ? record?.fields[id] : undefined;
    return field && id && value !== undefined
      ? [{ id, title: key ? t(key as 'common.source') : l(field.label), field, value }] : [];
  });
  return (
    <dl className="figure-facts">
      {lines.map(({ id, title, field, value }) => (
        <div key={id}>
          <dt>{title}</dt>
          <dd><FieldValue context={facts.context} field={field} value={value} /></dd>
        </div>
      ))}
    </dl>
  );
}

function SeriesCard({ data, facts, series, area }: { data: BlockData; facts: SeriesFacts;
  series: SeriesOfArea; area: AreaHead; }) {
  const { block, context } = data;
  const { t } = context.words;
  const record = facts.records.get(series.id);
  const title = record?.title ?? context.references[series.id]?.title ?? t('chart.other');
  const textOf = (id: string | undefined) => {
    const field = id ? facts.form?.form.fields[id] : undefined;
    return field && id ? valueText(facts.context, field, record?.fields[id]) : '';
  };
  const newest = series.items.at(-1);
  const points = pointsOf(data, series.items);
  const caption = `${title}, ${area.label}`;
  const caution = textOf(block.caution);
  return (
    <li className="panel figure-card">
      <h3 className="figure-title"><Link to={`/records/${series.id}`}>{title}</Link></h3>
      {newest && (
        <p>
          <span className="figure-value">{said(data, newest)}</span>{' '}
          <span className="muted">{textOf(block.unit)} {dateText(data, newest)}</span>
        </p>
      )}
      {points.filter(({ value }) => value !== null).length >= kFewestForChart && (
        <FigureChart values={points} isTime
          finding={`${caption}: ${
            points.map(({ label, text }) => `${label} ${text}`).join('; ')}.`} />
      )}
      <SimpleTable isShort caption={caption} heads={[t('beside.period'), t('beside.value')]}
        rows={series.items.map((item) => ({ key: item.id, cells: [
          <Link key="to" to={`/records/${item.id}`}>{dateText(data, item)}</Link>,
          said(data, item)] }))} />
      <Facts data={data} facts={facts} record={record} />
      {caution && (
        <p className="figure-caution"><strong>{t('figures.caution')}:</strong> {caution}</p>
      )}
    </li>
  );
}

// The records that areas can be, by the field that names them.
function useNamedAreas({ block, form }: BlockProps, isWanted: boolean) {
  const fields = block.areas ?? [];
  const found = useRowsOfAll(fields.map((id) => (
    { form: fullName(form.pack, form.form.fields[id]?.form ?? '') })), isWanted);
  return fields.map((field, index) => ({ field, items: found[index]?.data?.items ?? [] }));
}

// All records, so that every area that has a value can be chosen. Where there are more than can be
// looked through, every area can be chosen, and what is shown is asked for that one alone.
function useBeside(props: BlockProps) {
  const { desk, block, form } = props;
  const control = useListState(form, `${block.id}.`);
  const all = useAllRows(blockBody(block, searchBody(form, kEmptyList)), true, kManyRows);
  const isCut = Boolean(all.data?.next);
  const named = useNamedAreas(props, isCut);
  const bare = useValueContext(form.pack, all.data?.references);
  const facts = useSeriesFacts(props);
  const nameOf = (id: string) => (
    facts.records.get(id)?.title ?? bare.references[id]?.title ?? id);
  const seen = all.data?.items ?? [];
  const { lang } = bare.words;
  const areas = isCut ? areasNamed(named, lang) : areasOf(seen, block.areas ?? [], nameOf, lang);
  const area = chosenArea(areas, seen, block.date, (id) => control.state.filters[id]?.anyOf);
  const body = blockBody(block, searchBody(form, { ...kEmptyList,
    filters: area ? { [area.field]: { anyOf: [area.id] } } : {} }));
  const own = useAllRows(body, isCut && area !== undefined, kManyRows);
  const rows = isCut && area ? own : all;
  const data: BlockData = { desk, block: { ...block, filters: [] }, form, control, rows, body,
    context: { ...bare, references: { ...bare.references, ...rows.data?.references } },
    items: rows.data?.items ?? [] };
  return { data, facts, areas, area, nameOf };
}

export default function BesideBlock(props: BlockProps) {
  const { data, facts, areas, area, nameOf } = useBeside(props);
  const { block, form, context, items } = data;
  const { t, l, lang } = context.words;
  const series = area ? seriesOf(items, area, block.apart ?? '', block.date, nameOf, lang) : [];
  const columns = [...block.areas ?? [], block.apart, block.date, block.value, block.words,
    ...block.columns ?? []].filter((id) => id !== undefined);
  const finding = area
    ? t('beside.finding', { area: area.label, n: series.length })
    : t('desk.findingNone', { plural: l(form.form.plural).toLowerCase() });
  return (
    <BlockFrame data={data} finding={finding}
      tools={<ExportMenu form={form} body={data.body} columns={columns} />}>
      {areas.length > 0 && <AreaChoice data={data} areas={areas} area={area} />}
      {area && (
        <ul className="cards plain-list beside">
          {series.map((one) => (
            <SeriesCard key={one.id} data={data} facts={facts} series={one} area={area} />
          ))}
        </ul>
      )}
      {area && <p className="muted small">{t('beside.apart')}</p>}
    </BlockFrame>
  );
}
