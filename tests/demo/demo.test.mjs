// The invented example: played on an empty installation with the public facts, it fills what a
// reader without account sees, adds nothing when played again, and is known as invented everywhere.
// Method: what the API tells a visitor, before and after; nothing here knows how the player works.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { play } from '../../demo/play.mjs';
import { startProduct } from '../support/product.mjs';
import { audit, seriesIn } from '../support/releases.mjs';

const DASHBOARDS = ['homelessness-dashboard', 'protected-home-dashboard'];
const MEASUREMENTS = ['Voorbeeldmeting december 2025 (verzonnen)',
  'Voorbeeldmeting juli 2026 (verzonnen)'];
const MARK = /verzonnen|voorbeeld/i;

let product;
let untouched;
let first;
let second;
let entries;

async function asVisitor(route, body) {
  const answer = await fetch(product.address + route, body === undefined ? {} : {
    method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  const text = await answer.text();
  assert.equal(answer.status, 200, `${route}: ${text}`);
  return JSON.parse(text);
}

async function rowsOf(form, more = {}) {
  const items = [];
  let references = {};
  for (let cursor; ;) {
    const page = await asVisitor('/v1/records/_search',
      { form, limit: 200, ...more, ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    references = { ...references, ...page.references };
    cursor = page.next;
    if (!cursor) return { items, references };
  }
}

// Every public form with its rows.
async function everything() {
  const { packs } = await asVisitor('/v1/catalogue');
  const all = new Map();
  for (const { name, forms } of packs) {
    for (const [id, { may }] of Object.entries(forms)) {
      const form = `${name}/${id}`;
      if (may.includes('read')) all.set(form, (await rowsOf(form)).items);
    }
  }
  return all;
}

// How many entries the journal has, for who may know.
async function journalLength() {
  const { stdout } = await product.zicht('journal', 'verify');
  return Math.max(...[...stdout.matchAll(/\d+/g)].map(Number));
}

before(async () => {
  // What time does to what was played stays out of it, however long playing takes.
  product = await startProduct({ facts: true, settings: 'scheduler_seconds = 3600\n' });
  untouched = await everything();
  first = await play(product.address);
  entries = [await journalLength()];
  second = await play(product.address);
  entries.push(await journalLength());
});
after(() => product?.stop());

test('demo: playing twice adds nothing, not even an entry of the journal', () => {
  assert.ok(first.added > 1000 && first.steps > 2000, JSON.stringify(first));
  assert.equal(first.same, 0);
  assert.deepEqual({ added: second.added, steps: second.steps }, { added: 0, steps: 0 });
  assert.equal(second.same, first.added);
  assert.ok(entries[0] > first.added, `entries: ${entries}`);
  assert.equal(entries[1], entries[0]);
});

test('demo: everybody is told that this is a demonstration', async () => {
  assert.equal((await asVisitor('/v1/catalogue')).demo, true);
});

test('demo: a visitor finds the regions with a place on the map, none on top of another', async () => {
  const { items } = await rowsOf('regions/region', { where: 'kind = "mobw"' });
  assert.ok(items.length >= 12 && items.length <= 45, `${items.length} regions`);
  const places = items.map(({ fields }) => `${fields.map_column} ${fields.map_row}`);
  assert.equal(new Set(places).size, items.length);
  for (const { title } of items) assert.match(title, /^Voorbeeldregio /);
});

for (const pack of DASHBOARDS) {
  test(`demo: ${pack} has both measurements, with explanations and what changed`, async () => {
    const { items, references } = await rowsOf(`${pack}/region-value`, { where: 'scope = "region"' });
    const byMeasurement = Map.groupBy(items, ({ fields }) => references[fields.edition].title);
    assert.deepEqual([...byMeasurement.keys()].sort(), MEASUREMENTS);
    const regions = MEASUREMENTS.map((name) => (
      new Set(byMeasurement.get(name).map(({ fields }) => fields.region)).size));
    assert.ok(regions[0] >= 20 && regions[1] >= 20 && regions[1] < regions[0], `${regions}`);
    for (const { fields } of items) {
      assert.match(fields.explanation, /^Verzonnen voorbeeld\. ./);
      assert.match(fields.source_of_value, MARK);
    }
    const known = new Map(items.map((item) => [item.id, item]));
    const changed = byMeasurement.get(MEASUREMENTS[1]).filter(({ fields }) => (
      fields.previous && known.get(fields.previous).fields.standing !== fields.standing));
    assert.ok(changed.length > 20, `${changed.length} changed`);
  });

  test(`demo: ${pack} has views of three kinds or more beside its values`, async () => {
    const { items } = await rowsOf(`${pack}/other-view`);
    assert.ok(items.length >= 6);
    assert.ok(new Set(items.map(({ fields }) => fields.view)).size >= 3);
    for (const { fields } of items) assert.match(fields.words, /^Verzonnen voorbeeld\. ./);
  });
}

test('demo: what everybody sees of it says that it is invented, and facts stay as they were', async () => {
  const now = await everything();
  let added = 0;
  for (const [form, rows] of now) {
    const before = new Map(untouched.get(form).map((row) => [row.id, row]));
    for (const row of rows) {
      if (before.has(row.id)) {
        assert.equal(row.version, before.get(row.id).version, `${form} ${row.title}`);
        continue;
      }
      added += 1;
      assert.equal(row.organisation.name, 'Verzonnen voorbeeld');
      assert.match(JSON.stringify(row.fields), MARK, `${form} ${row.title}`);
    }
  }
  assert.ok(added > 900, `${added} records`);
});

test('demo: every table that it publishes is clean when it is audited from outside', async () => {
  const out = path.join(product.folder, 'editions');
  await product.zicht('editions', 'write', '--out', out);
  const series = await seriesIn(out);
  assert.deepEqual([...series.keys()].map((of) => path.relative(out, of)).sort(), [
    'bottlenecks/bottleneck-edition/figures', 'commitments/commitment-edition/figures',
    'homelessness-dashboard/dashboard-edition/figures',
    'protected-home-dashboard/dashboard-edition/figures']);
  for (const [of, folders] of series) {
    for (let count = 1; count <= folders.length; count += 1) {
      const found = await audit(product, folders.slice(0, count));
      assert.equal(found.clean, true, `${of}: ${JSON.stringify(found.findings)}`);
      assert.ok(found.cells > 0, of);
    }
  }
});

test('demo: an act that is refused says which, and why in the words of the server', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'zicht-acts-'));
  await writeFile(path.join(folder, '10-wrong.yaml'), `title: Fout
acts:
  - add: regions/region
    as: editor
    rows: [{fields: {name: Voorbeeldregio zonder code}}]
`);
  await assert.rejects(play(product.address, folder), (error) => {
    assert.match(error.message, /^10-wrong\.yaml, act 1 \(regions\/region\): editor: POST /);
    assert.match(error.message, /\(400\)/);
    assert.match(error.message, /\/fields\/code/);
    return true;
  });
  await writeFile(path.join(folder, '10-wrong.yaml'), 'title: Fout\nacts: [{dance: x}]\n');
  await assert.rejects(play(product.address, folder), /act 1 .*no act is known .*dance/);
  await rm(folder, { recursive: true });
});
