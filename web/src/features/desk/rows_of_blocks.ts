// Which blocks of a desk stand side by side: numbers without a picture that follow each other.
import type { Block } from '@/api/types';

export function isTile({ kind, by }: Block): boolean {
  return kind === 'indicator' && !by;
}

export function rowsOfBlocks(blocks: Block[]): Block[][] {
  const rows: Block[][] = [];
  for (const block of blocks) {
    const last = rows.at(-1);
    if (last?.every(isTile) && isTile(block)) last.push(block);
    else rows.push([block]);
  }
  return rows;
}
