// Letters have the shape that the OpenAPI document says, each sentence of a draft names a record or
// a figure that is there, and what one may not read is not there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { makeClient } from './client.mjs';
import { makeShapes } from './document.mjs';

let client;
let checkShape;
let editor;

before(async () => {
  client = await makeClient({ facts: true });
  checkShape = await makeShapes(client);
  editor = await client.signIn('editor');
});
after(() => client?.stop());

const kLetter = '/letters/{id}';

async function write(pattern, target, body, headers = {}) {
  const key = { 'idempotency-key': `key-${Math.random().toString(36).slice(2)}-000` };
  const all = { ...editor, ...key, ...headers };
  const answer = body === undefined ? await client.request('POST', target, { headers: all })
    : await client.json('POST', target, body, all);
  checkShape(pattern, 'post', answer);
  return answer;
}

async function draft(language = 'nl') {
  const list = await client.request('GET', '/v1/letters', { headers: editor });
  checkShape('/letters', 'get', list);
  const template = list.json.templates[0].name;
  const made = await write('/letters', '/v1/letters', { template, language });
  assert.equal(made.status, 201, made.text);
  assert.equal(made.headers.location, `/v1/letters/${made.json.id}`);
  return made;
}

const partsOf = (letter) => letter.sections.flatMap(({ sentences, tables }) => (
  [...sentences, ...tables]));

test('letters: every sentence of a draft names what is there, as it is now', async () => {
  for (const language of ['nl', 'en']) {
    const { json: letter } = await draft(language);
    assert.equal(letter.language, language);
    const records = partsOf(letter).flatMap(({ sources }) => sources)
      .filter(({ kind }) => kind === 'record');
    assert.ok(records.length > 20, 'the shipped promises are told');
    for (const { ref, version } of records.slice(0, 40)) {
      const shown = await client.request('GET', `/v1/records/${ref}`, { headers: editor });
      assert.equal(String(shown.json.version), version);
    }
    for (const part of partsOf(letter)) assert.ok(part.sources.length > 0, part.id);
  }
});

test('letters: a change makes a version, a stale one is a conflict with what stands now', async () => {
  const { json: letter } = await draft();
  const target = `/v1/letters/${letter.id}`;
  const id = letter.sections[0].sentences[0].id;
  const edits = [{ do: 'reword', id, text: 'Anders.' }];
  const changed = await write(`${kLetter}/_change`, `${target}/_change`, { edits },
    { 'if-match': '"1"' });
  assert.equal(changed.status, 200, changed.text);
  assert.equal(changed.headers.etag, '"2"');
  assert.equal(changed.json.sections[0].sentences[0].text, 'Anders.');
  const late = await write(`${kLetter}/_change`, `${target}/_change`, { edits },
    { 'if-match': '"1"' });
  assert.equal(late.status, 409);
  assert.equal(late.json.current.version, 2);
  const refilled = await write(`${kLetter}/_refill`, `${target}/_refill`, undefined,
    { 'if-match': '"2"' });
  assert.equal(refilled.json.version, 3);
  const compared = await client.request('GET', `${target}/compare?from=1&to=3`,
    { headers: editor });
  checkShape(`${kLetter}/compare`, 'get', compared);
  assert.deepEqual(compared.json.items.map(({ change }) => change), ['changed']);
  const first = await client.request('GET', `${target}?version=1`, { headers: editor });
  checkShape(kLetter, 'get', first);
  assert.equal(first.json.version, 1);
});

test('letters: final is final, and only with sources', async () => {
  const { json: letter } = await draft();
  const target = `/v1/letters/${letter.id}`;
  const edits = [{ do: 'add', section: 0, text: 'Los.' }];
  await write(`${kLetter}/_change`, `${target}/_change`, { edits }, { 'if-match': '"1"' });
  const refused = await write(`${kLetter}/_finish`, `${target}/_finish`, undefined,
    { 'if-match': '"2"' });
  assert.equal(refused.json.type, 'urn:zicht:error:AP-0251');
  assert.equal(refused.json.problems.length, 1);
  const own = { do: 'leave_out', id: refused.json.problems[0].where };
  await write(`${kLetter}/_change`, `${target}/_change`, { edits: [own] }, { 'if-match': '"2"' });
  // One person signs, another makes it final.
  const signed = await write('/records/{id}/_step', `/v1/records/${letter.id}/_step`,
    { transition: 'sign' }, { 'if-match': '"3"' });
  assert.equal(signed.status, 200, signed.text);
  const ownFinish = await write(`${kLetter}/_finish`, `${target}/_finish`, undefined,
    { 'if-match': '"4"' });
  assert.equal(ownFinish.json.type, 'urn:zicht:error:MO-0204');
  const second = await client.signIn('editor-2');
  const last = await write(`${kLetter}/_finish`, `${target}/_finish`, undefined,
    { ...second, 'if-match': '"4"' });
  assert.ok(last.json.final.at, last.text);
});

test('letters: documents, and what is not there', async () => {
  const { json: letter } = await draft();
  const target = `/v1/letters/${letter.id}`;
  const html = await client.request('GET', `${target}/document?format=html`, { headers: editor });
  assert.match(html.headers['content-disposition'], /attachment; filename="[a-z-]+[0-9-]+-v1.html"/);
  assert.match(html.text, /<html lang="nl">/);
  const odt = await client.request('GET', `${target}/document?format=odt`, { headers: editor });
  assert.match(odt.text, /application\/vnd.oasis.opendocument.text/);
  for (const format of ['docx', '']) {
    const none = await client.request('GET', `${target}/document?format=${format}`,
      { headers: editor });
    assert.equal(none.json.type, 'urn:zicht:error:AP-0269');
  }
  // Drafts are not for visitors.
  for (const path of [target, `${target}/compare?from=1&to=1`, `${target}/document?format=html`]) {
    const none = await client.request('GET', path, {});
    assert.equal(none.status, 404, path);
    assert.equal(none.json.type, 'urn:zicht:error:AP-0260');
  }
  assert.deepEqual((await client.request('GET', '/v1/letters', {})).json,
    { templates: [], items: [] });
});
