// A private PostgreSQL that keeps what it acknowledged (fsync is on), to be killed and started.
//
//     const postgres = await startPostgres();
//     await postgres.kill();   // -9, every process of it
//     await postgres.start();  // on what is on the disk
//     await postgres.remove();
import { execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const programs = '/usr/lib/postgresql/15/bin';

// PostgreSQL refuses to run as root.
async function whoRuns() {
  if (process.geteuid() !== 0) return {};
  const users = await readFile('/etc/passwd', 'utf8');
  const [, , uid, gid] = /^postgres:.*$/m.exec(users)[0].split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

class Postgres {
  constructor(folder, user) {
    this.folder = folder;
    this.options = { ...user, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } };
    this.address = `host=${folder} user=zicht dbname=postgres`;
  }

  async start() {
    const words = ['-D', `${this.folder}/data`, '-k', this.folder, '-c', 'listen_addresses='];
    // A group of its own: killing that ends its workers too.
    this.server = spawn(`${programs}/postgres`, words,
      { ...this.options, detached: true, stdio: 'ignore' });
    this.ended = new Promise((resolve) => this.server.once('exit', resolve));
    const ready = ['-h', this.folder, '-U', 'zicht', '-d', 'postgres', '-q'];
    for (let tries = 0; tries < 600; ++tries) {
      const answers = await run(`${programs}/pg_isready`, ready).then(() => true, () => false);
      if (answers) return;
      if (this.server.exitCode !== null) break;
      await pause(50);
    }
    throw new Error(`PostgreSQL does not start (Debian package postgresql-15, see ./run setup)`);
  }

  // What a question gives, as psql writes it.
  async ask(sql) {
    const words = ['-h', this.folder, '-U', 'zicht', '-d', 'postgres', '-Atc', sql];
    return (await run(`${programs}/psql`, words, this.options)).stdout;
  }

  async kill() {
    process.kill(-this.server.pid, 'SIGKILL');
    await this.ended;
  }

  async remove() {
    if (this.server.exitCode === null && this.server.signalCode === null) await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export async function startPostgres() {
  const user = await whoRuns();
  const folder = await mkdtemp(path.join(tmpdir(), 'zicht-crash-pg-'));
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid);
  const postgres = new Postgres(folder, user);
  await run(`${programs}/initdb`, ['-D', `${folder}/data`, '-U', 'zicht', '-A', 'trust', '-E', 'UTF8',
    '--locale=C.UTF-8'], postgres.options);
  await postgres.start();
  return postgres;
}
