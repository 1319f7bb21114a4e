// The day that it is for the server. A device may have its clock wrong; the server says the time
// with everything that it answers.
import { today } from './dates';

let aheadMs = 0;

// `date`: the header of an answer that just came, such as 'Tue, 15 Nov 1994 08:12:31 GMT'.
export function noteServerTime(date: string | null, now = Date.now()): void {
  const told = date === null ? NaN : Date.parse(date);
  if (!Number.isNaN(told)) aheadMs = told - now;
}

export function serverToday(now = Date.now()): string {
  return today(new Date(now + aheadMs));
}
