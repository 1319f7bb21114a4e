// A block of kind `register`: the first rows of a register, with the way to all of it.
import { formatDecimal } from '@/lib/format';
import { useMedia } from '@/lib/use_media';
import { ButtonLink } from '@/ui/button';
import { ExportMenu } from '@/ui/export_menu';
import { columnsOf, defaultColumns } from '@/ui/values/columns';
import { RecordTable } from '@/ui/values/record_table';
import { BlockFrame } from './block_frame';
import { findingOf, useBlock } from './use_block';
import type { BlockData, BlockProps } from './use_block';

const kShown = 25;
const kShownOnPhone = 6;         // there a row is as tall as a page
const kCounted = 200;            // of more rows no state is counted: that would be half the truth

// '34 toezeggingen. Loopt: 22.', or 'Meer dan 200 toezeggingen.'
function finding({ form, items, rows, context }: BlockData): string {
  const { words } = context;
  if (!rows.data?.next) return findingOf(form, items, words);
  return words.t('desk.findingMore', { n: formatDecimal(items.length, words.lang),
    plural: words.l(form.form.plural).toLowerCase() });
}

function Shown({ data, n }: { data: BlockData; n: number }) {
  const { t, lang } = data.context.words;
  const key = data.rows.data?.next ? 'desk.shownOfMore' : 'desk.shown';
  return (
    <p className="small muted">
      {t(key, { n: formatDecimal(n, lang), m: formatDecimal(data.items.length, lang) })}
    </p>
  );
}

export function RegisterBlock(props: BlockProps) {
  const data = useBlock(props, kCounted);
  const { block, form, context, items } = data;
  const shown = useMedia('(width < 40rem)') ? kShownOnPhone : kShown;
  const ids = block.columns?.length ? block.columns : defaultColumns(context, form);
  const columns = columnsOf(context, form, ids)
    .filter((column) => form.form.name?.[0] !== column.id);
  return (
    <BlockFrame data={data} finding={finding(data)} isExcerpt tools={(
      <ExportMenu form={form} body={data.body} columns={ids} />
    )}>
      {items.length > 0 && (
        <RecordTable context={context} form={form} items={items.slice(0, shown)}
          columns={columns} caption={context.words.l(block.title)} />
      )}
      {items.length > shown && <Shown data={data} n={shown} />}
      <div>
        <ButtonLink small to={`/registers/${form.name}`}>
          {context.words.t('register.title')}: {context.words.l(form.form.plural)}
        </ButtonLink>
      </div>
    </BlockFrame>
  );
}
