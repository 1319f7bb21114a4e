// A desk: a page made of blocks, as its pack describes it.
import type { ComponentType } from 'react';

import { allDesks } from '@/api/metadata';
import type { DeskRef } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import { ApiProblem } from '@/api/problem';
import type { Block, BlockKind } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { Page } from '@/ui/page';
import { ProblemPage } from '@/ui/problem_view';
import { ShareTools } from '@/ui/share_tools';
import { AmountsBlock } from './amounts_block';
import { FiguresBlock } from './figures_block';
import { RegisterBlock } from './register_block';
import { TimelineBlock } from './timeline_block';
import { useBlockForm } from './use_block';
import type { BlockProps } from './use_block';
import './desk.css';

const kBlocks: Record<BlockKind, ComponentType<BlockProps>> = {
  timeline: TimelineBlock,
  terms: TimelineBlock,
  figures: FiguresBlock,
  amounts: AmountsBlock,
  register: RegisterBlock,
};

// A block whose form is not there, or may not be read, is left out.
function DeskBlock({ desk, block }: { desk: DeskRef; block: Block }) {
  const form = useBlockForm(desk, block);
  const Kind = kBlocks[block.kind];
  return form?.form.may.includes('read') ? <Kind desk={desk} block={block} form={form} /> : null;
}

export function DeskPage({ pack, desk: id }: { pack?: string; desk?: string }) {
  const { l, t } = useWords();
  const desks = allDesks(useCatalogue().data ?? { packs: [] });
  const found = id ? desks.find((one) => one.pack.name === pack && one.id === id) : desks[0];
  if (!found) {
    return id ? <ProblemPage error={new ApiProblem(404, {})} />
      : <Page title={t('app.name')} lead={t('desk.empty')} />;
  }
  const { desk } = found;
  return (
    <Page title={l(desk.title)} lead={l(desk.lead)} tools={<ShareTools />}
      crumbs={id ? [{ label: t('nav.desks') }, { label: l(desk.title) }] : []}>
      <div className="stack-l">
        {desk.blocks.map((block) => <DeskBlock key={block.id} desk={found} block={block} />)}
      </div>
    </Page>
  );
}

export default DeskPage;
