// Putting one block of a desk in another site, as the reader has filtered it.
import type { DeskRef } from '@/api/metadata';
import type { Block } from '@/api/types';
import { queryOf } from '@/lib/embed';
import { useWords } from '@/lib/i18n';
import { EmbedButton } from '@/ui/share_tools';

export function BlockEmbed({ desk, block }: { desk: DeskRef; block: Block }) {
  const { l } = useWords();
  const path = () => `/overzicht/${desk.pack.name}/${desk.id}/${block.id}${
    queryOf(`${block.id}.`, window.location.search)}`;
  return <EmbedButton path={path} title={l(block.title)} />;
}
