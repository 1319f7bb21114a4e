// How long feelin takes over the questions of speed.json, with and without its parsing: it parses
// each time it is asked, and keeps nothing.
import { readFileSync } from 'node:fs';
import { evaluate, parseExpression } from 'feelin';

import { isSame } from './comparison.mjs';

const kRoundUs = 50_000;

// Microseconds of processor time of one call, the median of five rounds: what else the machine does
// disturbs that least.
function microseconds(call) {
  const timeOf = (count) => {
    const begin = process.cpuUsage();
    for (let i = 0; i < count; i += 1) call();
    const { user, system } = process.cpuUsage(begin);
    return user + system;
  };
  let count = 1;
  timeOf(200);
  while (timeOf(count) < kRoundUs) count *= 2;
  const rounds = [0, 1, 2, 3, 4].map(() => timeOf(count) / count);
  return rounds.sort((a, b) => a - b)[2];
}

function factsOf({ facts, rows }) {
  if (rows === undefined) return facts;
  const made = Array.from({ length: rows }, (_, fee) => ({ fee, label: 'row' }));
  return { ...facts, rows: made };
}

// `ours` is what peer_feel wrote. False when an answer differs: then no time counts.
export function printSpeed(file, ours) {
  let areSame = true;
  console.log('expression | Zicht compiles, evaluates | feelin parses, in all (us) | x, x without');
  JSON.parse(readFileSync(file)).forEach((question, i) => {
    const { text, name } = question;
    const facts = factsOf(question);
    const { value, compile_ns: compileNs, evaluate_ns: evaluateNs } = ours[i];
    const theirs = evaluate(text, facts).value;
    if (!isSame(value, theirs)) {
      areSame = false;
      console.log(`${name}: ${JSON.stringify(value)}, feelin ${JSON.stringify(theirs)}`);
      return;
    }
    const parse = microseconds(() => parseExpression(text, facts));
    const all = microseconds(() => evaluate(text, facts));
    const own = evaluateNs / 1000;
    console.log(`${name} | ${(compileNs / 1000).toFixed(1)}, ${own.toFixed(2)} | `
      + `${parse.toFixed(0)}, ${all.toFixed(0)} | ${(all / own).toFixed(0)}, `
      + `${((all - parse) / own).toFixed(0)}`);
  });
  return areSame;
}
