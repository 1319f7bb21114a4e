// Plays the example on a running demo: node demo/play.mjs ADDRESS [FOLDER]
//
//     node demo/play.mjs http://127.0.0.1:8080
//
// Reads demo/acts/*.yaml (or those of FOLDER) in the order of their names and does what they say
// with the demo accounts, over the same API as the pages. What is there is not made again. Ends
// with 1 at the first act that the server refuses, and says which and why.
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { makeDesk } from './player/client.mjs';
import { importTable, letter } from './player/others.mjs';
import { add, lookUp } from './player/records.mjs';
import { fill } from './player/rounds.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const yaml = createRequire(path.join(here, '../web/package.json'))('js-yaml');
const ACTS = { add, look_up: lookUp, fill, import: importTable, letter };

const nothing = () => ({ added: 0, same: 0, steps: 0 });

async function playAct(player, act, folder) {
  const kind = Object.keys(ACTS).find((key) => key in act);
  if (!kind) throw new Error(`no act is known with these keys: ${Object.keys(act).join(', ')}`);
  await ACTS[kind](player, act, folder);
}

async function playFile(player, folder, name) {
  const { title, reason, acts } = yaml.load(await readFile(path.join(folder, name), 'utf8'),
    { schema: yaml.CORE_SCHEMA });
  Object.assign(player, { reason, count: nothing() });
  const started = Date.now();
  for (const [at, act] of acts.entries()) {
    await playAct(player, act, folder).catch((error) => {
      throw new Error(`${name}, act ${at + 1} (${Object.values(act)[0]}): ${error.message}`,
        { cause: error });
    });
  }
  const { added, same, steps } = player.count;
  console.log(`  ${title}: ${added} added, ${steps} steps, ${same} there already (${
    ((Date.now() - started) / 1000).toFixed(1)} s)`);
  return player.count;
}

// Gives what was done, added together: {added, steps, same}.
export async function play(base, folder = path.join(here, 'acts')) {
  const player = { desk: makeDesk(base), made: new Map(), listed: new Map() };
  const all = nothing();
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  for (const name of files) {
    const count = await playFile(player, folder, name);
    for (const key of Object.keys(all)) all[key] += count[key];
  }
  return all;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [base, folder] = process.argv.slice(2);
  if (!base) {
    console.error('node demo/play.mjs ADDRESS [FOLDER]');
    process.exit(2);
  }
  try {
    await play(base, folder && path.resolve(folder));
  } catch (error) {
    console.error(`the example stopped: ${error.message}`);
    process.exit(1);
  }
}
