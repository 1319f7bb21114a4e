// What a letter says of its sources, and what people type for one.
import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { chosenSource } from './source_choice';
import { SourceList } from './source_list';

const kId = '5f2q0c7m3e9xk4t8zv1d6w0hya';

describe('the source of a sentence', () => {
  it('is found in a link or an id as it is typed', () => {
    for (const record of [kId, ` ${kId} `, `https://zicht.nl/records/${kId}`,
      `/records/${kId}?op=2026-01-01`]) {
      expect(chosenSource({ kind: 'record', record })).toEqual({ record: kId });
    }
    expect(chosenSource({ kind: 'record', record: 'iets' })).toEqual({ record: 'iets' });
    expect(chosenSource({ kind: 'text:s1', record: kId })).toEqual({ text: 's1' });
    expect(chosenSource({ kind: '', record: kId })).toBeUndefined();
  });

  it('is a link with its version or day', () => {
    render(<SourceList sources={[
      { kind: 'record', ref: kId, version: '3', title: 'Een dossier' },
      { kind: 'indicator', ref: 'pack/figure', title: 'Een cijfer', on: '2026-01-31' },
      { kind: 'text', ref: 'pack/law', version: '1.0.0', title: 'Een wet' }]} />);
    const hrefs = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
    expect(hrefs).toEqual([`/records/${kId}`, '/cijfers/pack/figure', '/packs/pack']);
    expect(screen.getByText(/versie 3/)).toBeTruthy();
    expect(screen.getByText(/peildatum 31 januari 2026/)).toBeTruthy();
  });

  it('is said to be missing, and where there are many they are folded', () => {
    const { unmount } = render(<SourceList sources={[]} />);
    expect(screen.getByText('Zonder bron')).toBeTruthy();
    unmount();
    const many = ['a', 'b', 'c', 'd'].map((ref) => (
      { kind: 'record' as const, ref, version: '1', title: ref }));
    render(<SourceList sources={many} />);
    expect(screen.getByText('Bronnen (4)')).toBeTruthy();
  });
});
