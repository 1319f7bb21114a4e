// What goes out as open data comes back as it was: the CSV of a register with figures is read into
// an empty installation, as people do it (the columns that are guessed, a dry run, accepting), and
// gives the same figures and the same file. Method: only what the API tells; the file is compared
// with the one that comes out afterwards, and the figures with those that went in.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import { makeClient } from '../api/client.mjs';

const kForm = 'regional-picture/observation';
const kFile = `/v1/open-data/registers/${kForm}`;
const kKey = ['series', 'area_name', 'period'];
// Texts that a spreadsheet would run, or that CSV quotes.
const kTexts = ['=HYPERLINK("http://x.example")', '+31 (0)20', '-5', '@som', '"aan"; halen, punt',
  'twee\nregels', "'s-Gravenhage"];

let there;
let here;
let file;

async function signIn(client) {
  client.person = await client.signIn('editor');
  return client;
}

async function ask(client, target, value, more = {}) {
  const headers = { ...client.person, 'idempotency-key': randomUUID(), ...more };
  const answer = await client.json('POST', target, value, headers);
  assert.ok(answer.status < 300, `${target}: ${answer.status} ${answer.text}`);
  return answer.json;
}

async function rowsOf(client, form) {
  const page = await ask(client, '/v1/records/_search', { form, limit: 1000 });
  return page.items.map((item) => ({ ...item, references: page.references }));
}

// By title, where that leads to one record alone: a file names records by their titles.
async function namesOf(client, form) {
  const rows = await rowsOf(client, form);
  return rows.filter((row) => rows.filter((other) => other.title === row.title).length === 1);
}

// A figure of each kind: with decimals, below zero, none, in words, one that the source withholds.
async function fill(client) {
  const [series, other] = await namesOf(client, 'regional-picture/public-series');
  const regions = await namesOf(client, 'regions/region');
  const values = ['12.50', '-3.25', '0.00', '1234567.00', '0.01', '88.00', '2.10'];
  for (const [at, value] of values.entries()) {
    const year = 2018 + at;
    const period = { words: `${year}`, first: `${year}-01-01`, last: `${year}-12-31` };
    await ask(client, '/v1/records', { form: kForm, fields: { series: series.id,
      area_name: kTexts[at], region: regions[at].id, period, value, remark: kTexts[6 - at] } });
    await ask(client, '/v1/records', { form: kForm, fields: { series: other.id,
      area_name: regions[at].title, period, ...(at % 2 ? { suppressed: true }
        : { words: kTexts[at] }), link: 'https://example.org/?a=1,2' } });
  }
}

// The file as people get it, without an account; its rows in the order of the alphabet, without
// who wrote them and when.
async function exported(client) {
  const answer = await client.request('GET', kFile);
  assert.equal(answer.status, 200, answer.text);
  const lines = answer.text.replace(/(,[^,]*){2}\r\n/g, '\r\n').split('\r\n');
  return { content: answer.text, lines: [lines[0], ...lines.slice(1).sort()] };
}

async function figures(client) {
  const rows = await rowsOf(client, kForm);
  const told = rows.map(({ fields, references }) => [references[fields.series].title,
    fields.region && references[fields.region].title, fields.period, fields.value ?? null,
    fields.suppressed ?? null]);
  return told.map((row) => JSON.stringify(row)).sort();
}

async function upload(client, content) {
  const answer = await client.request('POST', '/v1/files', { body: content, headers: {
    ...client.person, 'content-type': 'text/csv', 'file-name': 'waarnemingen.csv' } });
  assert.ok(answer.status < 300, answer.text);
  return answer.json.file;
}

// What the page of an import does: the fields that it guesses by the names of the columns.
async function mappingOf(client, name) {
  const seen = await ask(client, '/v1/imports/_look', { file: name, form: kForm });
  const columns = seen.columns.filter((column) => column.field)
    .map((column) => ({ column: column.name, field: column.field }));
  return { form: kForm, numbers: 'point', columns, key: kKey };
}

before(async () => {
  [there, here] = await Promise.all([makeClient({ facts: true }), makeClient({ facts: true })]);
  await signIn(there);
  await signIn(here);
  await fill(there);
  file = await exported(there);
});
after(async () => {
  await there?.stop();
  await here?.stop();
});

test('open data: the CSV of a register, read elsewhere, gives the same figures', async () => {
  assert.equal((await rowsOf(here, kForm)).length, 0);
  const name = await upload(here, file.content);
  const mapping = await mappingOf(here, name);
  const plan = await ask(here, '/v1/imports/_rehearse', { file: name, mapping });
  assert.deepEqual(plan.counts, { new: 14, changed: 0, same: 0, errors: 0 },
    JSON.stringify(plan.rows.filter((row) => row.problems)));
  assert.equal((await rowsOf(here, kForm)).length, 0, 'a dry run writes nothing');
  const confirmed = plan.questions.map((question) => question.key);
  const done = await ask(here, '/v1/imports/_accept',
    { file: name, mapping, plan: plan.plan, confirmed });
  assert.equal(done.created, 14);
  assert.deepEqual(await figures(here), await figures(there));
});

test('open data: what was read comes out as the same file, formulas harmless in both', async () => {
  const again = await exported(here);
  assert.deepEqual(again.lines, file.lines);
  for (const text of kTexts.slice(0, 4)) {
    const cell = `'${text}`.replaceAll('"', '""');
    assert.ok(file.content.includes(cell) && again.content.includes(cell), text);
  }
  assert.ok(!/(^|,)"?[=+@]/m.test(again.content));
});

test('open data: the same file once more changes nothing', async () => {
  const name = await upload(here, file.content);
  const mapping = await mappingOf(here, name);
  const plan = await ask(here, '/v1/imports/_rehearse', { file: name, mapping });
  assert.deepEqual(plan.counts, { new: 0, changed: 0, same: 14, errors: 0 });
});
