// What journeys share: a page that fails on any error of the browser, sign-in, small checks.
import { randomUUID } from 'node:crypto';

import { openPage } from './browser.mjs';

export function check(isTrue, what) {
  if (!isTrue) throw new Error(what);
}

export function equal(have, want, what) {
  if (have !== want) throw new Error(`${what}: have ${JSON.stringify(have)}, want ${
    JSON.stringify(want)}`);
}

// A decimal of the API as a Dutch page shows it: '1234.5' -> '1.234,5'; null: no figure.
export function dutchNumber(number) {
  if (number === null) return 'geen cijfer';
  const [, sign, whole, fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(number);
  return `${sign && '−'}${whole.replace(/\B(?=(\d{3})+$)/g, '.')}${fraction ? `,${fraction}` : ''}`;
}

// A refusal by the server (4xx, or a failure the journey asked for) is logged by the browser itself
// as an error of the network; everything else is a defect.
const kExpected = /Failed to load resource|net::ERR_/;

export async function visit(browser, base, path, options = {}) {
  const page = await openPage(browser, options);
  page.defects = [];
  page.on('pageerror', (error) => page.defects.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !kExpected.test(text)) page.defects.push(text);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) {
      page.defects.push(`asks another server: ${request.url()}`);
    }
  });
  await page.goto(base + path);
  await settled(page);
  return page;
}

export async function settled(page) {
  await page.waitForSelector('h1');
  await page.waitForFunction(() => !document.querySelector('.skeleton'));
}

export async function go(page, base, path) {
  await page.goto(base + path);
  await settled(page);
}

export async function signIn(page, base, login, password) {
  await go(page, base, '/inloggen');
  await page.fill('#login', login);
  await page.fill('#password', password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/mijn-werk');
  await settled(page);
}

// A demo account of the real program.
export const password = (login) => `zicht-demo-${login}`;

export async function as(browser, base, login, options) {
  const page = await visit(browser, base, '/', options);
  await signIn(page, base, login, password(login));
  return page;
}

// Somebody with these roles in another organisation (or `organisation`), who chose a password of
// their own.
export async function newcomer(browser, base, server, login, { roles, organisation, ...options }) {
  const said = server.zicht('account', 'add', login, 'Iemand anders', '--organisation',
    organisation ?? 'zicht-public', '--roles', roles);
  const given = said.trim().split(/\s+/).at(-1);
  const page = await visit(browser, base, '/inloggen', options);
  await page.fill('#login', login);
  await page.fill('#password', given);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/account');
  const { csrf_token: token } = await (await page.request.get(`${base}/v1/session`)).json();
  const own = 'een eigen lang wachtwoord';
  const reply = await page.request.fetch(`${base}/v1/session/password`, {
    method: 'POST', data: { current: given, new: own }, headers: { 'X-Csrf-Token': token } });
  check(reply.ok(), `the password: ${reply.status()}`);
  await signIn(page, base, login, own);
  return page;
}

// With the keyboard alone: forward until the focus is on what has this name.
export async function tabTo(page, name) {
  for (let i = 0; i < 150; i += 1) {
    await page.keyboard.press('Tab');
    const isThere = await page.evaluate((wanted) => {
      const { activeElement: at } = document;
      const label = at?.getAttribute('aria-label') ?? at?.labels?.[0]?.textContent ?? at?.textContent;
      return label?.trim() === wanted;
    }, name);
    if (isThere) return;
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

// Picks the first thing that a field with a list offers for this text.
export async function choose(page, id, text) {
  await page.fill(`#${id}`, text);
  await page.locator('.listbox [role=option]').first().waitFor();
  await page.locator(`#${id}`).press('Enter');
}

async function turnUntil(page, name, isThere) {
  const turn = page.getByRole('button', { name });
  while (!await isThere() && await turn.isVisible()) await turn.click();
}

// To a question of a form; on a phone each stands on a page of its own.
async function turnTo(page, id) {
  for (const name of ['Volgende vraag', 'Vorige vraag']) {
    await turnUntil(page, name, () => page.locator(`#${id}`).isVisible());
  }
}

export async function answer(page, id, text) {
  await turnTo(page, id);
  await page.fill(`#${id}`, text);
}

// For a question whose answers are ticked.
export async function tick(page, id, option) {
  await turnTo(page, id);
  await page.locator(`#${id}`).getByLabel(option, { exact: true }).check();
}

export async function save(page) {
  await turnUntil(page, 'Volgende vraag', () => Promise.resolve(false));
  await page.getByRole('button', { name: 'Opslaan', exact: true }).click();
}

// Writes as the program's own pages do.
export async function ask(page, base, method, path, body, purpose, version) {
  const session = await (await page.request.get(`${base}/v1/session`)).json();
  const reply = await page.request.fetch(base + path, { method, data: body, headers: {
    'X-Csrf-Token': session.csrf_token, 'Idempotency-Key': randomUUID(),
    ...(version ? { 'If-Match': `"${version}"` } : {}),
    ...(purpose ? { 'Zicht-Purpose': purpose } : {}) } });
  check(reply.ok(), `${method} ${path}: ${reply.status()} ${await reply.text()}`);
  return reply.json();
}

export async function finish(page) {
  const { defects } = page;
  await page.context().close();
  if (defects.length) throw new Error(`the browser reported: ${defects.join(' | ')}`);
}
