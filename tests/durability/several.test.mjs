// Two servers on one PostgreSQL database behave as one: a session holds at both, what is written at
// one the browsers of the other hear of, a pack becomes active at both, what is due is done once,
// and one that is killed is not missed.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { root, startProduct } from '../support/product.mjs';
import { Burst } from './burst.mjs';
import { startPostgres } from './postgres.mjs';
import { everyRecord, signIn, writeJson } from './requests.mjs';

let postgres;
let first;
let second;
let headers;

before(async () => {
  postgres = await startPostgres();
  first = await startProduct({
    packs: 'tests/packs/sample',
    postgres: postgres.address,
    settings: 'scheduler_seconds = 1\n',
  });
  second = await first.another();
  headers = await signIn(first.address);
});

after(async () => {
  await second?.end();
  await first?.stop();
  await postgres?.remove();
});

async function comesTrue(question, what) {
  for (let tries = 0; tries < 150; tries += 1) {
    if (await question()) return;
    await pause(100);
  }
  assert.fail(what);
}

function read(server, target, from = headers) {
  return fetch(server.address + target, { headers: from });
}

async function make(server, fields, form = 'sample/tool') {
  const key = { 'idempotency-key': randomUUID() };
  const answer = await writeJson(server.address, 'POST', '/v1/records', { form, fields },
    { ...headers, ...key });
  assert.equal(answer.status, 201, answer.text);
  return answer.json;
}

// Collects the events that a browser gets at this server.
async function listen(server) {
  const over = new AbortController();
  const response = await fetch(`${server.address}/v1/events`, { headers, signal: over.signal });
  assert.equal(response.status, 200);
  const heard = { text: '', end: () => over.abort() };
  (async () => {
    const decoder = new TextDecoder();
    for await (const piece of response.body) heard.text += decoder.decode(piece, { stream: true });
  })().catch(() => {});
  return heard;
}

test('several: a session of one server holds at the other, and ends at both', async () => {
  const own = await signIn(first.address);
  const tasks = (server) => writeJson(server.address, 'POST', '/v1/tasks/_search', {}, own);
  assert.equal((await tasks(second)).status, 200);
  const ended = await fetch(`${second.address}/v1/session`, { method: 'DELETE', headers: own });
  assert.equal(ended.status, 204);
  assert.equal((await tasks(first)).status, 401);
});

test('several: the browsers of each server hear of what is written at the other', async () => {
  const ears = [[first, second], [second, first]];
  for (const [writer, listener] of ears) {
    const heard = await listen(listener);
    const { id } = await make(writer, { name: `heard ${randomUUID()}`, kind: 'saw' });
    await comesTrue(() => heard.text.includes(id), 'the other server told nothing');
    assert.equal((await read(listener, `/v1/records/${id}`)).status, 200);
    heard.end();
  }
});

test('several: a request sent again to the other server is the same request', async () => {
  const sent = { ...headers, 'idempotency-key': randomUUID() };
  const body = { form: 'sample/tool', fields: { name: `once ${randomUUID()}`, kind: 'saw' } };
  const one = await writeJson(first.address, 'POST', '/v1/records', body, sent);
  const again = await writeJson(second.address, 'POST', '/v1/records', body, sent);
  assert.equal(again.isReplay, true);
  assert.equal(again.json.id, one.json.id);
});

test('several: of two changes at once to one version, one is made', async () => {
  const { id } = await make(first, { name: `raced ${randomUUID()}`, kind: 'saw' });
  const change = (server, story) => {
    const fields = { name: 'raced', kind: 'saw', story };
    return writeJson(server.address, 'PUT', `/v1/records/${id}`, { fields, reason: 'raced' },
      { ...headers, 'if-match': '"1"' });
  };
  const answers = await Promise.all([change(first, 'one'), change(second, 'two')]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
});

test('several: what is due is done by one of them, once', async () => {
  const received = { first: '2024-03-01', last: '2024-03-01' };
  const made = [];
  for (let i = 0; i < 40; i += 1) {
    const fields = { subject: `due ${i}`, weight: 'light', received, term: 'P1M' };
    made.push(await make(i % 2 ? first : second, fields, 'sample/report'));
  }
  for (const { id } of made) {
    const state = async () => (await (await read(first, `/v1/records/${id}`)).json()).state.id;
    await comesTrue(async () => (await state()) === 'lapsed', 'a term passed unseen');
  }
  await pause(2500);  // two more rounds of both
  for (const { id } of made) {
    const history = await (await read(second, `/v1/records/${id}/history`)).json();
    const lapses = history.items.filter(({ transition }) => transition !== undefined);
    assert.equal(lapses.length, 1, JSON.stringify(history.items));
  }
});

test('several: a pack that is activated by one is active at both', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'zicht-several-'));
  await cp(path.join(root, 'tests/packs/sample'), folder, { recursive: true });
  const file = path.join(folder, 'pack.yaml');
  await writeFile(file, (await readFile(file, 'utf8')).replace('version: 1.0.0', 'version: 1.0.1'));
  await first.zicht('pack', 'activate', folder);
  const isActive = async (server) => (await (await read(server, '/v1/packs')).text())
    .includes('1.0.1');
  await comesTrue(() => isActive(first), 'not active at the first');
  await comesTrue(() => isActive(second), 'not active at the second');
  await rm(folder, { recursive: true });
});

test('several: one that is killed under load is not missed, and nothing is lost', async () => {
  let turn = 0;
  const servers = [first, second];
  const burst = new Burst(() => servers[turn++ % servers.length].address);
  const acknowledged = (count) => comesTrue(() => burst.acknowledged >= count, 'no work is done');
  burst.begin();
  await acknowledged(200);
  await first.kill();
  servers.shift();
  await acknowledged(burst.acknowledged + 100);
  await first.start();
  servers.push(first);
  await acknowledged(burst.acknowledged + 100);
  await burst.end();
  await burst.settle();
  for (const server of servers) {
    const found = await everyRecord(server.address, await signIn(server.address), 'sample/tool');
    const byName = new Map(found.map((record) => [record.name, record]));
    assert.equal(byName.size, found.length, 'a record is there twice');
    for (const record of burst.records) assert.equal(byName.get(record.name)?.version, 2);
  }
  assert.deepEqual([...burst.refusals.keys()].filter((status) => status !== 409), []);
});

test('several: the journal that both wrote holds, and gives the same tables', async () => {
  await second.end();
  await first.end();
  const verified = await first.zicht('journal', 'verify');
  const rebuilt = await first.zicht('rebuild', '--check');
  assert.notEqual(verified.stdout, '');
  assert.match(rebuilt.stdout, /tabellen zijn gelijk aan het journaal|tables equal the journal/);
});
