// Random documents for a JSON Schema: sound ones, and mutants that break a chosen keyword.
import { sampleOf } from './random.mjs';

const kWords = ['zorg', 'é́', '👩‍👧', ' ', 'Wmo 2015', '\n', '\u00a0', '0'];

// A value that the schema accepts; optional members are there half of the time.
export function soundValue(schema, random, share = 0.5) {
  if (schema.enum) return random.pick(schema.enum);
  switch (schema.type) {
    case 'object': return soundObject(schema, random, share);
    case 'array': return soundArray(schema, random);
    case 'string': return soundString(schema, random);
    case 'integer': return soundInteger(schema, random);
    case 'boolean': return random.below(2) === 0;
    default: throw new Error(`no value for ${JSON.stringify(schema)}`);
  }
}

function soundObject(schema, random, share) {
  const value = {};
  for (const [key, member] of Object.entries(schema.properties ?? {})) {
    const isNeeded = schema.required?.includes(key);
    if (!isNeeded && (isImpossible(member) || random.next() >= share)) continue;
    value[key] = soundValue(member, random, share);
  }
  return value;
}

function isImpossible(schema) {
  return schema.not !== undefined || schema.items?.not !== undefined;
}

function soundArray(schema, random) {
  const texts = new Set();
  const wanted = 1 + random.below(Math.min(3, schema.maxItems));
  for (let tries = 0; tries < 20 && texts.size < wanted; tries += 1) {
    texts.add(JSON.stringify(soundValue(schema.items, random)));
  }
  return [...texts].map((text) => JSON.parse(text));
}

function soundString(schema, random) {
  if (schema.format === 'date') return soundDate(random);
  if (schema.pattern?.startsWith('^')) return anchoredString(schema, random);
  const least = schema.minLength ?? 1;
  const most = Math.min(schema.maxLength ?? 40, least + 40);
  const length = least + random.below(most - least + 1);
  let letters = ['a'];
  while (letters.length < length) letters.push(...random.pick(kWords));
  return letters.slice(0, length).join('');
}

function anchoredString(schema, random) {
  for (let tries = 0; tries < 100; tries += 1) {
    const text = sampleOf(schema.pattern, random);
    const length = [...text].length;
    if (length >= (schema.minLength ?? 0) && length <= (schema.maxLength ?? length)) return text;
  }
  throw new Error(`no string for ${schema.pattern}`);
}

function soundDate(random) {
  const day = new Date(Date.UTC(1900 + random.below(200), random.below(12), 1 + random.below(28)));
  return day.toISOString().slice(0, 10);
}

function soundInteger(schema, random) {
  const span = Math.min(schema.maximum - schema.minimum, 1_000_000);
  return random.pick([schema.minimum, schema.maximum, schema.minimum + random.below(span + 1)]);
}

// Every place where a keyword can be broken: {path, keyword, schema}; path '[]' is an item.
export function* breakPoints(schema, path = []) {
  for (const keyword of Object.keys(breakers)) {
    if (schema[keyword] !== undefined) yield { path, keyword, schema };
  }
  for (const [key, member] of Object.entries(schema.properties ?? {})) {
    yield* breakPoints(member, [...path, key]);
  }
  if (schema.items) yield* breakPoints(schema.items, [...path, 0]);
}

// The value with what stands at the path replaced; makes sound members on the way there.
export function mutate(schema, value, path, change, random) {
  if (path.length === 0) return change(value);
  const [key, ...rest] = path;
  const member = schema.type === 'array' ? schema.items : schema.properties[key];
  const inner = value[key] ?? (isImpossible(member) ? undefined : soundValue(member, random));
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[key] = mutate(member, inner, rest, change, random);
  return copy;
}

const strange = (random) =>
  random.pick([null, true, 0, -1.5, 1e300, '', ' ', [], {}, [[]], { a: 1 }, 'x', 12]);

// keyword -> (schema, value, random) -> a value that breaks it (or at least looks for trouble).
export const breakers = {
  type: (schema, value, random) => strange(random),
  required: (schema, value, random) => without(value, random.pick(schema.required)),
  additionalProperties: (schema, value, random) => ({
    ...value,
    [random.pick(['', 'nieuw', 'Words', '__proto', 'a/b~c'])]: strange(random),
  }),
  enum: (schema, value, random) =>
    random.pick(['', 'x', `${schema.enum[0]} `, String(schema.enum[0]).toUpperCase() + '_']),
  not: (schema, value, random) => random.pick(['x', '', 3, null]),
  pattern: (schema, value, random) => bent(schema.format ? soundDate(random) : value, random),
  format: (schema, value, random) =>
    random.pick(['2025-02-30', '2023-02-29', '2025-04-31', '2025-13-01', '2025-00-10']),
  minLength: (schema, value, random) =>
    random.pick(['', [...value].slice(0, schema.minLength - 1).join('')]),
  maxLength: (schema, value, random) =>
    tooLong(schema, random.pick(['a', 'é', '👩', 'a\u0301'])),
  minimum: (schema, value, random) => schema.minimum - 1 - random.below(3),
  maximum: (schema, value, random) => schema.maximum + 1 + random.below(3),
  minItems: () => [],
  maxItems: (schema, value, random) =>
    Array.from({ length: schema.maxItems + 1 }, () => value[0] ?? strange(random)),
  uniqueItems: (schema, value) => [...value, ...value],
};

function without(value, key) {
  const copy = { ...value };
  delete copy[key];
  return copy;
}

// One letter removed, doubled, or put in.
function bent(text, random) {
  const letters = [...String(text)];
  const at = random.below(letters.length + 1);
  const added = random.pick(['', '-', '0', ' ', 'Z', 'é', '\n', '.', letters[at] ?? '']);
  letters.splice(at, random.below(2), added);
  return letters.join('');
}

function tooLong(schema, unit) {
  const head = schema.pattern?.startsWith('^https') ? 'https://a.nl/' : '';
  return head + unit.repeat(schema.maxLength + 1 - [...head].length);
}
