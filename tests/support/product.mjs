// A running Zicht for tests: a new installation in a temporary folder, with the packs of this
// repository, on a free port of loopback.
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
export const program = process.env.ZICHT ?? path.join(root, 'build/dev/bin/zicht');
const run = promisify(execFile);

class Product {
  constructor(folder) {
    this.folder = folder;
    this.config = path.join(folder, 'zicht.conf');
  }

  // Runs a command of the program; gives { stdout, stderr }, rejects when it fails.
  zicht(...words) {
    return run(program, [...words, '--config', this.config], { cwd: root });
  }

  // The same of a command that needs no installation.
  plain(...words) {
    return run(program, words, { cwd: root });
  }

  // Each start may be at another address.
  async start() {
    this.server = spawn(program, ['serve', '--config', this.config], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.ended = new Promise((resolve) => this.server.once('exit', resolve));
    this.address = await addressOf(this.server, this.ended);
  }

  // One more server of the same installation, to be ended by itself.
  async another() {
    const twin = new Product(this.folder);
    await twin.start();
    return twin;
  }

  // Ends the server, in order or by force; the installation stays.
  async end(signal = 'SIGTERM') {
    this.server?.kill(signal);
    await this.ended;
  }

  kill() {
    return this.end('SIGKILL');
  }

  async stop() {
    await this.end();
    await rm(this.folder, { recursive: true, force: true });
  }
}

// Options: `facts` loads the public facts too (default false); `packs`, the folder of the packs;
// `postgres`, the connection string of an empty database (default: SQLite); `settings`, further
// lines of the configuration.
export async function startProduct({ facts = false, packs = 'packs', postgres, settings = '' } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'zicht-product-'));
  const product = new Product(folder);
  const store = postgres ? `store = postgres\npostgres = ${postgres}\n` : '';
  await writeFile(product.config, `data = ${folder}/data\nport = 0\n${store}${settings}`);
  await product.zicht('init');
  await product.zicht('pack', 'activate', packs);
  if (facts) await product.zicht('facts', 'load');
  await product.zicht('demo', 'accounts');
  await product.start();
  return product;
}

// The first line that the server prints is its address.
async function addressOf(server, ended) {
  const lines = createInterface({ input: server.stdout });
  const first = new Promise((resolve) => lines.once('line', resolve));
  const line = await Promise.race([first, ended.then((code) => `ended with ${code}`)]);
  if (!/^https?:\/\/127\.0\.0\.1:\d+$/.test(line)) throw new Error(`no address: ${line}`);
  return line;
}
