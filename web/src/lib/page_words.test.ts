// Which page something is about: what is written of it, and that only a path of this site is read.
import { describe, expect, it } from 'vitest';

import { readPage, writePage } from './page_words';

describe('written', () => {
  it.each([
    ['Loket', '/overzicht/p/loket', 80, 'Loket (/overzicht/p/loket)'],
    ['  Twee \n regels ', '/a', 80, 'Twee regels (/a)'],
    ['', '/records/01hx', 80, '/records/01hx'],
  ])('%j at %s', (title, path, most, want) => {
    expect(writePage(title, path, most)).toBe(want);
  });

  it('a title is cut to what fits, and left out before the path is', () => {
    const cut = writePage('Een lange titel', '/records/01hx', 25) ?? '';
    expect(cut).toBe('Een lang… (/records/01hx)');
    expect([...cut].length).toBe(25);
    expect(writePage('Een lange titel', '/records/01hx', 16)).toBe('/records/01hx');
    expect(writePage('Een lange titel', '/records/01hx', 12)).toBeUndefined();
  });
});

describe('read', () => {
  it.each([
    ['Loket (/overzicht/p/loket)', { words: 'Loket', path: '/overzicht/p/loket' }],
    ['Loket (van A) (/a)', { words: 'Loket (van A)', path: '/a' }],
    ['/records/01hx', { words: '/records/01hx', path: '/records/01hx' }],
    ['/', { words: '/', path: '/' }],
  ])('%j is a page', (text, want) => { expect(readPage(text)).toEqual(want); });

  it.each([
    'Loket', '', 'https://elders.example/', 'javascript:alert(1)', '//elders.example',
    'Kijk (//elders.example)', 'Kijk (/\\elders.example)', '/\\elders.example',
    'Kijk (/\t/elders.example)', '/a/../b', '/%2e%2e//elders.example', '/.//elders.example',
    'Kijk (https://elders.example/)', 'Kijk (/zoeken?q=jan)', '/a#b', 'Loket (/a) en meer',
  ])('%j is none', (text) => { expect(readPage(text)).toBeNull(); });
});
