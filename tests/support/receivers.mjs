// Who messages go to, for tests: a web server and a mail server on loopback, with TLS under a
// certificate of their own. Each keeps every byte that it was sent, and behaves as it is told.
//
//     const certificate = await makeCertificate(folder);      // { key, cert, file }
//     const receiver = await startReceiver(certificate);      // receiver.behave = 'hang'
//     const mail = await startMailServer(certificate);        // mail.behave = 'refuse'
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';

const run = promisify(execFile);

export async function makeCertificate(folder, name = 'localhost') {
  const key = path.join(folder, 'tls.key');
  const file = path.join(folder, 'tls.pem');
  await run('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
    '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`,
    '-keyout', key, '-out', file]);
  return { key: await readFile(key), cert: await readFile(file), file };
}

function listening(server) {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => { resolve(server.address().port); });
  });
}

// Ends a server with everybody who is still connected.
function stopper(server) {
  const sockets = new Set();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  return () => new Promise((resolve) => {
    for (const socket of sockets) socket.destroy();
    server.close(resolve);
  });
}

// `behave`: 'take', 'hang', a status such as 500, or { redirect: url }.
export async function startReceiver({ key, cert }) {
  const receiver = { behave: 'take', requests: [] };
  const server = https.createServer({ key, cert }, (request, response) => {
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString('utf8');
      receiver.requests.push({ url: request.url, headers: request.headers, body });
      const { behave } = receiver;
      if (behave === 'hang') return;
      if (behave.redirect) response.writeHead(302, { location: behave.redirect }).end();
      else response.writeHead(behave === 'take' ? 204 : behave).end();
    });
  });
  receiver.stop = stopper(server);
  receiver.port = await listening(server);
  receiver.url = `https://localhost:${receiver.port}/hook`;
  return receiver;
}

// One conversation; `say` and `heard` go through TLS once that has begun.
function converse(mail, secure, socket) {
  const heard = { isEncrypted: false, text: '', password: '' };
  mail.conversations.push(heard);
  let line = '';
  let isBody = false;
  let isPassword = false;
  const say = (text) => socket.write(`${text}\r\n`);
  const command = (text) => {
    const verb = text.slice(0, 4).toUpperCase();
    if (mail.behave === 'hang' && verb === 'RCPT') return;
    if (verb === 'EHLO') {
      say(heard.isEncrypted ? '250-mail\r\n250 AUTH PLAIN' : '250-mail\r\n250 STARTTLS');
    } else if (verb === 'STAR') {
      say('220 go on');
      encrypt();
    } else if (isPassword) {
      isPassword = false;
      heard.password = Buffer.from(text, 'base64').toString('utf8');
      say('235 hello');
    } else if (verb === 'AUTH') {
      isPassword = true;
      say('334 ');
    } else if (verb === 'RCPT' && mail.behave === 'refuse') {
      say('550 no such user here');
    } else if (verb === 'DATA') {
      isBody = true;
      say('354 go on');
    } else if (verb === 'QUIT') {
      socket.end('221 bye\r\n');
    } else say('250 good');
  };
  const listen = (piece) => {
    heard.text += piece;
    line += piece;
    for (let end = line.indexOf('\r\n'); end >= 0; end = line.indexOf('\r\n')) {
      const text = line.slice(0, end);
      line = line.slice(end + 2);
      if (!isBody) command(text);
      else if (text === '.') {
        isBody = false;
        mail.taken += 1;
        say('250 taken');
      }
    }
  };
  function encrypt() {
    socket.removeAllListeners('data');
    socket = new tls.TLSSocket(socket, { isServer: true, secureContext: secure });
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.on('data', listen);
    heard.isEncrypted = true;
  }
  socket.setEncoding('utf8');
  socket.on('data', listen);
  say('220 mail ESMTP');
}

// `behave`: 'take', 'hang' (at the name of the receiver), or 'refuse' (that name).
export async function startMailServer({ key, cert }) {
  const mail = { behave: 'take', conversations: [], taken: 0 };
  const secure = tls.createSecureContext({ key, cert });
  const server = net.createServer((socket) => { converse(mail, secure, socket); });
  mail.stop = stopper(server);
  mail.port = await listening(server);
  return mail;
}
