// How the state of a hand-over is shown and said.
import type { Handover } from '@/api/handovers';
import type { Meaning } from '@/api/types';
import type { MessageKey } from '@/lib/i18n';

export function handoverMeaning(item: Handover): Meaning {
  if (item.over) return 'ended';
  if (item.state === 'offered') return 'attention';
  if (item.state === 'accepted') return item.counts ? 'running' : 'draft';
  return 'ended';
}

// What is open or accepted may be past its last day, or before its first.
export function handoverLabel(item: Handover): MessageKey {
  if (item.state === 'offered' && item.over) return 'handover.state.expired';
  if (item.state === 'accepted' && item.over) return 'handover.state.past';
  if (item.state === 'accepted' && !item.counts) return 'handover.state.notYet';
  return `handover.state.${item.state}`;
}
