// The program over TLS, with certificates of the openssl command and the client of node: the
// cookie, a certificate that is renewed by SIGHUP and by itself under open connections, one that is
// expired at the start.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

import { startProduct } from '../support/product.mjs';

const run = promisify(execFile);
let folder;
let product;

// Makes a certificate of so many days, over the one that is there. With -1 it expired yesterday.
async function makeCertificate(name, serial, days = 30) {
  const certificate = path.join(folder, `${name}.pem`);
  const key = path.join(folder, `${name}.key`);
  const request = path.join(folder, `${name}.csr`);
  await run('openssl', [
    ...['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-subj', '/CN=localhost', '-out', request, '-keyout', key],
  ]);
  await run('openssl', [
    ...['x509', '-req', '-in', request, '-signkey', key, '-out', certificate],
    ...['-days', String(days), '-set_serial', String(serial)],
  ]);
  await chmod(key, 0o600);
  return { certificate, key };
}

// One request; gives status, headers, body and the serial number of the server's certificate.
function ask(route, { method = 'GET', headers = {}, body, agent } = {}) {
  return new Promise((resolve, reject) => {
    const options = { method, headers, agent, rejectUnauthorized: false };
    const request = https.request(product.address + route, options, async (response) => {
      const serial = Number.parseInt(response.socket.getPeerCertificate().serialNumber, 16);
      const pieces = [];
      for await (const piece of response) pieces.push(piece);
      const text = Buffer.concat(pieces).toString();
      resolve({ status: response.statusCode, headers: response.headers, body: text, serial });
    });
    request.on('error', reject);
    request.end(body);
  });
}

// Asks on connections of their own until the certificate is that one.
async function seesSerial(serial) {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await ask('/v1/health/live', { agent: false })).serial === serial) return true;
    await pause(100);
  }
  return false;
}

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zicht-tls-'));
  const { certificate, key } = await makeCertificate('server', 1);
  product = await startProduct({
    packs: 'tests/packs/sample',
    settings: `tls_certificate = ${certificate}\ntls_key = ${key}\n`,
  });
});

after(async () => {
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('tls: the session is a __Host- cookie, Secure, and every answer carries HSTS', async () => {
  assert.match(product.address, /^https:/);
  const answer = await ask('/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'nobody', password: 'wrong' }),
  });
  assert.equal(answer.status, 401);
  assert.equal(answer.headers['strict-transport-security'], 'max-age=31536000; includeSubDomains');
  const page = await ask('/v1/session', { headers: { cookie: '__Host-zicht-session=00' } });
  assert.match(page.headers['set-cookie'][0], /^__Host-zicht-session=; .*Path=\/;.*; Secure$/);
});

test('tls: a renewed certificate is taken at SIGHUP and by itself; open connections go on', async () => {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  assert.equal((await ask('/v1/health/live', { agent })).serial, 1);
  await makeCertificate('server', 2);
  product.server.kill('SIGHUP');
  assert.ok(await seesSerial(2));
  const { certificate } = await makeCertificate('server', 3);
  assert.ok(await seesSerial(3));
  const kept = await ask('/v1/health/live', { agent });
  assert.deepEqual([kept.status, kept.serial], [200, 1]);

  const good = await readFile(certificate);
  await writeFile(certificate, 'not a certificate');
  product.server.kill('SIGHUP');
  const failed = async () =>
    (await ask('/metrics', { agent })).body.includes('zicht_tls_reload_failed 1');
  for (let tries = 0; tries < 100 && !(await failed()); tries += 1) await pause(100);
  assert.ok(await failed());
  assert.ok(await seesSerial(3));
  await writeFile(certificate, good);
  for (let tries = 0; tries < 100 && (await failed()); tries += 1) await pause(100);
  const { body } = await ask('/metrics', { agent });
  assert.match(body, /^zicht_tls_reload_failed 0$/m);
  assert.match(body, /^zicht_tls_certificate_days 29$/m);
  agent.destroy();
});

test('tls: an expired certificate is told in Dutch and English, by check and by serve', async () => {
  const { certificate, key } = await makeCertificate('expired', 4, -1);
  const config = path.join(folder, 'expired.conf');
  await writeFile(config, `data = ${product.folder}/data\ntls_certificate = ${certificate}\ntls_key = ${key}\n`);
  const program = product.server.spawnfile;
  for (const [language, text] of [['nl_NL', 'verlopen op'], ['en_GB', 'expired at']]) {
    for (const words of [['config', 'check', config], ['serve', '--config', config]]) {
      const failure = await run(program, words, { env: { LC_ALL: language } }).catch((e) => e);
      assert.equal(failure.code, 1);
      assert.match(failure.stderr, /HT-0044/);
      assert.ok(failure.stderr.includes(text), failure.stderr);
    }
  }
});
