// The real program on an empty folder of its own: the repository's packs and facts, demo accounts.
// `ZICHT` names the program; without it the dev build's is used.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const kRoot = new URL('../../../', import.meta.url).pathname;
const kProgram = process.env.ZICHT ?? join(kRoot, 'build/dev/bin/zicht');

export function hasRealServer() {
  return existsSync(kProgram);
}

function configure(folder) {
  const file = join(folder, 'data/zicht.conf');
  const text = readFileSync(file, 'utf8').replace(/^port = .*$/m, 'port = 0')
    .replace(/^web = .*$/m, `web = ${join(kRoot, 'web/dist')}`);
  writeFileSync(file, text);
  return file;
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
      const url = /https?:\/\/[\d.:]+/.exec(text);
      if (url) resolve(url[0]);
    });
    child.on('exit', (code) => { reject(new Error(`the server ended with ${code}`)); });
  });
}

export async function startReal() {
  const folder = mkdtempSync(join(tmpdir(), 'zicht-e2e-'));
  const data = ['--data', join(folder, 'data')];
  const zicht = (...words) => execFileSync(kProgram, words, { encoding: 'utf8', cwd: folder });
  zicht('init', ...data, '--organisation', 'zicht-public', '--name', 'Openbare feiten',
    '--admin', 'admin');
  const packs = join(kRoot, 'packs');
  zicht('pack', 'activate', ...data, ...readdirSync(packs).map((name) => join(packs, name)));
  zicht('facts', 'load', ...data);
  zicht('scheduler', 'run', ...data);
  zicht('demo', 'accounts', ...data);
  const child = spawn(kProgram, ['serve', '--config', configure(folder)],
    { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });   // a full log pipe would stop it
  const url = await firstLine(child);
  const copyOfPacks = () => {
    const copy = join(folder, 'packs');
    cpSync(packs, copy, { recursive: true });
    return copy;
  };
  return { url, copyOfPacks, zicht: (...words) => zicht(...words, ...data), stop: async () => {
    const gone = new Promise((resolve) => { child.once('exit', resolve); });
    child.kill();
    await gone;
    rmSync(folder, { recursive: true, force: true });
  } };
}
