// A block of kind `register`: the first rows of a register, with the way to all of it.
import { formatDecimal } from '@/lib/format';
import { useMedia } from '@/lib/use_media';
import { ButtonLink } from '@/ui/button';
import { ExportMenu } from '@/ui/export_menu';
import { columnsOf, defaultColumns } from '@/ui/values/columns';
import { RecordTable } from '@/ui/values/record_table';
import { BlockFrame } from './block_frame';
import { findingOf, useBlock } from './use_block';
import type { BlockProps } from './use_block';

const kShown = 25;
const kShownOnPhone = 6;         // there a row is as tall as a page

export function RegisterBlock(props: BlockProps) {
  const data = useBlock(props);
  const { block, form, context, items } = data;
  const shown = useMedia('(width < 40rem)') ? kShownOnPhone : kShown;
  const ids = block.columns?.length ? block.columns : defaultColumns(context, form);
  const columns = columnsOf(context, form, ids)
    .filter((column) => form.form.name?.[0] !== column.id);
  return (
    <BlockFrame data={data} finding={findingOf(form, items, context.words)} tools={(
      <ExportMenu form={form} body={data.body} columns={ids} />
    )}>
      {items.length > 0 && (
        <RecordTable context={context} form={form} items={items.slice(0, shown)}
          columns={columns} caption={context.words.l(block.title)} />
      )}
      {items.length > shown && (
        <p className="small muted">
          {context.words.t('desk.shown', { n: formatDecimal(shown, context.words.lang),
            m: formatDecimal(items.length, context.words.lang) })}
        </p>
      )}
      <div>
        <ButtonLink small to={`/registers/${form.name}`}>
          {context.words.t('register.title')}: {context.words.l(form.form.plural)}
        </ButtonLink>
      </div>
    </BlockFrame>
  );
}
