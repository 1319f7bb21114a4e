// Messages to the outside, from a record to the wire: the program itself, with a web server and a
// mail server of the test that take, refuse, send elsewhere and hang. Method: each case causes
// messages by the API as people do; a canary in every text of a record must be in no byte that
// leaves; signatures are checked by node's own HMAC.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { startPostgres } from '../durability/postgres.mjs';
import { makeCertificate, startMailServer, startReceiver } from '../support/receivers.mjs';
import { makeClient } from './client.mjs';

const CANARY = 'kanariepiet';
const SOURCE = 'urn:nld:oin:00000001234567890000:systeem:zicht';

let folder, certificate, client, receiver, slow, mail, admin, lender;

const settings = () => `public_url = https://zicht.example.nl
event_source = ${SOURCE}
webhook_allow = localhost:${receiver.port}, localhost:${slow.port}
smtp_host = localhost
smtp_port = ${mail.port}
smtp_user = zicht
smtp_password_file = ${folder}/password
mail_from = zicht@example.nl
outbox_ca_file = ${certificate.file}
outbox_seconds = 1
outbox_timeout_seconds = 2
outbox_tries = 3
`;

// Everything below asks this one.
async function use(options) {
  client = await makeClient({ packs: 'tests/packs/sample', settings: settings(), ...options });
  admin = await client.signIn('administrator');
  lender = await client.signIn('lender');
}

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zicht-outbox-'));
  certificate = await makeCertificate(folder);
  receiver = await startReceiver(certificate);
  slow = await startReceiver(certificate);
  mail = await startMailServer(certificate);
  await writeFile(path.join(folder, 'password'), 'canary-password\n', { mode: 0o600 });
  await use();
});
after(async () => {
  await client?.stop();
  await Promise.all([receiver, slow, mail].map((server) => server?.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function until(what, isSo, seconds = 15) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    const found = await isSo();
    if (found) return found;
    await new Promise((resolve) => { setTimeout(resolve, 250); });
  }
  return assert.fail(`in ${seconds} s not: ${what}`);
}

async function outbox(state) {
  const answer = await client.request('GET', `/v1/outbox?state=${state}`, { headers: admin });
  assert.equal(answer.status, 200, answer.text);
  return answer.json.items;
}

async function hook(url, title, events = ['created', 'changed']) {
  const body = { title, url, forms: ['sample/report'], events };
  const answer = await client.json('POST', '/v1/webhooks', body, admin);
  assert.equal(answer.status, 201, answer.text);
  return answer.json;
}

async function change(webhook, body) {
  const answer = await client.json('PUT', `/v1/webhooks/${webhook.id}`, body, admin);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
}

let reports = 0;
async function report() {
  const fields = { subject: `${CANARY} onderwerp`, weight: 'light', term: 'P1M',
    received: { words: `${CANARY} datum`, first: '2026-01-10', last: '2026-01-10' } };
  const answer = await client.json('POST', '/v1/records', { form: 'sample/report', fields,
    reason: `${CANARY} reden`, valid_from: '2026-01-10' },
  { ...lender, 'idempotency-key': `outbox-report-${reports += 1}` });
  assert.equal(answer.status, 201, answer.text);
  return answer.json.id;
}

// The requests about this record.
const about = (server, id) => server.requests.filter(({ body }) => body.includes(id));

async function wish(body) {
  const answer = await client.json('PUT', '/v1/session/mail', body, lender);
  assert.equal(answer.status, 200, answer.text);
}

const resend = (id) => client.request('POST', `/v1/outbox/${id}/_resend`, { headers: admin });

// Mails wait a minute so that several tasks make one; an administrator need not.
async function mailNow() {
  const isMail = ({ kind }) => kind === 'mail';
  const waiting = await until('a mail waits', async () => (await outbox('waiting')).find(isMail));
  assert.equal((await resend(waiting.id)).status, 204);
  return waiting.id;
}

function isSignedBy(request, secret) {
  const header = request.headers['zicht-signature'];
  const seconds = /^t=(\d+),/.exec(header)[1];
  assert.ok(Math.abs(Date.now() / 1000 - Number(seconds)) < 300, 'the time of sending');
  const want = createHmac('sha256', secret).update(`${seconds}.${request.body}`).digest('hex');
  return header.includes(`,v1=${want}`);
}

test('outbox: a change leaves as a signed CloudEvent and a mail, with a link and no word of it',
  async () => {
    const webhook = await hook(receiver.url, 'Zaaksysteem');
    await wish({ wish: 'at_once', address: 'lena@mail.example', language: 'nl' });
    const id = await report();
    const [request] = await until('the event arrives', () => about(receiver, id).length
      && about(receiver, id));
    assert.match(request.headers['content-type'], /^application\/cloudevents\+json/);
    assert.ok(isSignedBy(request, webhook.secret));
    assert.ok(!isSignedBy(request, `${webhook.secret}x`));
    const event = JSON.parse(request.body);
    assert.deepEqual({ ...event, id: '', time: '' }, {
      specversion: '1.0', id: '', source: SOURCE, type: 'nl.zicht.record-created.v1',
      subject: id, time: '', dataref: `https://zicht.example.nl/v1/records/${id}`,
      form: 'sample/report', recordversion: 1,
    });
    assert.match(event.id, /^[0-9a-f]{32}$/);
    await mailNow();
    await until('the mail arrives', () => mail.taken === 1);
    const [talk] = mail.conversations.slice(-1);
    assert.ok(talk.isEncrypted);
    assert.equal(talk.password, '\0zicht\0canary-password');
    assert.match(talk.text, /RCPT TO:<lena@mail.example>/);
    assert.ok(talk.text.includes(`https://zicht.example.nl/records/${id}`));
    const bytes = JSON.stringify(receiver.requests) + JSON.stringify(mail.conversations);
    assert.ok(!bytes.includes(CANARY), 'a word of the record left');
    await until('both are kept as sent', async () => (await outbox('sent')).length === 2);
    assert.equal((await outbox('waiting')).length, 0);
  });

test('outbox: what failed goes again under the same id, and is given up after so many tries',
  async () => {
    receiver.behave = 500;
    const id = await report();
    await until('it was refused', async () => (
      await outbox('waiting')).find(({ error }) => error?.id === 'EX-0013'));
    receiver.behave = 'take';
    const [waiting] = (await outbox('waiting')).filter(({ kind }) => kind === 'webhook');
    assert.equal((await resend(waiting.id)).status, 204);
    const requests = await until('it arrives again', () => about(receiver, id).length > 1
      && about(receiver, id));
    const ids = requests.map(({ body }) => JSON.parse(body).id);
    assert.equal(new Set(ids).size, 1, 'the receiver can drop what it has seen');
    receiver.behave = 410;
    await report();
    const dead = await until('it is given up', async () => (await outbox('dead'))[0]);
    assert.equal(dead.error.id, 'EX-0015');
    assert.ok(dead.error.message.nl && dead.error.hint.en);
    receiver.behave = 'take';
    const all = await client.request('POST', '/v1/outbox/_resend', { headers: admin });
    assert.deepEqual(all.json, { resent: 1 });
    await until('none is dead', async () => (await outbox('dead')).length === 0);
    const second = await client.product.zicht('outbox', 'list', '--sent');
    assert.match(second.stdout, /webhook {2}sent/);
    assert.ok(!second.stdout.includes(CANARY));
  });

test('outbox: a receiver and a mail server that hang keep nobody else waiting', async () => {
  const hanging = await hook(slow.url, 'Traag', ['created']);
  slow.behave = 'hang';
  mail.behave = 'hang';
  await wish({ wish: 'at_once', address: 'lena@mail.example', language: 'nl' });
  await report();
  await mailNow();
  const talks = mail.conversations.length;
  await until('the mail server hangs', () => mail.conversations.length > talks
    || mail.conversations.at(-1).text.includes('RCPT'));
  const started = Date.now();
  const id = await report();
  const ready = await client.request('GET', '/v1/health/ready');
  assert.equal(ready.status, 200);
  await until('the others hear of it', () => about(receiver, id).length === 1, 8);
  assert.ok(Date.now() - started < 8000);
  await until('the time was up for both', async () => {
    const late = (await outbox('waiting')).filter(({ error }) => error?.id === 'EX-0012');
    return new Set(late.map(({ kind }) => kind)).size === 2;
  });
  slow.behave = 'take';
  mail.behave = 'refuse';
  const isMail = ({ kind }) => kind === 'mail';
  for (const each of (await outbox('waiting')).filter(isMail)) await resend(each.id);
  const refused = await until('the mail is refused', async () => (await outbox('dead')).find(isMail));
  assert.equal(refused.error.id, 'EX-0018');
  mail.behave = 'take';
  await until('they arrive after all', async () => {
    for (const each of (await outbox('dead')).filter(isMail)) await resend(each.id);
    return ![...await outbox('dead'), ...await outbox('waiting')].some(isMail);
  });
  await wish({ wish: 'never' });
  await change(hanging, { active: false });
});

test('outbox: a redirect is not followed, and an address inside is not called', async () => {
  const calls = slow.requests.length;
  receiver.behave = { redirect: slow.url };
  await report();
  await until('the redirect is told', async () => (
    await outbox('waiting')).find(({ error }) => error?.id === 'EX-0014'));
  receiver.behave = 'take';
  for (const url of [`https://127.0.0.1:${slow.port}/`, `http://localhost:${client.product.address
    .split(':')[2]}/v1/health/live`, 'http://169.254.169.254/latest/']) {
    const inside = await hook(url, 'Binnen', ['created']);
    await report();
    await until(`${url} is refused`, async () => (await outbox('waiting'))
      .find(({ target, error }) => target === inside.id && error?.id === 'EX-0010'));
    await change(inside, { active: false });
  }
  assert.equal(slow.requests.length, calls);
});

test('outbox: after a new secret both sign, so that the receiver can change over', async () => {
  const webhook = await hook(receiver.url, 'Met sleutel');
  const second = await change(webhook, { new_secret: true });
  assert.notEqual(second.secret, webhook.secret);
  const id = await report();
  const request = await until('it arrives', () => about(receiver, id)
    .find((one) => isSignedBy(one, second.secret)));
  assert.ok(isSignedBy(request, webhook.secret));
});

test('outbox: metrics tell how it stands without naming anybody', async () => {
  const { text } = await client.request('GET', '/metrics');
  const lines = text.split('\n').filter((line) => line.includes('zicht_outbox'));
  for (const name of ['waiting', 'dead', 'oldest_seconds', 'sent_total', 'failed_total']) {
    assert.ok(lines.some((line) => line.startsWith(`zicht_outbox_${name} `)), name);
  }
  assert.ok(!/localhost|example|\{/.test(lines.join('')), lines.join('\n'));
});

test('outbox: of three servers on one PostgreSQL each message is sent by one, once', async () => {
  await client.stop();
  receiver.behave = 'take';
  const postgres = await startPostgres();
  let twins = [];
  try {
    await use({ postgres: postgres.address });
    twins = [await client.product.another(), await client.product.another()];
    await hook(receiver.url, 'Een van drie', ['created']);
    const ids = [];
    for (let i = 0; i < 15; i += 1) ids.push(await report());
    await until('all arrived', () => ids.every((id) => about(receiver, id).length > 0));
    await until('all are marked', async () => (await outbox('sent')).length === ids.length);
    for (const id of ids) assert.equal(about(receiver, id).length, 1);
    // The others take over when the one that was asked so far is gone.
    await client.product.end();
    client.product.address = twins[0].address;
    const later = await report();
    await until('another server sends', () => about(receiver, later).length === 1);
  } finally {
    await Promise.all(twins.map((twin) => twin.end()));
    await client.stop();
    client = undefined;
    await postgres.remove();
  }
});
