// Rates as a client meets them, of a server that counts its own machine too: 429 as a problem with
// Retry-After, tighter for signing in, by the address that a trusted proxy tells.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { startProduct } from '../support/product.mjs';

let product;

before(async () => {
  product = await startProduct({
    packs: 'tests/packs/sample',
    settings:
      'limit_loopback = yes\ntrusted_proxies = 127.0.0.1\n' +
      'address_per_minute = 60\nsign_in_per_minute = 12\n',
  });
});

after(() => product?.stop());

function ask(route, address, options = {}) {
  const headers = { 'x-forwarded-for': address, 'content-type': 'application/json' };
  return fetch(product.address + route, { ...options, headers });
}

test('limits: ten requests go at once, the next is told when to come back', async () => {
  for (let i = 0; i < 10; i += 1) {
    assert.equal((await ask('/v1/packs', '192.0.2.1')).status, 200);
  }
  const refused = await ask('/v1/packs', '192.0.2.1');
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get('content-type'), 'application/problem+json');
  assert.equal(refused.headers.get('retry-after'), '1');
  const problem = await refused.json();
  assert.equal(problem.type, 'urn:zicht:error:HT-0031');
  assert.equal((await ask('/v1/packs', '192.0.2.2')).status, 200);
  assert.equal((await ask('/v1/health/live', '192.0.2.1')).status, 200);
});

test('limits: two tries to sign in go at once, whichever account', async () => {
  const attempt = (login) =>
    ask('/v1/session', '192.0.2.3', {
      method: 'POST',
      body: JSON.stringify({ login, password: 'wrong' }),
    });
  assert.equal((await attempt('one')).status, 401);
  assert.equal((await attempt('two')).status, 401);
  const refused = await attempt('three');
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get('retry-after')) >= 1);
});
