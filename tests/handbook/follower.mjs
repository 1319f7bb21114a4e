// Somebody who follows a page of the handbook to the letter, in an empty folder on this machine:
// writes the files, runs the commands, and does in the API what the page says of the screen.
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import { program } from '../support/product.mjs';
import { wordsOf } from './page.mjs';
import { web } from './screen.mjs';
import { readWords, textsOf } from './words.mjs';

const run = promisify(execFile);

// Where a page may send somebody, by the keys of the interface: the menu and the buttons that are
// meant here. By key, as other places of the interface have some of the same words.
const PLACES = ['nav.registers', 'nav.work', 'register.new', 'form.send'];

export async function makeFollower() {
  const folder = await mkdtemp(path.join(tmpdir(), 'zicht-handbook-'));
  return new Follower(folder, await readWords());
}

class Follower {
  constructor(folder, words) {
    this.folder = folder;
    this.words = words;
    this.seen = []; // words of the page that were found on the screen
  }

  async follow(step) {
    for (const deed of step.deeds) await this[deed.kind](deed);
    if (this.fills) await this.save();
  }

  async file({ name, text }) {
    const target = path.join(this.folder, name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text, { flag: 'wx' });
  }

  // A command that fails ends the test with what it said. The server runs on, on a free port.
  async command({ line }) {
    const [name, ...words] = wordsOf(line);
    if (name !== 'zicht') throw new Error(`the page wants another program: ${line}`);
    if (words[0] === 'serve') return this.serve(words);
    const said = await run(program, words, { cwd: this.folder });
    if (words[0] === 'init') await this.showWeb();
    if (words[0] === 'account') {
      this.login = words[2];
      this.password = said.stdout.trim().split('\n').at(-1).trim();
    }
    return undefined;
  }

  // What is installed has its web interface beside it; here it is what was built last.
  async showWeb() {
    const config = path.join(this.folder, 'zicht.conf');
    const text = await readFile(config, 'utf8');
    await writeFile(config, text.replace(/^web = .*$/m, `web = ${web}`));
  }

  async serve(words) {
    this.server = spawn(program, [...words, '--port', '0'], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.ended = new Promise((resolve) => this.server.once('exit', resolve));
    const lines = createInterface({ input: this.server.stdout });
    const line = new Promise((resolve) => lines.once('line', resolve));
    this.address = await Promise.race([line, this.ended.then((code) => `ended with ${code}`)]);
    await this.signIn();
  }

  // With the password for one time, and then one of one's own.
  async signIn() {
    const own = 'kaas-en-brood-op-dinsdag';
    await this.session(this.password);
    await this.ask('POST', '/v1/session/password', { current: this.password, new: own });
    await this.session(own);
    this.catalogue = await this.ask('GET', '/v1/catalogue');
  }

  async session(password) {
    this.headers = {};
    const session = await this.ask('POST', '/v1/session', { login: this.login, password });
    this.headers['x-csrf-token'] = session.csrf_token;
  }

  // A register, a button, a step, or a task that must be there; any other word of a pack is read. A
  // word that is none of these stands nowhere: the page is wrong.
  async screen({ text }) {
    if (this.fills) await this.save();
    const place = this.placeOf(text);
    if (!place && !textsOf(this.catalogue).has(text)) {
      throw new Error(`nothing on the screen is called "${text}"`);
    }
    const isSame = (label) => label.nl === text;
    for (const pack of this.catalogue?.packs ?? []) {
      for (const [name, form] of Object.entries(pack.forms)) {
        if (isSame(form.plural)) this.register = { name: `${pack.name}/${name}`, form, pack };
      }
    }
    const transition = this.record?.actions.find((one) => one.label && isSame(one.label));
    if (transition) this.pending = transition.transition;
    if (this.record && (await this.tasks()).some((task) => isSame(task.what))) this.seen.push(text);
    if (place === 'register.new') this.record = undefined;
  }

  // The key of a word of the interface, as it stands on the screen of the register.
  placeOf(text) {
    const title = this.register?.form.title.nl.toLowerCase() ?? '';
    return PLACES.find((key) => this.words[key].replace('{title}', title) === text);
  }

  async fill({ label, value }) {
    const { form, pack } = this.register;
    const [id, field] = Object.entries(form.fields).find(([, one]) => one.label.nl === label) ?? [];
    if (!field) throw new Error(`no field is called ${label}`);
    const codes = Object.entries(pack.lists?.[field.list]?.codes ?? {});
    const code = codes.find(([, one]) => one.label.nl === value)?.[0];
    if (field.type === 'choice' && !code) throw new Error(`${label} has no choice ${value}`);
    this.fills = { ...this.fills, [id]: code ?? (value === 'vandaag' ? today() : value) };
  }

  async save() {
    const fields = this.fills;
    this.fills = undefined;
    if (!this.record) {
      this.record = await this.ask('POST', '/v1/records', { form: this.register.name, fields });
      return;
    }
    const target = `/v1/records/${this.record.id}/_step`;
    this.record = await this.ask('POST', target, { transition: this.pending, fields });
  }

  async tasks() {
    return (await this.ask('POST', '/v1/tasks/_search', {})).items;
  }

  async ask(method, target, value, headers = this.headers) {
    const answer = await fetch(this.address + target, {
      method,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...(this.record && { 'if-match': `"${this.record.version}"` }),
        ...headers,
      },
      body: value && JSON.stringify(value),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${target}: ${answer.status} ${text}`);
    const cookie = answer.headers.getSetCookie()[0];
    if (cookie && headers === this.headers) this.headers.cookie = cookie.split(';')[0];
    return text === '' ? undefined : JSON.parse(text);
  }

  async stop() {
    this.server?.kill('SIGTERM');
    await this.ended;
    await rm(this.folder, { recursive: true, force: true });
  }
}

export function today() {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(new Date());
}
