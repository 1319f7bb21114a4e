// Which sheet a record belongs to: of a row or of a request, by the fields that the round looks at.
import { describe, expect, it } from 'vitest';

import type { Round } from '@/api/rounds';
import { sheetOf } from './round_links';

const text = { nl: '', en: '' };
const round: Round = { name: 'p/r', title: text, lead: text, form: 'p/value', of: 'edition',
  who: 'region', rows: 'item', editions: 'p/e', places: 'p/w', rows_form: 'p/i', about: [], set: {},
  ask: [], show: [], keep: [],
  requests: { form: 'p/request', of: 'of', who: 'who', organisation: 'club' } };

describe('the sheet of a record', () => {
  it('is that of its edition and place', () => {
    expect(sheetOf(round, 'p/value', { edition: 'e1', region: 'w1' })).toEqual(['e1', 'w1']);
    expect(sheetOf(round, 'p/request', { of: 'e1', who: 'w1' })).toEqual(['e1', 'w1']);
  });
  it('is not there for another form, or a record without a place', () => {
    expect(sheetOf(round, 'p/other', { edition: 'e1', region: 'w1' })).toBeUndefined();
    expect(sheetOf(round, 'p/value', { edition: 'e1' })).toBeUndefined();
    expect(sheetOf({ ...round, requests: undefined } as unknown as Round, 'p/request',
      { of: 'e1', who: 'w1' })).toBeUndefined();
  });
});
