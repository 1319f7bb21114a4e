// What a server gives of rows, for tests of blocks: the fields that are asked for alone.
import type { RecordItem, SearchBody } from '@/api/types';

export function asAsked(items: RecordItem[], { fields }: SearchBody): RecordItem[] {
  return items.map((item) => (fields ? { ...item, fields: Object.fromEntries(
    Object.entries(item.fields).filter(([id]) => fields.includes(id))) } : item));
}
