// Reading all rows of a search, page after page.
import { beforeEach, expect, it, vi } from 'vitest';

import { ApiProblem } from './problem';
import { searchAll } from './queries';

const { post } = vi.hoisted(() => ({ post: vi.fn() }));
vi.mock('./client', () => ({ post, request: vi.fn(), setCsrfToken: vi.fn() }));

const page = (id: string, next?: string) => ({ items: [{ id }], references: { [id]: {} },
  ...(next ? { next } : {}) });
const asked = () => post.mock.calls.map(([, body]) => body as unknown);

beforeEach(() => { post.mockReset(); });

it('puts the pages together, with what they name', async () => {
  post.mockResolvedValueOnce(page('a', 'more')).mockResolvedValueOnce(page('b'));
  const all = await searchAll({ form: 'p/f' });
  expect(all).toEqual({ items: [{ id: 'a' }, { id: 'b' }], references: { a: {}, b: {} } });
  expect(asked()).toEqual([{ form: 'p/f', limit: 1000 },
    { form: 'p/f', limit: 1000, cursor: 'more' }]);
});

it('asks for fewer rows where a page took too long, and no more than are wanted', async () => {
  const slow = new ApiProblem(503, { type: 'urn:zicht:error:ST-0073' });
  post.mockRejectedValueOnce(slow).mockResolvedValueOnce(page('a'));
  expect((await searchAll({ form: 'p/f', where: 'x' })).items).toEqual([{ id: 'a' }]);
  post.mockRejectedValueOnce(slow);
  await expect(searchAll({ form: 'p/f', where: 'x' }, undefined, 150)).rejects.toBe(slow);
  expect(asked().map((body) => (body as { limit: number }).limit)).toEqual([1000, 200, 150]);
});
