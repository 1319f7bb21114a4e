// A server that runs while a command beside it erases a person or replaces the master key: it tells
// nothing of the person any more and takes the new key over, on both databases; on PostgreSQL so
// does a second server. What a killed `rebuild --check` left there is dropped by the next one.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { program, startProduct } from '../support/product.mjs';
import { startPostgres } from './postgres.mjs';
import { signIn, writeJson } from './requests.mjs';

async function comesTrue(question, what) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await question()) return;
    await pause(100);
  }
  assert.fail(what);
}

class Desk {
  constructor(product, headers) {
    this.product = product;
    this.headers = headers;
  }

  static async open(product) {
    return new Desk(product, await signIn(product.address, 'planner'));
  }

  async make(form, fields) {
    const answer = await writeJson(this.product.address, 'POST', '/v1/records', { form, fields },
      { ...this.headers, 'idempotency-key': randomUUID() });
    assert.equal(answer.status, 201, answer.text);
    return answer.json.id;
  }

  async ask(target) {
    const answer = await fetch(this.product.address + target, { headers: this.headers });
    return { status: answer.status, text: await answer.text() };
  }

  async find(word) {
    const { headers, product } = this;
    return writeJson(product.address, 'POST', '/v1/_search', { text: word }, headers);
  }
}

// The words of the person that any answer of the server holds.
async function told(desk, child, words) {
  const answers = [await desk.ask(`/v1/records/${child}`),
    await desk.ask(`/v1/records/${child}/history`), await desk.ask(`/v1/records/${child}/links`),
    await desk.ask(`/v1/records/${child}/readers`)];
  for (const word of words) answers.push(await desk.find(word));
  const text = answers.map((answer) => answer.text).join('\n');
  return words.filter((word) => text.includes(word));
}

async function erasesBeside(products) {
  const desks = [];
  for (const product of products) desks.push(await Desk.open(product));
  const words = ['callcanary', 'familycanary'].map((word) => word + randomUUID().slice(0, 8));
  const child = await desks[0].make('probe/child',
    { call_name: words[0], family_name: words[1], born_on: '2015-06-01' });
  // Every server has read, and remembers, what opens it.
  for (const desk of desks) {
    assert.deepEqual(await told(desk, child, words), words);
  }
  await products[0].zicht('erase', child, '--by', 'administrator', '--reason', 'asked');
  for (const desk of desks) assert.deepEqual(await told(desk, child, words), []);
  const other = await desks.at(-1).make('probe/child', { call_name: 'Other' });
  for (const desk of desks) assert.equal((await desk.ask(`/v1/records/${other}`)).status, 200);
}

async function rotatesBeside(products) {
  const desks = [];
  for (const product of products) desks.push(await Desk.open(product));
  const before = await desks[0].make('probe/child', { call_name: 'Before' });
  await products[0].zicht('keys', 'rotate', '--by', 'administrator');
  for (const desk of desks) {
    // A person has a key of their own, which the new master key seals.
    const after = await desk.make('probe/child', { call_name: 'After' });
    for (const each of desks) {
      for (const id of [before, after]) {
        assert.equal((await each.ask(`/v1/records/${id}`)).status, 200);
      }
    }
  }
  const auditor = await signIn(products[0].address, 'auditor');
  const journal = await fetch(`${products[0].address}/v1/journal`, { headers: auditor });
  const entry = (await journal.json()).items.find(({ kind }) => kind === 'keys.rotated');
  assert.ok(entry, 'the journal does not tell of the new key');
  assert.notEqual(entry.actor, 'system');
}

async function isSound(product) {
  await product.zicht('journal', 'verify');
  const rebuilt = await product.zicht('rebuild', '--check');
  assert.match(rebuilt.stdout, /tabellen zijn gelijk aan het journaal|tables equal the journal/);
}

test('keys: a server notices what commands beside it do, on SQLite', async () => {
  const product = await startProduct({ packs: 'tests/packs/probe' });
  try {
    await erasesBeside([product]);
    await rotatesBeside([product]);
    await erasesBeside([product]);
    await product.end();
    await product.start();
    await rotatesBeside([product]);
    await product.end();
    await isSound(product);
  } finally {
    await product.stop();
  }
});

test('keys: two servers notice what commands beside them do, on PostgreSQL', async () => {
  const postgres = await startPostgres();
  const product = await startProduct({
    packs: 'tests/packs/probe', postgres: postgres.address,
  });
  const second = await product.another();
  try {
    await erasesBeside([product, second]);
    await rotatesBeside([product, second]);
    await erasesBeside([second, product]);
    await second.end();
    await product.end();
    await isSound(product);
  } finally {
    await second.end();
    await product.stop();
    await postgres.remove();
  }
});

test('keys: what a killed rebuild left on PostgreSQL is dropped by the next', async () => {
  const postgres = await startPostgres();
  const product = await startProduct({
    packs: 'tests/packs/probe', postgres: postgres.address,
  });
  const schemas = async () => (await postgres.ask("select count(*) from pg_namespace "
    + "where nspname like 'zicht\\_scratch\\_%'")).trim();
  // Kills one as soon as it has its schema, unless it ends before that.
  const killOne = async () => {
    const check = spawn(program, ['rebuild', '--check', '--config', product.config],
      { stdio: 'ignore' });
    const ended = new Promise((resolve) => check.once('exit', resolve));
    while (check.exitCode === null && (await schemas()) === '0');
    check.kill('SIGKILL');
    await ended;
    return (await schemas()) === '1';
  };
  try {
    await comesTrue(killOne, 'none could be killed at work');
    // Its session ends when the database hears of it.
    await comesTrue(async () => {
      await isSound(product);
      return (await schemas()) === '0';
    }, 'what was left is there still');
  } finally {
    await product.stop();
    await postgres.remove();
  }
});
