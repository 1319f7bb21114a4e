// feelin behind a time limit: asks a worker, and begins a new one when no answers come.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const kMaxMb = 512;

export class FeelinSide {
  #worker;

  #take;

  async #start() {
    this.#worker = new Worker(new URL('./feelin_worker.mjs', import.meta.url),
      { resourceLimits: { maxOldGenerationSizeMb: kMaxMb }, stderr: true });
    await once(this.#worker, 'message');
    this.#worker.on('message', (answers) => this.#take(answers));
    this.#worker.on('error', () => this.#take(undefined));
  }

  // For each question {"value","warnings"}, or {"refused"} where feelin throws; undefined where no
  // answers come.
  async ask(questions, limitMs) {
    if (!this.#worker) await this.#start();
    let timer;
    const answers = await new Promise((resolve) => {
      this.#take = resolve;
      timer = setTimeout(() => resolve(undefined), limitMs);
      this.#worker.postMessage(questions);
    });
    clearTimeout(timer);
    if (!answers) await this.close();
    return answers;
  }

  async close() {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }
}
