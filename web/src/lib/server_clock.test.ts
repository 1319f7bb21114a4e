// The server's day, as its answers tell it. Method: a device whose clock is a day behind.
import { afterEach, expect, it } from 'vitest';

import { noteServerTime, serverToday } from './server_clock';

const kDevice = Date.parse('2026-03-01T22:30:00Z');

afterEach(() => { noteServerTime(new Date(kDevice).toUTCString(), kDevice); });

it('is the day in Amsterdam by the clock of the server', () => {
  noteServerTime('Sun, 01 Mar 2026 22:30:00 GMT', kDevice);
  expect(serverToday(kDevice)).toBe('2026-03-01');
  noteServerTime('Mon, 02 Mar 2026 22:30:00 GMT', kDevice);
  expect(serverToday(kDevice)).toBe('2026-03-02');
  expect(serverToday(kDevice + 3_600_000)).toBe('2026-03-03');
});

it('keeps what it knew where an answer does not say', () => {
  noteServerTime('Mon, 02 Mar 2026 22:30:00 GMT', kDevice);
  noteServerTime(null, kDevice);
  noteServerTime('yesterday', kDevice);
  expect(serverToday(kDevice)).toBe('2026-03-02');
});
