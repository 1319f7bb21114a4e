// What tests take from the OpenAPI document: its schemas, compiled.
import assert from 'node:assert/strict';

import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const BASE = 'https://zicht.example/api.json';

export function makeAjv(document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: BASE, components: document.components });
  return {
    // A validator for a schema of the document; `$ref`s point into it.
    compileReference(schema) {
      return ajv.compile(withAbsoluteReferences(schema));
    },
    errorsOf: (validator) => ajv.errorsText(validator.errors),
  };
}

function withAbsoluteReferences(value) {
  if (Array.isArray(value)) return value.map(withAbsoluteReferences);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === '$ref' && part.startsWith('#') ? BASE + part : withAbsoluteReferences(part),
    ]),
  );
}

// Checks answers against the document that this client's server tells of itself.
export async function makeShapes(client) {
  const document = (await client.request('GET', '/v1/openapi.json')).json;
  const ajv = makeAjv(document);
  return function checkShape(pattern, method, answer) {
    const note = `${method} ${pattern}: ${answer.status}`;
    const described = document.paths[pattern][method].responses[answer.status];
    assert.ok(described, `${note} is not in the document`);
    const schema = answer.status < 300
      ? described.content[answer.headers['content-type']].schema
      : { $ref: '#/components/schemas/Problem' };
    const check = ajv.compileReference(schema);
    assert.ok(check(answer.json), `${note}: ${ajv.errorsOf(check)}`);
    assert.equal(answer.headers['api-version'], document.info.version);
  };
}
