// Writers that work at once until the other side is gone, and what they were told.
//
//     const burst = new Burst(() => product.address);
//     burst.begin();
//     ... kill something, start it again ...
//     await burst.end();
//     await burst.settle();  // everything that got no answer is sent again with its key
//
// Each record is made (version 1) and then corrected (version 2); the key of a request is used again
// until there is an answer, as a careful client does.
import { randomUUID } from 'node:crypto';

import { signIn, writeJson } from './requests.mjs';

const writers = 8;
const form = 'sample/tool';

export class Burst {
  constructor(addressNow) {
    this.addressNow = addressNow;
    this.records = [];  // {name, id?, validFrom?, version, sent?}: version is what was acknowledged
    this.refusals = new Map();  // status -> times: of answers that said no
    this.replays = 0;
  }

  begin() {
    this.isOver = false;
    this.work = Promise.all(Array.from({ length: writers }, () => this.#write()));
  }

  // Ends once every writer has its answer, or knows that none comes.
  async end() {
    this.isOver = true;
    await this.work;
  }

  async settle() {
    const headers = await signIn(this.addressNow());
    for (const record of this.records) {
      while (record.version < 2) {
        const answer = await this.#send(record, headers);
        if (answer === undefined || !answer.ok) throw new Error(`not settled: ${answer?.text}`);
      }
    }
  }

  get acknowledged() {
    return this.records.reduce((sum, record) => sum + record.version, 0);
  }

  async #write() {
    let headers;
    while (!this.isOver) {
      headers ??= await signIn(this.addressNow()).catch(() => undefined);
      if (headers === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        continue;
      }
      const record = { name: `tool ${randomUUID()}`, version: 0 };
      this.records.push(record);
      while (record.version < 2 && !this.isOver) {
        const answer = await this.#send(record, headers);
        if (!answer?.ok) break;  // what became of it is asked later
      }
    }
  }

  // The next write to the record; the same one, with the same key, until it is acknowledged.
  async #send(record, headers) {
    const isNew = record.version === 0;
    record.sent ??= { key: randomUUID() };
    const fields = { name: record.name, kind: 'saw', story: isNew ? 'made' : 'corrected' };
    const correction = { fields, valid_from: record.validFrom, reason: 'corrected' };
    const body = isNew ? { form, fields } : correction;
    const target = isNew ? '/v1/records' : `/v1/records/${record.id}/_correct`;
    const condition = isNew ? {} : { 'if-match': '"1"' };
    const all = { ...headers, ...condition, 'idempotency-key': record.sent.key };
    const answer = await writeJson(this.addressNow(), 'POST', target, body, all)
      .catch(() => undefined);
    if (answer === undefined) return undefined;
    if (!answer.ok) {
      this.refusals.set(answer.status, (this.refusals.get(answer.status) ?? 0) + 1);
      return answer;
    }
    if (answer.isReplay) ++this.replays;
    record.id = answer.json.id;
    record.validFrom = answer.json.valid_from;
    record.version += 1;
    record.sent = undefined;
    return answer;
  }
}
