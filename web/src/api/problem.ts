// What went wrong with a request, in the shape that pages show: what is wrong and what to do.
import type { ProblemBody, ProblemItem, RecordView } from './types';

export class ApiProblem extends Error {
  readonly status: number;
  readonly id: string;
  readonly detail: string;
  readonly problems: ProblemItem[];
  readonly instance: string;
  readonly current: RecordView | undefined;
  readonly retryAfterS: number;

  constructor(status: number, body: ProblemBody, retryAfterS = 0) {
    super(body.title ?? '');
    this.status = status;
    this.id = (body.type ?? '').replace('urn:zicht:error:', '');
    this.detail = body.detail ?? '';
    this.problems = body.problems ?? [];
    this.instance = body.instance ?? '';
    this.current = body.current;
    this.retryAfterS = retryAfterS;
  }

  // No answer came: the network or the server is away. A write may or may not have arrived.
  get isOffline(): boolean {
    return this.status === 0;
  }
}

export function problemOf(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : new ApiProblem(0, {});
}
