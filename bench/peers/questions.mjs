// What both engines are asked, and what Zicht answers: from the program engine_vectors, which asks
// the expressions of the unit tests, random ones and the compatibility kit.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

// Beyond this a random text has so much in it that a difference says nothing of its cause.
const kMaxRandomText = 40;

const kEntities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(xml) {
  return xml.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, name) => {
    if (!name.startsWith('#')) return kEntities[name] ?? whole;
    const isHex = name[1] === 'x';
    return String.fromCodePoint(parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10));
  });
}

const kFeelTypes = new Set(['', 'Any', 'string', 'number', 'boolean', 'date', 'time',
  'date and time', 'dateTime', 'days and time duration', 'dayTimeDuration',
  'years and months duration', 'yearMonthDuration']);

// Types that the model declares, as the kit names them.
const kModelTypes = /instance of (list<)?t[A-Z_\d]/;

// The decisions of a model that are one literal expression and require nothing, by name. Not those
// with a type of the model: DMN makes the value fit, which is no part of FEEL.
function alone(xml) {
  const found = new Map();
  const decisions = /<(?:\w+:)?decision\s([^>]*)>(.*?)<\/(?:\w+:)?decision>/gs;
  for (const [, head, body] of xml.matchAll(decisions)) {
    const texts = [...body.matchAll(/<(?:\w+:)?text>(.*?)<\/(?:\w+:)?text>/gs)];
    const types = [...body.matchAll(/typeRef="(?:\w+:)?([^"]*)"/g)];
    const name = head.match(/name="([^"]*)"/);
    if (!name || texts.length !== 1 || !/<(?:\w+:)?literalExpression/.test(body)
      || /requirement|<(?:\w+:)?(functionDefinition|invocation)/i.test(body)
      || types.some(([, type]) => !kFeelTypes.has(type))) continue;
    found.set(unescaped(name[1]),
      unescaped(texts[0][1].replace(/^\s*<!\[CDATA\[(.*)\]\]>\s*$/s, '$1')));
  }
  return found;
}

function* ofKit({ text }, asks) {
  const texts = alone(text);
  for (const [request, answer] of asks) {
    const { target, name } = JSON.parse(request);
    if (target !== 'decision' || !texts.has(name) || kModelTypes.test(texts.get(name))) continue;
    yield {
      question: { kind: 'expression', text: texts.get(name), variables: [], facts: {} },
      ours: JSON.parse(answer),
    };
  }
}

function* ofExpression({ kind, text, variables }, asks) {
  for (const [request, answer] of asks) {
    const { facts, input } = JSON.parse(request);
    yield { question: { kind, text, variables, facts, input }, ours: JSON.parse(answer) };
  }
}

// {"set","warnings","question","ours"} of each, where Zicht gives a value: a text that it refuses,
// and one that passes its limits, gives none.
export async function* questions(program, words, root) {
  const server = spawn(program, words, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => { server.on('close', resolve); });
  for await (const line of createInterface({ input: server.stdout, crlfDelay: Infinity })) {
    const { set, compile, compiled, asks } = JSON.parse(line);
    if (set !== 'texts' && set !== 'random' && set !== 'kit') continue;
    const asked = JSON.parse(compile);
    if (set === 'random' && asked.text.length > kMaxRandomText) continue;
    const warnings = JSON.parse(compiled).warnings?.map(({ id }) => id) ?? [];
    for (const one of set === 'kit' ? ofKit(asked, asks) : ofExpression(asked, asks)) {
      if (!one.ours.error) yield { set, warnings, ...one };
    }
  }
  if (await ended !== 0) throw new Error(`${program} failed`);
}
