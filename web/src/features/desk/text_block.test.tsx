// Words alone on a desk: what becomes a paragraph or a link, and that nothing is read as HTML.
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';

import type { Block } from '@/api/types';
import { blockForm, dueFields } from '@/api/metadata';
import { DeskBlock } from './desk_block';

const block: Block = { kind: 'text', id: 'reading', title: { nl: 'Uitleg', en: 'Reading' }, text: {
  nl: 'Eerste\nalinea, a < b <b>vet</b>.\n\nZie [de wet](https://example.org/a?b=1) en '
    + '[cijfers](/cijfers), niet [alleen] of [x](javascript:alert(1)) of [y](//example.org).',
  en: 'First.' } };
const desk = { id: 'd', pack: { name: 'p' } } as never;

function show() {
  render(<DeskBlock desk={desk} block={block} />);
  return screen.getByRole('region', { name: 'Uitleg' });
}

afterEach(cleanup);

describe('words alone on a desk', () => {
  it('are paragraphs apart by an empty line, in which marks of HTML are text', () => {
    const paragraphs = [...show().querySelectorAll('p')].map((one) => one.textContent);
    expect(paragraphs).toHaveLength(2);
    expect(paragraphs[0]).toBe('Eerste\nalinea, a < b <b>vet</b>.');
    expect(paragraphs[1]).toMatch(/^Zie de wet en cijfers, niet \[alleen\] of \[x\]\(javascript/);
  });

  it('lead to pages of Zicht and to addresses with https, and to nothing else', () => {
    show();
    const links = screen.getAllByRole('link').map((one) => one.getAttribute('href'));
    expect(links).toEqual(['https://example.org/a?b=1', '/cijfers']);
    expect(screen.getByRole('link', { name: 'de wet' }).getAttribute('rel')).toBe('noreferrer');
  });

  it('belong to no form', () => {
    const pack = { name: 'p', forms: {}, desks: { d: { blocks: [block] } } } as never;
    expect(blockForm({ packs: [pack] }, pack, block)).toBeUndefined();
    const ref = { pack, name: 'p/thing', form: { fields: {} } } as never;
    expect(dueFields({ packs: [pack] }, ref)).toEqual([]);
  });
});
