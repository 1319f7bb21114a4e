// A stand-in for the server, on loopback, for the browser journeys: the built interface and enough
// of the API. Usage: node tests/mock/server.mjs [port]. It knows a few switches for tests:
//   POST /mock/fail {"path", "status", "times"}   the next answers on that path fail
//   POST /mock/slow {"ms"}                        every API answer waits
//   POST /mock/touch {"id", "fields"}             somebody else changes a record
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

import { makeApi } from './api.mjs';

const kDist = new URL('../../dist/', import.meta.url).pathname;
const kTypes = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css',
  '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.wasm': 'application/wasm' };
const kPolicy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'; "
  + "object-src 'none'; form-action 'self'; "
  + "img-src 'self' data:; ";
// As the server does: only what is meant for it may stand in a frame of another site.
const ancestors = (path) => `frame-ancestors ${path.startsWith('/embed/') ? '*' : "'none'"}`;

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString();
  return text ? JSON.parse(text) : {};
}

async function sendFile(path, response) {
  const name = normalize(path).replace(/^(\.\.[/\\])+/, '');
  const isFile = extname(name) !== '';
  const data = await readFile(join(kDist, isFile ? name : 'index.html')).catch(() => null);
  response.writeHead(data ? 200 : 404, { 'Content-Security-Policy': kPolicy + ancestors(path),
    'Content-Type': kTypes[isFile ? extname(name) : '.html'] ?? 'application/octet-stream' });
  response.end(data ?? '');
}

export function startMock(port = 0) {
  const api = makeApi();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://mock');
    if (!/^\/(v1|mock)\//.test(url.pathname)) return sendFile(url.pathname, response);
    const body = await bodyOf(request);
    return api(request, url, body, response);
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      resolve({ url: `http://127.0.0.1:${server.address().port}`, stop: () => {
        server.closeAllConnections();
        server.close();
      } });
    });
  });
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { url } = await startMock(Number(process.argv[2] ?? 8090));
  console.log(url);
}
