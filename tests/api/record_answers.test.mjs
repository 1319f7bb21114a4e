// What is sent about records has the shape that the OpenAPI document says, for a visitor and for
// somebody signed in. Method: ajv with the document's own schemas, on the first records of every
// form; what has no parameters is in conformance.test.mjs.
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

// Reads the first records of a form in every way there is; gives how many records there were.
async function readForm(form, headers) {
  const page = await client.json('POST', '/v1/records/_search', { form, limit: 3 }, headers);
  checkShape('/records/_search', 'post', page);
  for (const item of page.json.items ?? []) {
    for (const part of ['', '/history', '/links']) {
      const answer = await client.request('GET', `/v1/records/${item.id}${part}`, { headers });
      checkShape(`/records/{id}${part}`, 'get', answer);
      assert.equal(answer.status, 200, answer.text);
      if (part === '') assert.equal(answer.headers.etag, `"${answer.json.version}"`);
    }
  }
  return page.json.items?.length ?? 0;
}

for (const login of ['', 'auditor']) {
  test(`answers: records of every form to ${login || 'a visitor'}`, async () => {
    const headers = login ? await client.signIn(login) : {};
    const catalogue = (await client.request('GET', '/v1/catalogue', { headers })).json;
    let records = 0;
    for (const pack of catalogue.packs) {
      for (const form of Object.keys(pack.forms)) {
        records += await readForm(`${pack.name}/${form}`, headers);
      }
    }
    assert.ok(records > 0, 'no record was seen');
  });
}
