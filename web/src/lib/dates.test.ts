// Dates: what people type and what they read back, by tables of examples.
import { describe, expect, it } from 'vitest';

import { dayNumber, formatMoment, formatWindow, fromDayNumber, parseDay, parseWindow, today }
  from './dates';

describe('parseDay', () => {
  it.each([
    ['31-1-2025', '2025-01-31'], ['31/01/2025', '2025-01-31'], ['2025-01-31', '2025-01-31'],
    ['31 januari 2025', '2025-01-31'], ['1 mrt 2024', '2024-03-01'], ['3 May 2024', '2024-05-03'],
    ['29-2-2024', '2024-02-29'], ['29-2-2025', null], ['31-02-2025', null], ['morgen', null],
    ['2025', null], ['', null], ['32-1-2025', null], ['1 m 2025', null],
  ])('reads %j as %j', (typed, iso) => { expect(parseDay(typed)).toBe(iso); });
});

describe('parseWindow', () => {
  it.each([
    ['2025', '2025-01-01', '2025-12-31'], ['ergens in 2025', '2025-01-01', '2025-12-31'],
    ['maart 2025', '2025-03-01', '2025-03-31'], ['02-2024', '2024-02-01', '2024-02-29'],
    ['in februari 2025', '2025-02-01', '2025-02-28'], ['31-1-2025', '2025-01-31', '2025-01-31'],
  ])('reads %j as a window', (typed, first, last) => {
    expect(parseWindow(typed)).toEqual({ first, last });
  });
  it.each(['voor de zomer', 'eind 2025', '13-2025', ''])('leaves %j to the calendar', (typed) => {
    expect(parseWindow(typed)).toBeNull();
  });
});

describe('formatWindow', () => {
  it.each([
    ['2025-01-31', '2025-01-31', '31 januari 2025'],
    ['2025-01-01', '2025-12-31', '2025'],
    ['2024-02-01', '2024-02-29', 'februari 2024'],
    ['2025-04-01', '2025-06-30', '1 april 2025 t/m 30 juni 2025'],
  ])('says %s to %s in the shortest words that lose nothing', (first, last, text) => {
    expect(formatWindow({ first, last }, 'nl')).toBe(text);
  });
});

it('a day number comes back as the same day, also across a change of the clock', () => {
  for (const iso of ['1970-01-01', '2024-02-29', '2025-03-30', '2025-10-26', '1899-12-31']) {
    expect(fromDayNumber(dayNumber(iso))).toBe(iso);
  }
});

it('today and moments are those of Amsterdam', () => {
  expect(today(new Date('2025-06-30T22:30:00Z'))).toBe('2025-07-01');
  expect(formatMoment('2025-01-31T23:30:00Z', 'nl')).toBe('1 februari 2025 om 00:30');
});
