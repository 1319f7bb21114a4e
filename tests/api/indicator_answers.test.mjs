// Figures of indicators have the shape that the OpenAPI document says, agree with the register they
// count, and are the same for a visitor and for who is signed in where they are public already.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { makeClient } from './client.mjs';
import { makeShapes } from './document.mjs';

let client;
let checkShape;

before(async () => {
  client = await makeClient({ facts: true });
  checkShape = await makeShapes(client);
});
after(() => client?.stop());

const kPattern = '/indicators/{pack}/{indicator}';

async function read(name, headers = {}) {
  const answer = await client.request('GET', `/v1/indicators/${name}`, { headers });
  checkShape(kPattern, 'get', answer);
  return answer;
}

async function rowsOf(form, where) {
  let rows = 0;
  let cursor;
  do {
    const body = { form, limit: 200, ...(where ? { where } : {}), ...(cursor ? { cursor } : {}) };
    const page = (await client.json('POST', '/v1/records/_search', body, {})).json;
    rows += page.items.length;
    cursor = page.next;
  } while (cursor);
  return rows;
}

test('indicators: every figure has its shape and counts the rows that a search finds', async () => {
  const { items } = (await client.request('GET', '/v1/indicators', {})).json;
  assert.ok(items.length >= 3, 'the shipped packs have indicators');
  for (const item of items) {
    const { status, json } = await read(item.name);
    assert.equal(status, 200, item.name);
    assert.equal(json.total.rows, await rowsOf(item.form.name, item.where), item.name);
    for (const dimension of json.dimensions) {
      const rows = dimension.values.reduce((sum, value) => sum + value.rows, 0);
      assert.equal(rows, json.total.rows, `${item.name} by ${dimension.id}`);
    }
  }
});

test('indicators: what is public already is the same for who is signed in', async () => {
  const headers = await client.signIn('auditor');
  const { items } = (await client.request('GET', '/v1/indicators', {})).json;
  for (const { name } of items) {
    assert.deepEqual((await read(name, headers)).json, (await read(name)).json);
  }
});

test('indicators: one that is not there, and a day that is none, are refused', async () => {
  const none = await read('commitments/nothing');
  assert.equal(none.status, 404);
  assert.match(none.json.type, /AP-0210/);
  const { items } = (await client.request('GET', '/v1/indicators', {})).json;
  const answer = await read(`${items[0].name}?validOn=2025-02-31`);
  assert.equal(answer.status, 400);
});
