// What a block asks of the server: the filter of its pack beside those of the reader.
import { describe, expect, it } from 'vitest';

import type { FormRef } from '@/api/metadata';
import type { Block } from '@/api/types';
import { blockBody, undeterminedBody, unnamedBody } from './use_block';

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

  it('wants no name of the time before, and says nothing of it where that is not seen', () => {
    const formWith = (fields: object) => ({ form: { fields } }) as unknown as FormRef;
    const block = { ...kBlock, previous: 'last' };
    expect(unnamedBody(block, formWith({ last: {} }), kBody))
      .toEqual({ ...kBody, unnamed: ['last'] });
    expect(unnamedBody(block, formWith({}), kBody)).toEqual(kBody);
    expect(unnamedBody(kBlock, formWith({ last: {} }), kBody)).toEqual(kBody);
  });

  it('asks apart for what cannot be determined', () => {
    const body = blockBody({ ...kBlock, where: 'n > 1' }, kBody);
    expect(undeterminedBody(body)).toEqual({ ...kBody, where: 'n > 1', undetermined: true });
  });
});
