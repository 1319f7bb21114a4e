// How the state of a hand-over is shown.
import type { Handover } from '@/api/handovers';
import type { Meaning } from '@/api/types';

export function handoverMeaning(item: Handover): Meaning {
  if (item.state === 'offered') return 'attention';
  if (item.state === 'accepted') return item.counts ? 'running' : 'draft';
  return 'ended';
}
