// A running Zicht for tests: a new SQLite installation in a temporary folder, with the packs of
// this repository, on a free port of loopback.
//
//     const product = await startProduct();
//     const answer = await fetch(`${product.address}/v1/health/ready`);
//     await product.stop();
//
// The program is build/dev/bin/zicht, or what ZICHT names.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const program = process.env.ZICHT ?? path.join(root, 'build/dev/bin/zicht');
const run = promisify(execFile);

// Options: `facts` loads the public facts too (default false).
export async function startProduct({ facts = false } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'zicht-product-'));
  const config = path.join(folder, 'zicht.conf');
  await writeFile(config, `data = ${folder}/data\nport = 0\n`);
  const zicht = (...words) => run(program, [...words, '--config', config], { cwd: root });
  await zicht('init');
  await zicht('pack', 'activate', 'packs');
  if (facts) await zicht('facts', 'load');
  await zicht('demo', 'accounts');

  const server = spawn(program, ['serve', '--config', config], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const address = await addressOf(server, ended);
  return {
    address,
    async stop() {
      server.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

// The first line that the server prints is its address.
async function addressOf(server, ended) {
  const lines = createInterface({ input: server.stdout });
  const first = new Promise((resolve) => lines.once('line', resolve));
  const line = await Promise.race([first, ended.then((code) => `ended with ${code}`)]);
  if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(line)) throw new Error(`no address: ${line}`);
  return line;
}
