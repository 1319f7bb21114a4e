// Cells of tables in words: what is simple is said, everything else stays as it was written.
import { describe, expect, it } from 'vitest';

import { makeWords } from '@/lib/i18n';
import { nl } from '@/lib/i18n/nl';
import { cellWords, outputWords } from './cell_words';

const words = makeWords('nl', nl, () => undefined);
const said = (cell: string) => cellWords(cell, words);

describe('cellWords', () => {
  it.each([
    ['-', 'maakt niet uit'],
    ['', 'maakt niet uit'],
    ['"licht"', 'licht'],
    ['"licht", "zwaar"', 'licht of zwaar'],
    ['"a, b"', 'a, b'],
    ['not("licht", "zwaar")', 'niet licht of zwaar'],
    ['true', 'Ja'],
    ['>= 18', '18 of meer'],
    ['< 1500.5', 'minder dan 1.500,5'],
    ['<= @"2026-01-31"', '31 januari 2026 of eerder'],
    ['> date("2026-01-31")', 'na 31 januari 2026'],
    ['[18..67]', '18 tot en met 67'],
    ['[18..67)', '18 tot 67'],
    ['[18..67[', '18 tot 67'],
    ['< 18, [65..70]', 'minder dan 18 of 65 tot en met 70'],
  ])('says %s', (cell, sentence) => { expect(said(cell)).toBe(sentence); });

  it.each(['(18..67)', '? > 3', 'limit', '"a\\"b"', 'not(limit)', '< limit', '1 + 2',
    'list contains(?, "a")', '[limit..67]'])('leaves %s as it is', (cell) => {
    expect(said(cell)).toBeNull();
  });
});

describe('outputWords', () => {
  it('says constants and nothing else', () => {
    expect(outputWords('"Te laat"', words)).toBe('Te laat');
    expect(outputWords('-12.5', words)).toBe('−12,5');
    expect(outputWords('"a", "b"', words)).toBeNull();
    expect(outputWords('Uren * 2', words)).toBeNull();
  });
});
