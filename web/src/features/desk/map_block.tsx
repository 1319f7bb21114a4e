// A block of kind `map`: equal tiles, one for each place, with what is known there of one topic; or
// the same as a table, which is what a phone shows. Never a ranking: places stand where they lie,
// or by name, and nothing is added up.
import { useRef } from 'react';
import type { ReactNode } from 'react';

import type { RecordItem } from '@/api/types';
import { tilesSvg } from '@/lib/chart/tiles_svg';
import { formatDecimal } from '@/lib/format';
import { Link } from '@/lib/router';
import { useMedia } from '@/lib/use_media';
import { Button } from '@/ui/button';
import { TileMap } from '@/ui/chart/tile_map';
import type { Tile } from '@/ui/chart/tile_map';
import { ExportMenu } from '@/ui/export_menu';
import { SimpleTable } from '@/ui/simple_table';
import { Skeleton } from '@/ui/skeleton';
import { Status } from '@/ui/status';
import { FieldValue, findCode, valueText } from '@/ui/values/field_value';
import { BlockFrame } from './block_frame';
import { Choices } from './choices';
import { findingOfEarlier } from './earlier';
import { EarlierWords } from './earlier_words';
import type { PlacedRow, PlaceRow } from './map_rows';
import { pictureWords } from './use_block';
import { useMap } from './use_map';
import type { MapData } from './use_map';
import type { BlockData, BlockProps } from './use_block';
import './map.css';

// What is told of a record beside its value: the columns of the block, and its reference date.
function toldFields({ block, form }: BlockData): string[] {
  const ids = [...block.columns ?? [], ...block.date ? [block.date] : []];
  return [...new Set(ids)].filter((id) => id in form.form.fields && id !== block.cell);
}

function textOf(data: BlockData, item: RecordItem, id: string): string {
  const field = data.form.form.fields[id];
  return field ? valueText(data.context, field, item.fields[id]) : '';
}

function valueWords(data: BlockData, item: RecordItem): string {
  return textOf(data, item, data.block.cell ?? '') || data.context.words.t('common.unknown');
}

// 'Noord, De Noordhoek: Gereed. Waarde: 12; Gezien op: 1 mei 2026; en 1 meer.'
function spoken(data: BlockData, { place, items }: PlaceRow): string {
  const { t, l, lang } = data.context.words;
  const name = place.name.includes(place.short) ? place.name : `${place.short}, ${place.name}`;
  const [item] = items;
  if (!item) return `${name}: ${t('grid.empty')}.`;
  const told = toldFields(data).flatMap((id) => {
    const text = textOf(data, item, id);
    return text ? [`${l(data.form.form.fields[id]?.label)}: ${text}`] : [];
  });
  const before = data.before?.get(item.id);
  if (before) told.push(t('grid.before', { value: valueWords(data, before) }));
  if (items.length > 1) told.push(t('grid.more', { n: formatDecimal(items.length - 1, lang) }));
  return `${name}: ${valueWords(data, item)}.${told.length ? ` ${told.join('; ')}.` : ''}`;
}

export function tileOf(data: BlockData, row: PlacedRow): Tile {
  const [item] = row.items;
  const field = data.form.form.fields[data.block.cell ?? ''];
  const code = item?.fields[data.block.cell ?? ''];
  const meaning = field?.type === 'choice' && typeof code === 'string'
    ? findCode(data.context, field, code)?.meaning : undefined;
  return {
    id: row.place.id, column: row.column, row: row.row, short: row.place.short, meaning,
    value: item ? valueWords(data, item) : '', spoken: spoken(data, row),
    isMarked: Boolean(item && data.before?.has(item.id)),
    to: `/records/${item?.id ?? row.place.id}`,
  };
}

// The codes that have a shape, so that a tile can be read without its word.
function MapKey({ data }: { data: BlockData }) {
  const { t, l } = data.context.words;
  const field = data.form.form.fields[data.block.cell ?? ''];
  const used = new Set(data.items.map((item) => String(item.fields[data.block.cell ?? ''])));
  const codes = [...used].flatMap((value) => {
    const code = field && findCode(data.context, field, value);
    return code?.meaning ? [{ value, meaning: code.meaning, label: l(code.label) }] : [];
  }).sort((a, b) => a.label.localeCompare(b.label));
  return (
    <div className="legend" role="group" aria-label={t('map.key')}>
      {codes.map(({ value, ...status }) => <Status key={value} {...status} />)}
      {Boolean(data.before?.size) && <span className="map-key-marked">{t('map.changed')}</span>}
      <span className="map-key-empty">{t('grid.empty')}</span>
    </div>
  );
}

// Of a table only what some row holds, and what is not chosen above for all of them.
function tableFields(data: BlockData, rows: PlaceRow[]): string[] {
  const items = rows.flatMap((row) => row.items);
  return toldFields(data).filter((id) => !data.block.one_of?.includes(id)
    && items.some(({ fields }) => fields[id] !== undefined));
}

function valueCell(data: BlockData, item: RecordItem | undefined): ReactNode {
  const cell = data.block.cell ?? '';
  const field = data.form.form.fields[cell];
  if (!item || !field) return <span className="muted">{data.context.words.t('grid.empty')}</span>;
  const before = data.before?.get(item.id);
  return (
    <div>
      <Link to={`/records/${item.id}`}>
        <FieldValue context={data.context} field={field} value={item.fields[cell]} />
        <span className="visually-hidden">: {item.title}</span>
      </Link>
      {before && <EarlierWords words={data.context.words} value={valueWords(data, before)} />}
    </div>
  );
}

function PlacesTable({ data, rows, caption }: { data: BlockData; rows: PlaceRow[];
  caption: string; }) {
  const { fields } = data.form.form;
  const { l } = data.context.words;
  const told = tableFields(data, rows);
  const nameOf = ({ place, isKnown }: PlaceRow) => (
    isKnown ? <Link to={`/records/${place.id}`}>{place.name}</Link> : place.name);
  const cells = (row: PlaceRow, item: RecordItem | undefined) => [
    nameOf(row), valueCell(data, item),
    ...told.map((id) => {
      const field = fields[id];
      const value = item?.fields[id];
      return field && value !== undefined
        ? <FieldValue key={id} context={data.context} field={field} value={value} /> : '–';
    }),
  ];
  return (
    <SimpleTable caption={caption}
      heads={[data.block.places ?? '', data.block.cell ?? '', ...told]
        .map((id) => l(fields[id]?.label))}
      rows={rows.flatMap((row) => (row.items.length ? row.items : [undefined])
        .map((item) => ({ key: item?.id ?? row.place.id, cells: cells(row, item) })))} />
  );
}

function Content({ map, isTable, finding }: { map: MapData; isTable: boolean; finding: string }) {
  const { data, choices, rows: { placed, beside } } = map;
  const { t, l, lang } = data.context.words;
  if (map.isChanging) return <Skeleton lines={8} />;
  if (choices[0] && !choices[0].heads.length) return <p className="muted">{t('map.noChoice')}</p>;
  if (isTable) {
    const all = [...placed, ...beside].sort((a, b) => (
      a.place.name.localeCompare(b.place.name, lang, { numeric: true })));
    return all.length ? <PlacesTable data={data} rows={all} caption={l(data.block.title)} />
      : <p className="muted">{t('map.noPlaces')}</p>;
  }
  return (
    <>
      {placed.length > 0
        ? <TileMap tiles={placed.map((row) => tileOf(data, row))} hint={t('map.hint')}
            label={t('map.alt', { finding })} />
        : <p className="muted">{t('map.noPlaces')}</p>}
      {placed.length > 0 && <MapKey data={data} />}
      {beside.length > 0 && (
        <section className="stack-s">
          <h3 className="grid-row-title">{t('map.beside')}</h3>
          <p className="small muted">{t('map.besideWhy')}</p>
          <PlacesTable data={data} rows={beside} caption={t('map.beside')} />
        </section>
      )}
    </>
  );
}

export function findingOfMap({ data, places, rows }: Pick<MapData, 'data' | 'places' | 'rows'>):
string {
  const { t, l, lang } = data.context.words;
  const all = [...rows.placed, ...rows.beside];
  return t('map.finding', {
    plural: l(places?.form.plural), n: formatDecimal(all.length, lang),
    m: formatDecimal(all.filter(({ items }) => items.length).length, lang) });
}

// 'Onderwerp: Groente. Meting: zomer 2026.': of what a saved picture is.
function chosenWords({ data, choices }: Pick<MapData, 'data' | 'choices'>): string {
  const { l } = data.context.words;
  return choices.flatMap(({ field, heads, value }) => {
    const label = heads.find((head) => head.value === value)?.label;
    return label ? [`${l(data.form.form.fields[field]?.label)}: ${label}.`] : [];
  }).join(' ');
}

export default function MapBlock(props: BlockProps) {
  const map = useMap(props);
  const box = useRef<HTMLDivElement>(null);
  const isPhone = useMedia('(width < 40rem)');
  const { data } = map;
  const { t } = data.context.words;
  const isTable = isPhone || data.control.state.view === 'table';
  const finding = `${findingOfMap(map)}${findingOfEarlier(data.before, data.context.words)}`;
  const columns = [...new Set([data.block.places, ...data.block.one_of ?? [], data.block.cell,
    ...toldFields(data)])].filter((id) => id !== undefined);
  return (
    <BlockFrame data={data} finding={map.isChanging ? '' : finding} tools={(
      <>
        {!isPhone && (
          <Button small look="subtle"
            onClick={() => { data.control.update({ view: isTable ? null : 'table' }); }}>
            {t(isTable ? 'map.asMap' : 'map.asTable')}
          </Button>
        )}
        <ExportMenu form={data.form} body={data.body} columns={columns}
          {...(isTable || !map.rows.placed.length ? {} : { svg: () => tilesSvg(box.current),
            picture: pictureWords(data, `${chosenWords(map)} ${finding}`) })} />
      </>
    )}>
      <Choices data={data} choices={map.choices} />
      <div ref={box} className="stack-s">
        <Content map={map} isTable={isTable} finding={finding} />
      </div>
    </BlockFrame>
  );
}
