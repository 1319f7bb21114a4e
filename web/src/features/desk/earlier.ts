// What a map or a grid tells of the time before: a record names its predecessor, and where that one
// said something else, the reader sees it. Nobody is told whether that is better or worse.
import type { Block, RecordItem } from '@/api/types';
import { formatDecimal } from '@/lib/format';
import type { Words } from '@/lib/i18n';
import { valueOf } from './grid_rows';
import type { Earlier } from './use_block';

// `all` is what is at hand; a predecessor that is not among it is not spoken of.
export function earlierOf({ previous, cell = '' }: Block, items: RecordItem[], all: RecordItem[]):
Earlier {
  if (!previous) return new Map();
  const byId = new Map(all.map((item) => [item.id, item]));
  return new Map(items.flatMap((item) => {
    const before = byId.get(valueOf(item, previous));
    const isOther = before && item.fields[cell] !== before.fields[cell];
    return isOther ? [[item.id, before] as const] : [];
  }));
}

// ' Anders dan de keer ervoor: 12.', where there are any.
export function findingOfEarlier(earlier: Earlier | undefined, { t, lang }: Words): string {
  return earlier?.size ? ` ${t('desk.changed', { n: formatDecimal(earlier.size, lang) })}` : '';
}
