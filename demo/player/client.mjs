// Speaks with a running Zicht as one of its accounts, over the API that everybody uses.
//
//     const desk = makeDesk('http://127.0.0.1:8080');
//     const editor = await desk('editor');                  // signs in once
//     const record = await editor.post('/v1/records', { form, fields });
//
// An answer that is not good becomes a Refused, with the server's own words; a busy server (429,
// 503) is asked again a moment later.
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

const TRIES = 40;

export class Refused extends Error {
  constructor(login, method, path, status, problem) {
    const told = [[problem?.title, problem?.detail].filter(Boolean).join(' '), ...(problem?.problems ?? [])
      .map(({ id, where, message, hint }) => `${id} ${where ?? ''} ${message} ${hint ?? ''}`.trim())];
    super(`${login}: ${method} ${path} was refused (${status}): ${told.join('\n    ')}`);
    this.name = 'Refused';
    this.status = status;
  }
}

const bodyOf = async (answer) => {
  const text = await answer.text();
  return text && answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
};

class Account {
  constructor(base, login) {
    this.base = base;
    this.login = login;
    this.headers = { 'Accept-Language': 'nl' };
  }

  async send(method, path, body, headers = {}) {
    const isBytes = body instanceof Uint8Array;
    for (let tries = 1; ; tries += 1) {
      const answer = await fetch(this.base + path, {
        method, body: body === undefined || isBytes ? body : JSON.stringify(body),
        headers: { ...this.headers, ...(isBytes ? {} : { 'Content-Type': 'application/json' }),
          ...headers },
      }).catch((error) => {
        throw new Error(`${this.base} does not answer: is the demo there?`, { cause: error });
      });
      if ((answer.status === 429 || answer.status === 503) && tries < TRIES) {
        await wait(1000 * Number(answer.headers.get('retry-after') ?? 1));
        continue;
      }
      const told = await bodyOf(answer);
      if (!answer.ok) throw new Refused(this.login, method, path, answer.status, told);
      return { told, answer };
    }
  }

  async signIn() {
    const { told, answer } = await this.send('POST', '/v1/session',
      { login: this.login, password: `zicht-demo-${this.login}` });
    this.headers['X-Csrf-Token'] = told.csrf_token;
    this.headers.Cookie = answer.headers.getSetCookie()
      .map((cookie) => cookie.split(';')[0]).join('; ');
    this.catalogue = await this.get('/v1/catalogue');
    return this;
  }

  async get(path) {
    return (await this.send('GET', path)).told;
  }

  // `key` says which act of the example this is: done twice, the first answer comes again.
  async post(path, body, { key, version, headers = {} } = {}) {
    const digest = createHash('sha256').update(key ?? `${Math.random()}`).digest('hex');
    return (await this.send('POST', path, body, { ...headers,
      'Idempotency-Key': `demo-${digest.slice(0, 40)}`,
      ...(version ? { 'If-Match': `"${version}"` } : {}) })).told;
  }

  // All rows of a form that this account sees.
  async rows(form) {
    const all = [];
    for (let cursor; ;) {
      const page = await this.post('/v1/records/_search',
        { form, limit: 200, ...(cursor ? { cursor } : {}) });
      all.push(...page.items);
      cursor = page.next;
      if (!cursor) return all;
    }
  }
}

// Gives a function from the name of a demo account to that account, signed in.
export function makeDesk(base) {
  const signedIn = new Map();
  return (login) => {
    if (!signedIn.has(login)) signedIn.set(login, new Account(base, login).signIn());
    return signedIn.get(login);
  };
}
