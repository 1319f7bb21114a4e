// Editions of the public packs, made as people make them: one account freezes the figures of a day,
// another publishes them. What `zicht editions write` then makes of all of them is clean under
// `zicht audit-release`, and one that would give a person away is refused.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { access, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { makeClient } from '../api/client.mjs';
import { audit, seriesIn } from '../support/releases.mjs';

const daysAgo = (count) => new Date(Date.now() - count * 86_400_000).toISOString().slice(0, 10);
const kFirst = daysAgo(60);
const kSecond = daysAgo(5);
const kBottlenecks = 'bottlenecks/bottleneck-edition';
const kForms = [kBottlenecks, 'commitments/commitment-edition',
  'homelessness-dashboard/dashboard-edition', 'protected-home-dashboard/dashboard-edition'];

let client;
let freezer;
let publisher;

const post = (target, value, headers) => client.json('POST', target, value,
  { ...headers, 'idempotency-key': randomUUID() });

async function write(target, value, headers) {
  const answer = await post(target, value, headers);
  assert.ok(answer.status < 300, `${target}: ${answer.status} ${answer.text}`);
  return answer.json;
}

const step = (record, transition, headers, fields = {}) => post(
  `/v1/records/${record.id}/_step`, { transition, fields, reason: '' },
  { ...headers, 'if-match': `"${record.version}"` });

// Reports that nobody has looked at yet are not public, so their figures are protected.
async function report(count, kind, day) {
  for (let at = 0; at < count; at += 1) {
    await write('/v1/records', { form: 'bottlenecks/bottleneck', valid_from: day, fields: {
      what: 'Een verzonnen knelpunt', who: ['young-homeless'], rule_kind: kind,
      frequency: 'often', solver: ['gemeenten'], field_of_work: 'dakloosheid',
      seen_on: { first: '2026-05-01', last: '2026-05-01' }, source: 'Een verzonnen gesprek' } },
    freezer);
  }
}

async function freeze(form, day) {
  const made = await write('/v1/records',
    { form, fields: { title: `Cijfers van ${day}`, planned_for: kSecond } }, freezer);
  const answer = await step(made, 'freeze', freezer,
    { reference_day: day, explanation: 'Vastgelegd zoals het er die dag stond.' });
  assert.equal(answer.status, 200, `${form} ${day}: ${answer.text}`);
  return answer.json;
}

async function publish(form, day) {
  const frozen = await freeze(form, day);
  const alone = await step(frozen, 'publish', freezer);
  assert.ok(alone.status >= 400, 'who froze the figures does not publish them');
  const answer = await step(frozen, 'publish', publisher);
  assert.equal(answer.status, 200, `${form} ${day}: ${answer.text}`);
  return answer.json;
}

before(async () => {
  client = await makeClient({ facts: true });
  freezer = await client.signIn('editor');
  publisher = await client.signIn('editor-2');
  await report(6, 'law', daysAgo(90));
  await report(1, 'land', daysAgo(90));
  await report(4, 'money', daysAgo(90));
});

after(() => client?.stop());

test('editions: two people publish those of two days, and all that is written is clean', async () => {
  for (const form of kForms) await publish(form, kFirst);
  await report(5, 'law', daysAgo(30));
  for (const form of kForms) await publish(form, kSecond);
  const out = path.join(client.product.folder, 'editions');
  await client.product.zicht('editions', 'write', '--out', out);
  const series = await seriesIn(out);
  assert.equal(series.size, kForms.length);
  for (const [of, folders] of series) {
    assert.deepEqual(folders.map((each) => path.basename(each)), [kFirst, kSecond], of);
    for (let count = 1; count <= folders.length; count += 1) {
      const found = await audit(client.product, folders.slice(0, count));
      assert.equal(found.clean, true, `${of}: ${JSON.stringify(found.findings)}`);
      assert.ok(found.cells > 0, of);
    }
  }
  const hidden = await audit(client.product, series.get(path.join(out, kBottlenecks, 'figures')));
  assert.ok(hidden.sensitive > 0, 'something is withheld');
});

test('editions: a hidden cell that is filled in is found', async () => {
  const out = path.join(client.product.folder, 'editions');
  const folder = path.join(out, kBottlenecks, 'figures', kFirst);
  const file = path.join(folder, 'not-placed.csv');
  const text = await readFile(file, 'utf8');
  const changed = text.replace('land,(totaal),hidden,', 'land,(totaal),published,1');
  assert.notEqual(changed, text);
  await writeFile(file, changed);
  const found = await audit(client.product, [folder]);
  assert.equal(found.clean, false);
  assert.ok(found.findings.some(({ kind }) => kind === 'shown'));
});

test('editions: one that sets a single report apart is refused with the reason', async () => {
  await report(1, 'law', daysAgo(2));
  const frozen = await freeze(kBottlenecks, daysAgo(1));
  const answer = await step(frozen, 'publish', publisher);
  assert.equal(answer.status, 409, answer.text);
  assert.match(answer.text, /AP-0217/);
  assert.match(answer.text, /Meldingen|not-placed/);
  const out = path.join(client.product.folder, 'after');
  await client.product.zicht('editions', 'write', '--out', out);
  const written = await readdir(path.join(out, kBottlenecks, 'figures'));
  assert.deepEqual(written.sort(), [kFirst, kSecond]);
  await assert.rejects(client.product.zicht('editions', 'write', '--out', out));
  await access(path.join(out, kBottlenecks, 'figures', kFirst, 'release.yaml'));
});
