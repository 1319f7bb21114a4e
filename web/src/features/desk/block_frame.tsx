// The frame around a block: its title, what it found, filters, tools, content, and its foot.
import type { ReactNode } from 'react';

import { canBeAddressed } from '@/api/metadata';
import { formatDecimal } from '@/lib/format';
import { FilterBar } from '@/ui/filters/filter_bar';
import { NoOrder } from '@/ui/filters/no_order';
import { Notice } from '@/ui/notice';
import { ProblemNotice } from '@/ui/problem_view';
import { Skeleton } from '@/ui/skeleton';
import { BlockEmbed } from './block_embed';
import { UndeterminedRows } from './undetermined_rows';
import type { BlockData } from './use_block';

export interface BlockFrameProps {
  data: BlockData;
  finding?: string;                      // told once the rows are there
  tools?: ReactNode;
  isExcerpt?: boolean;                   // shows the first rows alone, and says so itself
  children: ReactNode;
}

export function BlockFrame({ data, finding, tools, isExcerpt, children }: BlockFrameProps) {
  const { desk, block, context, form, control, rows } = data;
  const { l, t, lang } = context.words;
  const titleId = `block-${block.id}`;
  return (
    <section className="block" aria-labelledby={titleId} id={block.id}>
      <div className="stack-s">
        <div className="row-wide">
          <h2 id={titleId}>{l(block.title)}</h2>
          <div className="row push no-print">
            {tools}
            {canBeAddressed(form.form) && <BlockEmbed desk={desk} block={block} />}
          </div>
        </div>
        {finding && <p role="status">{rows.data ? finding : ''}</p>}
      </div>
      <FilterBar context={context} form={form} fields={block.filters ?? []} control={control} />
      <NoOrder context={context} form={form} control={control} />
      {rows.isPending && <Skeleton lines={8} />}
      {rows.isError && <ProblemNotice error={rows.error} onRetry={() => void rows.refetch()} />}
      {rows.data?.next && !isExcerpt && (
        <Notice meaning="attention">
          <p>{t('desk.first', { n: formatDecimal(rows.data.items.length, lang) })}</p>
        </Notice>
      )}
      {rows.data && children}
      {rows.data && (
        <UndeterminedRows block={block} body={data.body} context={context}
          plural={l(form.form.plural).toLowerCase()} />
      )}
      {block.note && <p className="muted small">{l(block.note)}</p>}
    </section>
  );
}
