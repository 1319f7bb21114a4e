// Speaks to a running Zicht (tests/support/product.mjs) with any headers and bytes.
//
//     const client = await makeClient({ facts: true });
//     const answer = await client.json('POST', '/v1/records/_search', { form: 'pack/form' });
//     await client.stop();
import http from 'node:http';

import { startProduct } from '../support/product.mjs';

// Sends one request; gives status, headers, the body as text and, where it is JSON, as value.
function send(address, method, target, { headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    const options = { host: hostname, port, method, path: target, headers, agent: false };
    const request = http.request(options, (response) => {
      const pieces = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString('utf8');
        const isJson = /json/.test(response.headers['content-type'] ?? '');
        const value = isJson && text !== '' ? JSON.parse(text) : undefined;
        resolve({ status: response.statusCode, headers: response.headers, text, json: value });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

class Client {
  constructor(product) {
    this.product = product;
  }

  request(method, target, options) {
    return send(this.product.address, method, target, options);
  }

  json(method, target, value, headers = {}) {
    const all = { 'content-type': 'application/json', ...headers };
    return this.request(method, target, { headers: all, body: JSON.stringify(value) });
  }

  // The headers that a demo account sends from then on.
  async signIn(login) {
    const password = `zicht-demo-${login}`;
    const answer = await this.json('POST', '/v1/session', { login, password });
    if (answer.status !== 200) throw new Error(`${login} cannot sign in: ${answer.text}`);
    const cookie = answer.headers['set-cookie'][0].split(';')[0];
    return { cookie, 'x-csrf-token': answer.json.csrf_token };
  }

  stop() {
    return this.product.stop();
  }
}

export async function makeClient(options) {
  return new Client(await startProduct(options));
}
