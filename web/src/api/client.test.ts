// Who one is goes along with a request, but never from inside another site.
import { afterEach, expect, it, vi } from 'vitest';

import { request, setPurpose } from './client';

const fetched = vi.fn<(path: string, options: RequestInit) => Promise<Response>>();
vi.stubGlobal('fetch', fetched);

afterEach(() => {
  window.history.replaceState(null, '', '/');
  setPurpose('');
});

async function sentFrom(address: string) {
  window.history.replaceState(null, '', address);
  fetched.mockResolvedValue(new Response('{}', { status: 200 }));
  await request('/v1/catalogue');
  const [, options] = fetched.mock.lastCall ?? [];
  return { credentials: options?.credentials,
    purpose: (options?.headers as Headers).get('Zicht-Purpose') };
}

it('a page of this site sends who one is and what for', async () => {
  setPurpose('p/care');
  expect(await sentFrom('/overzicht/a/b')).toEqual(
    { credentials: 'same-origin', purpose: 'p/care' });
});

it('inside another site one is a visitor', async () => {
  setPurpose('p/care');
  expect(await sentFrom('/embed/overzicht/a/b/c')).toEqual(
    { credentials: 'omit', purpose: null });
});
