// What a letter says of its sources, and what people choose for one.
import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { chosenSource, kNoSource } from './source_choice';
import { SourceList } from './source_list';

const kId = '5f2q0c7m3e9xk4t8zv1d6w0hya';

describe('the source of a sentence', () => {
  it('is a record that was chosen, a source of the pack, or none yet', () => {
    const record = { id: kId, title: 'Een dossier' };
    expect(chosenSource({ kind: 'form:pack/form', record })).toEqual({ record: kId });
    expect(chosenSource({ kind: 'form:pack/form', record: kNoSource.record })).toBeUndefined();
    expect(chosenSource({ kind: 'text:s1', record })).toEqual({ text: 's1' });
    expect(chosenSource(kNoSource)).toBeUndefined();
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
