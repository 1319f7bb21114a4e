import { describe, expect, it } from 'vitest';

import { hasWords, snippet } from './snippet';

function marked(text: string, query: string): string | null {
  return snippet(text, query)?.map(({ text: part, isHit }) => (isHit ? `[${part}]` : part))
    .join('') ?? null;
}

describe('snippet', () => {
  it('marks words from their start, whatever their capitals and accents', () => {
    expect(marked('Een zaag voor België', 'belgie ZAA')).toBe('Een [zaa]g voor [België]');
    expect(marked('De afzaag', 'zaag')).toBeNull();
    expect(marked('Straße en ĳs', 'straße')).toBe('[Straße] en ĳs');
  });

  it('takes the longest word that fits and knows no empty question', () => {
    expect(marked('onderzoeken', 'onder onderzoek')).toBe('[onderzoek]en');
    expect(marked('iets', ' . ')).toBeNull();
  });

  it('cuts a long text around its first hit, at blanks', () => {
    const text = `${'voor '.repeat(40)}doel ${'na '.repeat(90)}`.trim();
    const shown = marked(text, 'doel') ?? '';
    expect(shown.startsWith('… voor')).toBe(true);
    expect(shown.endsWith('na …')).toBe(true);
    expect(shown).toContain(' [doel] na');
    expect(shown.length).toBeLessThan(260);
  });
});

it('has words where there is a letter or a digit, of whatever script', () => {
  expect(['a', ' 7 ', 'é!', '北', '"x"'].map(hasWords)).toEqual(Array(5).fill(true));
  expect(['', '  ', '%', '"', '😀', '- _ .'].map(hasWords)).toEqual(Array(6).fill(false));
});
