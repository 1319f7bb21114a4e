// What tests take from the OpenAPI document: its schemas, compiled.
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
