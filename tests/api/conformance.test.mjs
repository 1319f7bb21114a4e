// The API keeps to the Dutch API Design Rules and to its own description.
// Method: Spectral with the official rules on the OpenAPI document of a running server, ajv
// (JSON Schema 2020-12) on the schemas of its forms and on its answers.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import { root, startProduct } from '../support/product.mjs';

const rules = path.resolve(root, '../shared/data/adr/linter.yaml');
const spectral = path.join(root, 'tests/api/node_modules/.bin/spectral');

let product;
let document;

async function answerOf(route, options) {
  const response = await fetch(product.address + route, options);
  const text = await response.text();
  assert.equal(response.status, 200, `${route}: ${text}`);
  return JSON.parse(text);
}

function makeAjv() {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
  addFormats.default(ajv);
  return ajv;
}

// All of Spectral's findings; it ends with 1 when there are errors among them.
async function findingsOn(file) {
  const stdout = await new Promise((resolve, reject) => {
    const words = ['lint', '--ruleset', rules, '--format', 'json', '--quiet', file];
    execFile(spectral, words, { maxBuffer: 1 << 26 }, (error, out, complaints) => {
      if (error && error.code !== 1) reject(new Error(complaints));
      else resolve(out);
    });
  });
  return JSON.parse(stdout);
}

before(async () => {
  product = await startProduct();
  document = await answerOf('/v1/openapi.json');
});

after(() => product?.stop());

test('openapi: the Dutch API Design Rules find no error', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'zicht-openapi-'));
  const file = path.join(folder, 'openapi.json');
  await writeFile(file, JSON.stringify(document));
  const findings = await findingsOn(file);
  await rm(folder, { recursive: true });
  const errors = findings.filter((finding) => finding.severity === 0);
  const lines = errors.map((e) => `${e.code} ${e.path.join('.')}: ${e.message}`);
  assert.deepEqual(lines, []);
});

test('openapi: the rules do find a planted error', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'zicht-openapi-'));
  const file = path.join(folder, 'openapi.json');
  const broken = structuredClone(document);
  const [route, item] = Object.entries(broken.paths)[0];
  broken.paths[`${route}/`] = item;
  await writeFile(file, JSON.stringify(broken));
  const findings = await findingsOn(file);
  await rm(folder, { recursive: true });
  assert.ok(findings.some((f) => f.severity === 0 && f.code === 'path-keys-no-trailing-slash'));
});

test('schemas: each form has a schema that a strict validator compiles', async () => {
  const catalogue = await answerOf('/v1/catalogue');
  const ajv = makeAjv();
  let forms = 0;
  for (const pack of catalogue.packs) {
    for (const form of Object.keys(pack.forms)) {
      ajv.compile(await answerOf(`/v1/forms/${pack.name}/${form}/schema`));
      forms += 1;
    }
  }
  assert.ok(forms > 0, 'no form is served');
});

test('answers: what the description promises is what is sent', async () => {
  const ajv = makeAjv();
  ajv.addVocabulary(['components', 'example', 'openapi', 'discriminator']);
  const routes = Object.entries(document.paths).filter(
    ([route, item]) => item.get && !route.includes('{') && isJson(item.get),
  );
  let seen = 0;
  for (const [route, item] of routes) {
    const response = await fetch(product.address + serverPath() + route);
    const described = item.get.responses[String(response.status)];
    assert.ok(described, `${route} answers ${response.status}, which is not described`);
    if (response.status !== 200) continue;
    const schema = described.content['application/json'].schema;
    const check = ajv.compile({ ...schema, components: document.components });
    assert.ok(check(await response.json()), `${route}: ${ajv.errorsText(check.errors)}`);
    seen += 1;
  }
  assert.ok(seen > 0, 'no route was seen');
});

function isJson(operation) {
  return operation.responses['200']?.content?.['application/json'] !== undefined;
}

// The path of the server that the description names, for instance `/v1`.
function serverPath() {
  return new URL(document.servers[0].url, product.address).pathname.replace(/\/$/, '');
}
