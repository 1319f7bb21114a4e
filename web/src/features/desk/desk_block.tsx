// One block of a desk, by its kind. What most desks do without is loaded when first needed.
import { lazy, Suspense } from 'react';
import type { ComponentType } from 'react';

import type { DeskRef } from '@/api/metadata';
import type { Block, BlockKind } from '@/api/types';
import { Skeleton } from '@/ui/skeleton';
import { AmountsBlock } from './amounts_block';
import { FiguresBlock } from './figures_block';
import { RegisterBlock } from './register_block';
import { TextBlock } from './text_block';
import { TimelineBlock } from './timeline_block';
import { useBlockForm } from './use_block';
import type { BlockProps } from './use_block';

const GridBlock = lazy(() => import('./grid_block'));
const MapBlock = lazy(() => import('./map_block'));
const IndicatorBlock = lazy(() => import('./indicator_block'));
const InterviewBlock = lazy(() => import('./interview_block'));
const BesideBlock = lazy(() => import('./beside_block'));

// Not made of rows of a form.
type OwnKind = 'indicator' | 'interview' | 'text';

const kBlocks: Record<Exclude<BlockKind, OwnKind>, ComponentType<BlockProps>> = {
  timeline: TimelineBlock,
  terms: TimelineBlock,
  figures: FiguresBlock,
  amounts: AmountsBlock,
  register: RegisterBlock,
  grid: GridBlock,
  map: MapBlock,
  beside: BesideBlock,
};

// Rows of a form: left out where the form is not there, or may not be read.
function FormBlock({ desk, block, kind }: { desk: DeskRef; block: Block;
  kind: keyof typeof kBlocks; }) {
  const form = useBlockForm(desk, block);
  const Kind = kBlocks[kind];
  return form?.form.may.includes('read') ? <Kind desk={desk} block={block} form={form} /> : null;
}

export function DeskBlock({ desk, block }: { desk: DeskRef; block: Block }) {
  return (
    <Suspense fallback={<Skeleton lines={5} />}>
      {block.kind === 'indicator' && <IndicatorBlock desk={desk} block={block} />}
      {block.kind === 'interview' && <InterviewBlock desk={desk} block={block} />}
      {block.kind === 'text' && <TextBlock block={block} />}
      {block.kind !== 'indicator' && block.kind !== 'interview' && block.kind !== 'text'
        && <FormBlock desk={desk} block={block} kind={block.kind} />}
    </Suspense>
  );
}
