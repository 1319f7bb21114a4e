// Killed with -9 in the middle of bursts: what was acknowledged is there, once; what was not can be
// sent again with its key; the journal holds and the tables are those of the journal.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { startProduct } from '../support/product.mjs';
import { Burst } from './burst.mjs';
import { startPostgres } from './postgres.mjs';
import { everyRecord, signIn } from './requests.mjs';

const rounds = 3;
const packs = 'tests/packs/sample';

// Somewhere in the burst, at another place each time, when enough was acknowledged to lose.
async function waitForWork(burst) {
  const wanted = burst.acknowledged + 40 + Math.floor(Math.random() * 80);
  for (let tries = 0; burst.acknowledged < wanted; ++tries) {
    assert.ok(tries < 3000, 'nothing is acknowledged any more');
    await pause(10);
  }
}

async function checkEverythingIsThere(product, burst) {
  const headers = await signIn(product.address);
  const check = async (isSettled) => {
    const found = await everyRecord(product.address, headers, 'sample/tool');
    const byName = new Map(found.map((record) => [record.name, record]));
    assert.equal(byName.size, found.length, 'a record is there twice');
    for (const record of burst.records) {
      const there = byName.get(record.name);
      assert.ok((there?.version ?? 0) >= record.version, `${record.name} was acknowledged`);
      // Nothing beyond what was sent: at most the one write that got no answer.
      assert.ok((there?.version ?? 0) <= record.version + (record.sent ? 1 : 0), record.name);
      if (isSettled) assert.equal(there.version, 2);
    }
  };
  await check(false);
  await burst.settle();
  await check(true);
}

async function checkJournal(product) {
  const verified = await product.zicht('journal', 'verify');
  const rebuilt = await product.zicht('rebuild', '--check');
  return `${verified.stdout}${rebuilt.stdout}`;
}

// Starts a burst, lets `strike` do its harm and mend it, and looks at what is left.
async function strikeOften(product, strike) {
  const burst = new Burst(() => product.address);
  for (let round = 0; round < rounds; ++round) {
    burst.begin();
    await waitForWork(burst);
    await strike(burst);
    await burst.end();
    await checkEverythingIsThere(product, burst);
  }
  await product.end();
  await checkJournal(product);
  return burst;
}

async function killServer(product) {
  await product.kill();
  await product.start();
}

test('killed: the server on SQLite loses nothing that it acknowledged', async () => {
  const product = await startProduct({ packs });
  try {
    const burst = await strikeOften(product, () => killServer(product));
    assert.ok(burst.records.length > 100);
  } finally {
    await product.stop();
  }
});

test('killed: the server on PostgreSQL loses nothing that it acknowledged', async () => {
  const postgres = await startPostgres();
  const product = await startProduct({ packs, postgres: postgres.address });
  try {
    const burst = await strikeOften(product, () => killServer(product));
    assert.ok(burst.records.length > 100);
  } finally {
    await product.stop();
    await postgres.remove();
  }
});

test('killed: PostgreSQL may end and come back under a server that goes on', async () => {
  const postgres = await startPostgres();
  const product = await startProduct({ packs, postgres: postgres.address });
  try {
    const burst = await strikeOften(product, async (running) => {
      await postgres.kill();
      await postgres.start();
      await waitForWork(running);  // without a start of the server
    });
    const refused = [...burst.refusals.keys()];
    assert.deepEqual(refused.filter((status) => status !== 503), [], 'refused otherwise');
  } finally {
    await product.stop();
    await postgres.remove();
  }
});
