// Which reads are asked again, and after how long.
import { QueryClient } from '@tanstack/react-query';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { ApiProblem } from './problem';
import { retryDelay, shouldRetry } from './retry';

const refused = (status: number, retryAfterS = 0) => new ApiProblem(status, {}, retryAfterS);

function tries(error: unknown): number {
  let count = 0;
  while (shouldRetry(count, error)) ++count;
  return count;
}

afterEach(() => { vi.useRealTimers(); });

describe('asking again', () => {
  it('is for silence, for mistakes of the server, and once for who one is', () => {
    expect([refused(0), refused(502), refused(503, 2), new Error('?')].map(tries))
      .toEqual([2, 2, 2, 2]);
    expect(tries(refused(401))).toBe(1);
    expect([refused(400), refused(403), refused(404), refused(500)].map(tries))
      .toEqual([0, 0, 0, 0]);
  });

  it('is for what is too much now, where the server says that it passes soon', () => {
    expect(tries(refused(429, 1))).toBe(3);
    // Too many wrong passwords, and what no waiting mends.
    expect([refused(429, 60), refused(429)].map(tries)).toEqual([0, 0]);
  });

  it('waits as long as the server says at least, and longer each time', () => {
    for (const count of [0, 1, 2]) {
      const wait = retryDelay(count, refused(429, 2));
      expect(wait).toBeGreaterThanOrEqual(2000 * 2 ** count);
      expect(wait).toBeLessThan(4000 * 2 ** count);
    }
    expect([0, 1].map((count) => retryDelay(count, refused(503, 2)))).toEqual([1000, 2000]);
  });

  it('gives the answer of a server that was full for a moment', async () => {
    vi.useFakeTimers();
    const client = new QueryClient({ defaultOptions: { queries: { retry: shouldRetry,
      retryDelay, networkMode: 'always' } } });
    const ask = vi.fn().mockRejectedValueOnce(refused(429, 1)).mockResolvedValue('rows');
    const answer = client.fetchQuery({ queryKey: ['rows'], queryFn: ask, retry: shouldRetry });
    await vi.advanceTimersByTimeAsync(900);
    expect(ask).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1200);
    expect(await answer).toBe('rows');
    expect(ask).toHaveBeenCalledTimes(2);
  });
});
