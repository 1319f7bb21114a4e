// Requests that nobody should send, made from the OpenAPI document: wrong types, missing and extra
// members, huge and deep values, bytes that are not UTF-8, forged sessions and tokens. Every answer
// is either what the document says or a well-formed problem, and never a fault of the server.
// Method: seeded (the seed is printed on failure), as a visitor and signed in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { makeClient } from './client.mjs';
import { makeAjv } from './document.mjs';

const SEED = Number(process.env.ZICHT_SEED ?? 20260131);
const MUTANTS_PER_OPERATION = 60;
const LOGINS = ['administrator', 'editor', 'inspector'];

let client;
let document;
let isProblem;
let ajv;
let accounts;
// What is really there, so that mutants get past the first door: ids of records, forms.
const targets = { ids: [], forms: [] };

// Mulberry32: small, seeded, good enough to choose mutations.
function makeRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

before(async () => {
  client = await makeClient({ facts: true });
  document = (await client.request('GET', '/v1/openapi.json')).json;
  ajv = makeAjv(document);
  isProblem = ajv.compileReference({ $ref: '#/components/schemas/Problem' });
  accounts = [{}];
  for (const login of LOGINS) accounts.push(await client.signIn(login));
  await findTargets();
});
after(() => client.stop());

async function findTargets() {
  const catalogue = (await client.request('GET', '/v1/catalogue')).json;
  for (const pack of catalogue.packs) {
    for (const form of Object.keys(pack.forms)) {
      const body = { form: `${pack.name}/${form}`, limit: 3 };
      const page = await client.json('POST', '/v1/records/_search', body);
      targets.forms.push(body.form);
      targets.ids.push(...(page.json.items ?? []).map((item) => item.id));
    }
  }
  assert.ok(targets.ids.length > 0 && targets.forms.length > 0);
}

function checkAnswer(answer, described, note) {
  const context = `${note} (seed ${SEED}): ${answer.status} ${answer.text.slice(0, 300)}`;
  assert.ok(answer.status < 500, context);
  assert.ok(described[answer.status], `not in the document: ${context}`);
  if (answer.status < 400) return;
  assert.equal(answer.headers['content-type'], 'application/problem+json', context);
  assert.ok(isProblem(answer.json), `${ajv.errorsOf(isProblem)}: ${context}`);
  assert.equal(answer.json.status, answer.status, context);
}

function resolve(schema) {
  if (!schema?.$ref) return schema ?? {};
  const name = schema.$ref.split('/').pop();
  return resolve(document.components.schemas[name]);
}

// A value that more or less fits the schema: what mutation starts from.
function example(schema, random, depth = 0) {
  const s = resolve(schema);
  if (s.const !== undefined) return s.const;
  if (s.enum) return s.enum[Math.floor(random() * s.enum.length)];
  const options = s.oneOf ?? s.anyOf;
  if (options) return example(options[Math.floor(random() * options.length)], random, depth);
  const type = Array.isArray(s.type) ? s.type[0] : s.type;
  if (type === 'object') {
    const entries = Object.entries(s.properties ?? {}).filter(
      ([key]) => s.required?.includes(key) || (depth < 4 && random() < 0.5),
    );
    const pairs = entries.map(([key, part]) => [key, example(part, random, depth + 1)]);
    return Object.fromEntries(pairs);
  }
  if (type === 'array') return [example(s.items, random, depth + 1)];
  if (type === 'integer') return s.minimum ?? 1;
  if (type === 'boolean') return true;
  if (s.pattern === document.components.schemas.RecordId.pattern) return pick(targets.ids, random);
  if (s.pattern === document.components.schemas.FullId.pattern) return pick(targets.forms, random);
  if (s.format === 'date') return '2025-01-31';
  if (s.format === 'date-time') return '2025-01-31T12:00:00Z';
  return 'tekst';
}

const ODD_VALUES = [
  null, true, -1, 0, 1.5, 1e308, 9007199254740993, '', '\u0000', '\ud800', '\u202e', '31-02-2025',
  '2025-02-31', 'x'.repeat(30_000), [], {}, [[[[]]]], { '': '' }, ['x', 1, null],
  '../../etc/passwd', "' OR 1=1 --", '%00', '{{7*7}}', '<script>alert(1)</script>',
];

const ODD_KEYS = ['extra', 'form', 'a/b~c', 'é', ''];
const ODD_VERSIONS = ['"1"', '"0"', '*', '1', 'W/"1"', '"99999999999999999999"'];

function pick(list, random) {
  return list[Math.floor(random() * list.length)];
}

// Changes one place of a value, somewhere down in it.
function mutate(value, random) {
  if (value === null || typeof value !== 'object' || random() < 0.15) {
    return pick(ODD_VALUES, random);
  }
  const copy = structuredClone(value);
  const keys = Object.keys(copy);
  if (keys.length === 0 || random() < 0.2) {
    if (Array.isArray(copy)) copy.push(pick(ODD_VALUES, random));
    else copy[pick(ODD_KEYS, random)] = pick(ODD_VALUES, random);
    return copy;
  }
  const key = pick(keys, random);
  if (random() < 0.2 && !Array.isArray(copy)) delete copy[key];
  else copy[key] = mutate(copy[key], random);
  return copy;
}

// The bytes of a body: mostly JSON of a mutant, sometimes no JSON at all.
function hostileBody(schema, random) {
  const kind = random();
  if (kind < 0.04) return Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
  if (kind < 0.08) return Buffer.from('['.repeat(5000));
  if (kind < 0.12) return Buffer.from('{"form": "x", "form": "y"}');
  if (kind < 0.16) return Buffer.from(pick(['', '{', 'nul', '{}{}', '// {}', 'NaN'], random));
  let value = example(schema, random);
  for (let i = 0; i < 1 + random() * 3; ++i) value = mutate(value, random);
  return Buffer.from(JSON.stringify(value) ?? 'null');
}

const ODD_SEGMENTS = [
  'x', '0', '%20', '..%2f..%2fetc', "'", '%22', '%F0%9F%98%80', 'a'.repeat(300), '-1',
  '00000000000000000000000000', 'zzzzzzzzzzzzzzzzzzzzzzzzzz',
];

function hostileTarget(pattern, operation, random) {
  const target = `/v1${pattern.replace(/\{([^}]+)\}/g, (_, name) =>
    name === 'id' && random() < 0.5 ? pick(targets.ids, random) : pick(ODD_SEGMENTS, random))}`;
  const keys = (operation.parameters ?? []).filter((p) => p.in === 'query').map((p) => p.name);
  const pairs = [];
  if (keys.length > 0 && random() < 0.7) {
    pairs.push(`${pick(keys, random)}=${pick(['', 'x', '-1', '2025-02-31', '1e9'], random)}`);
  }
  if (random() < 0.2) pairs.push('unknown=1');
  return pairs.length > 0 ? `${target}?${pairs.join('&')}` : target;
}

function hostileHeaders(operation, account, random) {
  const headers = { ...account };
  if (operation.requestBody && random() < 0.95) headers['content-type'] = 'application/json';
  for (const parameter of operation.parameters ?? []) {
    if (parameter.name === 'Idempotency-Key' && random() < 0.9) {
      const key = `test-${Math.floor(random() * 1e9)}`;
      headers['idempotency-key'] = random() < 0.1 ? 'short' : key;
    }
    if (parameter.name === 'If-Match' && random() < 0.9) {
      headers['if-match'] = pick(ODD_VERSIONS, random);
    }
  }
  return headers;
}

// What ends the session of the test itself, or never ends, is left out.
function isLeftOut(pattern, method) {
  return pattern === '/events' || (pattern.startsWith('/session') && method !== 'get' &&
    pattern !== '/session/totp/_confirm' && pattern !== '/session/totp/_remove');
}

test('hostile requests to every operation are answered as the document says', async () => {
  const random = makeRandom(SEED);
  const seen = {};
  for (const [pattern, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (isLeftOut(pattern, method)) continue;
      const schema = operation.requestBody?.content['application/json']?.schema;
      for (let i = 0; i < MUTANTS_PER_OPERATION; ++i) {
        const target = hostileTarget(pattern, operation, random);
        const headers = hostileHeaders(operation, pick(accounts, random), random);
        const body = schema ? hostileBody(schema, random) : undefined;
        const answer = await client.request(method.toUpperCase(), target, { headers, body });
        const shown = body?.toString('latin1').slice(0, 200) ?? '';
        checkAnswer(answer, operation.responses, `${method} ${target} ${shown}`);
        seen[answer.status] = (seen[answer.status] ?? 0) + 1;
      }
    }
  }
  // Mutants of every depth: some pass, some fail at the first door, some inside.
  for (const status of [200, 400, 401, 403, 404, 415, 428]) assert.ok(seen[status] > 0, `${status}`);
});

test('bodies that mutate a sign-in are refused and never a fault', async () => {
  const random = makeRandom(SEED + 1);
  const operation = document.paths['/session'].post;
  const schema = operation.requestBody.content['application/json'].schema;
  for (let i = 0; i < MUTANTS_PER_OPERATION; ++i) {
    const answer = await client.request('POST', '/v1/session', {
      headers: { 'content-type': 'application/json' },
      body: hostileBody(schema, random),
    });
    assert.ok(answer.status >= 400, answer.text);
    checkAnswer(answer, operation.responses, 'post /session');
  }
});

test('a forged session is refused everywhere and forgotten by the browser', async () => {
  const name = document.components.securitySchemes.session.name;
  for (const cookie of [`${name}=forged`, `${name}=`, `${name}=a; ${name}=b`]) {
    const answer = await client.request('GET', '/v1/catalogue', { headers: { cookie } });
    assert.equal(answer.status, 401);
    assert.match(answer.json.type, /HT-0017/);
    assert.match(answer.headers['set-cookie'][0], /Max-Age=0/);
    const session = await client.request('GET', '/v1/session', { headers: { cookie } });
    assert.equal(session.status, 200);
    assert.equal(session.json.account, null);
  }
});

test("a write without the session's token, or from another site, is refused", async () => {
  const account = accounts[1];
  const headers = { cookie: account.cookie, 'idempotency-key': 'csrf-test-1' };
  const missing = await client.json('POST', '/v1/records', {}, headers);
  assert.equal(missing.status, 403);
  assert.match(missing.json.type, /HT-0021/);
  const wrong = { ...headers, 'x-csrf-token': `${account['x-csrf-token'].slice(0, -1)}!` };
  assert.equal((await client.json('POST', '/v1/records', {}, wrong)).status, 403);
  for (const foreign of [{ origin: 'https://evil.example' }, { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
    const all = { ...headers, ...account, ...foreign };
    const answer = await client.json('POST', '/v1/records', {}, all);
    assert.equal(answer.status, 403);
    assert.match(answer.json.type, /HT-0019/);
  }
});

test('what a write lacks is named: key, version, type of the body', async () => {
  const account = accounts[1];
  const missing = async (method, target, headers, status, id) => {
    const options = { headers: { ...account, ...headers }, body: '{}' };
    const answer = await client.request(method, target, options);
    assert.equal(answer.status, status, answer.text);
    assert.match(answer.json.type, new RegExp(id));
  };
  const json = { 'content-type': 'application/json' };
  await missing('POST', '/v1/records', json, 400, 'HT-0022');
  const badKey = { ...json, 'idempotency-key': 'with space' };
  await missing('POST', '/v1/records', badKey, 400, 'HT-0022');
  await missing('PUT', '/v1/records/x', json, 428, 'HT-0023');
  await missing('PUT', '/v1/records/x', { ...json, 'if-match': '3' }, 400, 'HT-0024');
  const text = { 'content-type': 'text/plain' };
  await missing('POST', '/v1/records/_search', text, 415, 'HT-0025');
  await missing('GET', '/v1/records/x?sort=1', {}, 400, 'HT-0015');
  await missing('GET', '/v1/journal?before=x', {}, 400, 'HT-0016');
});

test('who is not signed in is told so', async () => {
  const answer = await client.json('POST', '/v1/tasks/_search', {});
  assert.equal(answer.status, 401);
  assert.match(answer.json.type, /HT-0018/);
});
