// Numbers, money and periods: by tables of examples, and reading back what was written.
import { describe, expect, it } from 'vitest';

import {
  formatBytes, formatDecimal, formatMoney, formatPeriod, joinWords, makePeriod, parseDecimal,
} from './format';

describe('numbers in Dutch', () => {
  it.each([['30600', '30.600'], ['1234567.50', '1.234.567,50'], ['-1200', '−1.200'], ['7', '7'],
    ['geen getal', 'geen getal']])('writes %s as %s', (value, text) => {
    expect(formatDecimal(value, 'nl')).toBe(text);
  });
  it('writes cents only where there are any', () => {
    expect(formatMoney('1250.00', 'nl')).toBe('€ 1.250');
    expect(formatMoney('80.50', 'nl')).toBe('€ 80,50');
  });
  it.each([['1.250,50', '1250.50'], ['€ 1 250', '1250'], ['2,5', '2.5'], ['−3', '-3'],
    ['2.5', '2.5'], ['veel', null], ['1,2,3', null], ['', null],
  ])('reads %j as %j', (typed, value) => {
    expect(parseDecimal(typed, 'nl')).toBe(value);
  });
  it('reads back every amount that it writes', () => {
    for (let cents = 0; cents < 5_000_000; cents += 12_347) {
      const value = (cents / 100).toFixed(2);
      expect(Number(parseDecimal(formatMoney(value, 'nl'), 'nl'))).toBe(Number(value));
      expect(Number(parseDecimal(formatMoney(value, 'en'), 'en'))).toBe(Number(value));
    }
  });
});

describe('periods', () => {
  it.each([['P3M', '3 maanden'], ['P1Y6M', '1 jaar en 6 maanden'], ['P1W', '1 week'],
    ['P1D', '1 dag'], ['permanent', 'permanent'], ['P', 'P']])('says %s as %s', (period, text) => {
    expect(formatPeriod(period, 'nl')).toBe(text);
  });
  it('makes a period only of a whole positive count', () => {
    expect(makePeriod('6', 'W')).toBe('P6W');
    expect(['', '0', '-1', '1,5', '99999'].map((count) => makePeriod(count, 'M')))
      .toEqual([null, null, null, null, null]);
  });
});

it('words are joined with commas and a last "en"', () => {
  expect(joinWords(['a', 'b', 'c'], 'nl')).toBe('a, b en c');
  expect(joinWords(['a'], 'nl')).toBe('a');
});

it.each([[1, '1 byte'], [999, '999 bytes'], [1024, '1,0 kB'], [15_000, '15 kB'],
  [26_214_400, '25 MB'], [1_572_864, '1,5 MB'], [5_000_000_000, '4,7 GB']] as const)(
  '%d bytes are told as %s', (bytes, text) => {
    expect(formatBytes(bytes, 'nl')).toBe(text);
  });
