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

// The first problem of each place of the body ('/reason' is 'reason'), in words; `placeOf` says
// where in the page that is asked. Problems of no place are left out.
export function problemsByPlace(error: unknown,
  placeOf: (where: string) => string = (where) => where): Map<string, string> {
  const map = new Map<string, string>();
  const problems = error instanceof ApiProblem ? error.problems : [];
  for (const { where, message, hint } of problems) {
    const first = (where ?? '').split('/')[1] ?? '';
    const place = first && placeOf(first);
    if (place && !map.has(place)) map.set(place, [message, hint].filter(Boolean).join(' '));
  }
  return map;
}

// The same for these places alone, in the order in which a form asks them.
export function problemsInOrder(error: unknown, places: string[]): Map<string, string> {
  const told = problemsByPlace(error);
  return new Map(places.flatMap((place) => {
    const message = told.get(place);
    return message ? [[place, message] as const] : [];
  }));
}

export function problemOf(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : new ApiProblem(0, {});
}
