// What a block asks of the server: the filter of its pack beside those of the reader.
import { describe, expect, it } from 'vitest';

import type { FormRef } from '@/api/metadata';
import type { Block } from '@/api/types';
import { blockBody, drawnBody, undeterminedBody } from './use_block';

const text = { nl: 'Blok', en: 'Block' };
const kBlock: Block = { kind: 'register', id: 'b', title: text, form: 'a/b' };
const kBody = { form: 'a/b', filters: [{ field: 'kind', equals: 'x' }] };

describe('the body of a block', () => {
  it('is that of the reader where the pack asks nothing', () => {
    expect(blockBody(kBlock, kBody)).toEqual(kBody);
  });

  it('has the filter of the pack beside those of the reader', () => {
    const where = 'due.last < today()';
    expect(blockBody({ ...kBlock, where }, kBody)).toEqual({ ...kBody, where });
  });

  it('wants what is drawn, of the time before no name, and nothing that is not seen', () => {
    const form = { form: { fields: { last: {}, kind: {} } } } as unknown as FormRef;
    expect(drawnBody(form, kBody, ['kind', undefined, 'kind'], 'last'))
      .toEqual({ ...kBody, fields: ['kind', 'last'], unnamed: ['last'] });
    expect(drawnBody(form, kBody, ['kind', 'gone'], 'hidden'))
      .toEqual({ ...kBody, fields: ['kind'] });
    expect(drawnBody(form, kBody, [])).toEqual({ ...kBody, fields: [] });
  });

  it('asks apart for what cannot be determined', () => {
    const body = blockBody({ ...kBlock, where: 'n > 1' }, kBody);
    expect(undeterminedBody(body)).toEqual({ ...kBody, where: 'n > 1', undetermined: true });
  });
});
