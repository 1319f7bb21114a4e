// The engine and JSON Schema agree on the shape of documents.
// Method: for each form of all packs 1,000 random documents, 450 of them sound and 550 with a
// keyword of the schema broken; ajv (JSON Schema 2020-12) judges them by the generated schema, the
// engine by its own check (schema_judge). Every keyword is seen to refuse something. The seed is
// fixed; ZICHT_SEED varies it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import { breakers, breakPoints, mutate, soundValue } from './documents.mjs';
import { makeRandom } from './random.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const judge = path.join(root, 'build/dev/bin/schema_judge');
const seed = Number(process.env.ZICHT_SEED ?? 20250131);
const kSound = 450;
const kMutants = 550;

const folders = ['packs', 'tests/packs'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(root, folder, entry.name)),
);

function runJudge(input) {
  const result = spawnSync(judge, folders, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(result.status, 0, result.stderr || String(result.error));
  return result.stdout.split('\n');
}

function readSchemas() {
  const lines = runJudge('');
  return lines.slice(0, lines.indexOf('')).map((line) => JSON.parse(line));
}

function makeDocuments(schema, random) {
  const documents = [];
  for (let n = 0; n < kSound; n += 1) documents.push(soundValue(schema, random));
  const points = [...breakPoints(schema)];
  for (let n = 0; n < kMutants; n += 1) {
    const { path: place, keyword, schema: broken } = points[n % points.length];
    const change = (value) => breakers[keyword](broken, value, random);
    documents.push(mutate(schema, soundValue(schema, random), place, change, random));
  }
  return documents;
}

function judgedByAjv(schema, documents) {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
  addFormats.default(ajv);
  const check = ajv.compile(schema);
  const keywords = new Map();
  const verdicts = documents.map((document) => {
    const isAccepted = check(document);
    if (!isAccepted) {
      check.errors.forEach(({ keyword }) => keywords.set(keyword, (keywords.get(keyword) ?? 0) + 1));
    }
    return isAccepted;
  });
  return { verdicts, keywords };
}

function judgedByEngine(form, documents) {
  const input = documents.map((document) => JSON.stringify({ form, document })).join('\n');
  const lines = runJudge(`${input}\n`);
  const answers = lines.slice(lines.indexOf('') + 1, -1);
  assert.equal(answers.length, documents.length);
  return answers.map((answer) => answer === 'true');
}

const schemas = readSchemas();

for (const [number, { form, schema }] of schemas.entries()) {
  test(`${form}: engine and ajv agree on 1,000 documents (seed ${seed})`, (t) => {
    const documents = makeDocuments(schema, makeRandom(seed + number));
    const ajv = judgedByAjv(schema, documents);
    const engine = judgedByEngine(form, documents);
    const apart = documents.filter((_, n) => ajv.verdicts[n] !== engine[n]);
    assert.deepEqual(apart.slice(0, 5).map((d) => JSON.stringify(d).slice(0, 400)), []);
    assert.ok(ajv.verdicts.slice(0, kSound).every(Boolean), 'a sound document is refused');
    const refused = ajv.verdicts.filter((isAccepted) => !isAccepted).length;
    assert.ok(refused >= 400, `only ${refused} of the documents are refused`);
    const wanted = new Set([...breakPoints(schema)].map((point) => point.keyword));
    const missing = [...wanted].filter((keyword) => !ajv.keywords.has(keyword));
    assert.deepEqual(missing, [], 'keywords that refused nothing');
    const counts = [...ajv.keywords].map(([keyword, count]) => `${keyword} ${count}`).sort();
    t.diagnostic(`${refused} refused: ${counts.join(', ')}`);
  });
}

test('a schema that says something else than the engine is noticed', () => {
  const { form, schema } = schemas[0];
  const documents = makeDocuments(schema, makeRandom(seed));
  const ajv = judgedByAjv({ ...schema, additionalProperties: true }, documents);
  const engine = judgedByEngine(form, documents);
  assert.ok(documents.some((_, n) => ajv.verdicts[n] !== engine[n]));
});
