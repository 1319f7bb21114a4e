// How far a place is, and whether it is late.
import type { RoundPlace } from '@/api/rounds';
import { today } from '@/lib/dates';

// The last day of what runs for the request; absent: nothing does.
export function dueOf({ request }: RoundPlace): string | undefined {
  return request?.deadlines?.find(({ status }) => status === 'open' || status === 'missed')?.last;
}

export function isLate(place: RoundPlace): boolean {
  const due = dueOf(place);
  return due !== undefined && due < today();
}

export function isDone(place: RoundPlace, rows: number): boolean {
  return rows > 0 && place.past >= rows;
}
