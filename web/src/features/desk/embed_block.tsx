// One block of a desk, alone, for another site.
import { allDesks, blockForm } from '@/api/metadata';
import type { DeskRef } from '@/api/metadata';
import { useCatalogue } from '@/api/queries';
import type { Block, Catalogue } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { serverToday } from '@/lib/server_clock';
import { EmbedFrame } from '@/ui/embed_frame';
import { Notice } from '@/ui/notice';
import { DeskBlock } from './desk_block';
import './desk.css';

function isShown(catalogue: Catalogue, { pack }: DeskRef, block: Block | undefined): boolean {
  if (!block) return false;
  return block.kind === 'indicator' || block.kind === 'text'
    || Boolean(blockForm(catalogue, pack, block)?.form.may.includes('read'));
}

export default function EmbedBlock({ pack, desk, block: id }: { pack: string; desk: string;
  block: string; }) {
  const { t, l } = useWords();
  const catalogue = useCatalogue().data ?? { packs: [] };
  const found = allDesks(catalogue).find((one) => one.pack.name === pack && one.id === desk);
  const block = found?.desk.blocks.find((one) => one.id === id);
  if (!found || !block || !isShown(catalogue, found, block)) {
    return (
      <EmbedFrame title={t('app.name')} full="/">
        <Notice meaning="attention"><p>{t('embed.absent')}</p></Notice>
      </EmbedFrame>
    );
  }
  // A figure says its own day.
  const day = block.kind === 'indicator' ? {} : { on: serverToday() };
  return (
    <EmbedFrame title={l(found.desk.title)} isTitleHidden {...day}
      full={`/overzicht/${pack}/${desk}#${id}`}>
      <DeskBlock desk={found} block={block} />
    </EmbedFrame>
  );
}
