// Zicht beside feelin: whether they answer the same, why not, and how long they take.
//
//     node bench/peers/feelin.mjs ENGINE_VECTORS PEER_FEEL [--each]
//
// Exit status 1 when a difference has no reason (reasons.mjs). --each tells every difference.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Comparison } from './comparison.mjs';
import { FeelinSide } from './feelin_side.mjs';
import { questions } from './questions.mjs';
import { printSpeed } from './speed.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const kit = path.join(root, '../shared/data/dmn-tck');
const kBatch = 200;
const kBatchMs = 5000;
const kOneMs = 2000;

// feelin never ends a loop over a range whose ends are not whole: that is asked once, of all.
const kEndless = /\bin (2\.5|1\.5|Monthly fee) ?\.\.|\.\. (2\.5|Monthly fee) return/;

// For a batch with a question that feelin does not answer in time.
async function oneByOne(side, asked) {
  const answers = [];
  for (const question of asked) {
    const answer = await side.ask([question], kOneMs);
    answers.push(answer?.[0] ?? { refused: 'no answer in time' });
  }
  return answers;
}

async function compare(program) {
  const words = [path.join(root, 'tests/engine/expressions.json')];
  if (existsSync(kit)) words.push(kit);
  const side = new FeelinSide();
  const comparison = new Comparison();
  let batch = [];
  const flush = async () => {
    const asked = batch.map(({ question }) => question);
    const answers = await side.ask(asked, kBatchMs) ?? await oneByOne(side, asked);
    batch.forEach((one, i) => comparison.add(one, answers[i]));
    batch = [];
  };
  let left = 0;
  for await (const one of questions(program, words, root)) {
    if (kEndless.test(one.question.text) && left++ > 0) continue;
    batch.push(one);
    if (batch.length === kBatch) await flush();
  }
  await flush();
  await side.close();
  console.log(`left out, as feelin does not end: ${Math.max(0, left - 1)} like one that was asked`);
  return comparison;
}

const [vectors, timed, ...flags] = process.argv.slice(2);
const ours = JSON.parse(execFileSync(timed, [path.join(here, 'speed.json')]));
const areSame = printSpeed(path.join(here, 'speed.json'), ours);
const comparison = await compare(vectors);
comparison.print(flags.includes('--each'));
process.exit(areSame && comparison.unexplained.length === 0 ? 0 : 1);
