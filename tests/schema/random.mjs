// Seeded randomness, and random strings that match a regular expression.

// mulberry32: same seed, same numbers.
export function makeRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (bound) => Math.floor(next() * bound);
  return { next, below, pick: (items) => items[below(items.length)] };
}

// A string that matches `pattern`: the subset of ECMA-262 with anchors, classes, groups,
// alternatives and quantifiers that schemas use. Throws on anything else.
export function sampleOf(pattern, random) {
  const reader = { text: pattern, at: 0, random };
  const sample = readAlternatives(reader);
  if (reader.at !== pattern.length) throw new Error(`cannot read ${pattern} at ${reader.at}`);
  return sample();
}

// Each reader returns a function that makes a new sample of what it read.
function readAlternatives(reader) {
  const choices = [readSequence(reader)];
  while (reader.text[reader.at] === '|') {
    reader.at += 1;
    choices.push(readSequence(reader));
  }
  return () => reader.random.pick(choices)();
}

function readSequence(reader) {
  const parts = [];
  while (reader.at < reader.text.length && !'|)'.includes(reader.text[reader.at])) {
    parts.push(readRepeated(reader));
  }
  return () => parts.map((part) => part()).join('');
}

function readRepeated(reader) {
  const atom = readAtom(reader);
  const [least, most] = readQuantifier(reader);
  return () => {
    const times = least + reader.random.below(most - least + 1);
    return Array.from({ length: times }, () => atom()).join('');
  };
}

function readQuantifier(reader) {
  const simple = { '?': [0, 1], '*': [0, 8], '+': [1, 8] }[reader.text[reader.at]];
  if (simple) {
    reader.at += 1;
    return simple;
  }
  const counted = /^\{(\d+)(?:,(\d+))?\}/.exec(reader.text.slice(reader.at));
  if (!counted) return [1, 1];
  reader.at += counted[0].length;
  return [Number(counted[1]), Number(counted[2] ?? counted[1])];
}

function readAtom(reader) {
  const char = reader.text[reader.at];
  reader.at += 1;
  if (char === '^' || char === '$') return () => '';
  if (char === '(') {
    if (reader.text.startsWith('?:', reader.at)) reader.at += 2;
    const inside = readAlternatives(reader);
    reader.at += 1;
    return inside;
  }
  if (char === '[') return readClass(reader);
  if (char === '\\') return readEscape(reader);
  if (char === '.') return () => 'x';
  return () => char;
}

function readEscape(reader) {
  const char = reader.text[reader.at];
  reader.at += 1;
  if (char === 'd') return () => String(reader.random.below(10));
  return () => unescaped(char);
}

function unescaped(char) {
  return { t: '\t', r: '\r', n: '\n' }[char] ?? char;
}

function readClass(reader) {
  const end = closingBracket(reader.text, reader.at);
  const matches = new RegExp(`[${reader.text.slice(reader.at, end)}]`, 'u');
  reader.at = end + 1;
  const letters = Array.from({ length: 95 }, (_, n) => String.fromCharCode(32 + n));
  const members = letters.filter((letter) => matches.test(letter));
  return () => reader.random.pick(members);
}

function closingBracket(text, from) {
  let at = from;
  while (text[at] !== ']') at += text[at] === '\\' ? 2 : 1;
  return at;
}
