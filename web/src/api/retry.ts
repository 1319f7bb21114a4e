// Which reads are asked again by themselves, and when.
import { ApiProblem } from './problem';

// A wait that nobody notices much; who must wait longer is told instead.
const kMostSeconds = 5;
const kMostRefusals = 3;

// Too much was asked of the server at this moment, and it says that this passes soon.
function passesSoon(error: unknown): error is ApiProblem {
  return error instanceof ApiProblem && error.status === 429
    && error.retryAfterS > 0 && error.retryAfterS <= kMostSeconds;
}

// A refusal stays a refusal, but one that passes soon; silence and the server's own mistakes are
// asked again. So is 'who are you?' once: the server has then ended a session that was over, and
// answers as to a visitor.
export function shouldRetry(count: number, error: unknown): boolean {
  const status = error instanceof ApiProblem ? error.status : 0;
  if (status === 401) return count < 1;
  if (passesSoon(error)) return count < kMostRefusals;
  return count < 2 && (status === 0 || status >= 502);
}

// In milliseconds, longer each time. What was refused together does not come back together.
export function retryDelay(count: number, error: unknown): number {
  const step = 1000 * 2 ** count;
  return passesSoon(error) ? step * error.retryAfterS * (1 + Math.random()) : step;
}
