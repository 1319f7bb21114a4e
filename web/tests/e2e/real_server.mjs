// The real program on an empty folder of its own: the repository's packs and facts, demo accounts.
// `ZICHT` names the program; without it the dev build's is used. It can run in an earlier time first,
// so that what is old is there to look at.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const kRoot = new URL('../../../', import.meta.url).pathname;
const kProgram = process.env.ZICHT ?? join(kRoot, 'build/dev/bin/zicht');

export function hasRealServer() {
  return existsSync(kProgram);
}

// Messages go out, and one try is enough to give up. Nothing listens at port 9.
const kMessages = `
public_url = https://zicht.example.nl
event_source = urn:nld:oin:00000001234567890000:systeem:zicht
smtp_host = 127.0.0.1
mail_from = zicht@example.nl
outbox_seconds = 1
outbox_tries = 1
`;

function configure(folder) {
  const file = join(folder, 'data/zicht.conf');
  const text = readFileSync(file, 'utf8').replace(/^port = .*$/m, 'port = 0')
    .replace(/^web = .*$/m, `web = ${join(kRoot, 'web/dist')}`)
    .replace(/^(public_url|event_source|smtp_host|mail_from|outbox_\w+) = .*\n?/gm, '')
    + kMessages;
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

// What makes a program live six years ago. The command faketime is asked for it and not used itself:
// it would stand between us and the server, which would go on when it is stopped.
function sixYearsAgo() {
  const lines = execFileSync('faketime', ['-f', '-6y', 'env'], { encoding: 'utf8' }).split('\n');
  const wanted = lines.filter((line) => /^(LD_PRELOAD|FAKETIME)=/.test(line));
  return { ...process.env, ...Object.fromEntries(wanted.map((line) => line.split('=', 2))) };
}

async function serve(place, env) {
  const child = spawn(kProgram, ['serve', '--config', configure(place)],
    { cwd: place, env, stdio: ['ignore', 'pipe', 'ignore'] });   // a full log pipe would stop it
  const url = await firstLine(child);
  return { url, stop: async () => {
    const gone = new Promise((resolve) => { child.once('exit', resolve); });
    child.kill();
    await gone;
  } };
}

// `folder`: a pack, or a folder of packs. `earlier(url)`: what people do six years before now.
export async function startReal(folder = 'packs', earlier = undefined) {
  const place = mkdtempSync(join(tmpdir(), 'zicht-e2e-'));
  const data = ['--data', join(place, 'data')];
  let env = earlier ? sixYearsAgo() : process.env;
  const zicht = (...words) => execFileSync(kProgram, words, { encoding: 'utf8', cwd: place, env });
  // What takes long lets other journeys go on.
  const prepare = (...words) => promisify(execFile)(kProgram, words, { cwd: place, env });
  await prepare('init', ...data, '--organisation', 'zicht-public', '--name', 'Openbare feiten',
    '--admin', 'admin');
  const packs = join(kRoot, folder);
  const all = existsSync(join(packs, 'pack.yaml')) ? [packs]
    : readdirSync(packs).map((name) => join(packs, name));
  await prepare('pack', 'activate', ...data, ...all);
  await prepare('facts', 'load', ...data);
  await prepare('scheduler', 'run', ...data);
  await prepare('demo', 'accounts', ...data);
  if (earlier) {
    const before = await serve(place, env);
    await earlier(before.url);
    await before.stop();
    env = process.env;
  }
  const { url, stop } = await serve(place, env);
  const copyOfPacks = () => {
    const copy = join(place, 'packs');
    cpSync(packs, copy, { recursive: true });
    return copy;
  };
  const activate = (copy) => prepare('pack', 'activate', ...data, copy);
  const stopAndForget = async () => {
    await stop();
    rmSync(place, { recursive: true, force: true });
  };
  return {
    url,
    copyOfPacks,
    activate,
    zicht: (...words) => zicht(...words, ...data),
    stop: stopAndForget,
  };
}
