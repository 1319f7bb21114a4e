// The one door to the server. Reads are plain; writes carry the token against forged requests, and
// an idempotency key that the caller keeps, so that sending again after silence is safe.
import { forget, recall, remember } from '@/lib/storage';
import { ApiProblem } from './problem';
import type { ProblemBody } from './types';

let csrfToken = '';
let language = 'nl';

export function setCsrfToken(token: string | undefined): void {
  csrfToken = token ?? '';
}

export function setApiLanguage(lang: string): void {
  language = lang;
}

// What persons' data are used for, asked once per session where a rule needs it.
const kPurpose = 'purpose';
let purpose = recall<string>(kPurpose, '', 'session');

export function currentPurpose(): string {
  return purpose;
}

export function setPurpose(chosen: string): void {
  purpose = chosen;
  if (chosen) remember(kPurpose, chosen, 'session');
  else forget(kPurpose, 'session');
}

export interface RequestOptions {
  method?: string;
  body?: unknown;
  ifMatch?: number;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

function headersOf(options: RequestOptions): Headers {
  const headers = new Headers({ 'Accept-Language': language, Accept: 'application/json' });
  if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  if (purpose) headers.set('Zicht-Purpose', purpose);
  if (options.ifMatch !== undefined) headers.set('If-Match', `"${options.ifMatch}"`);
  if (options.idempotencyKey) headers.set('Idempotency-Key', options.idempotencyKey);
  if (options.method && options.method !== 'GET' && csrfToken) {
    headers.set('X-Csrf-Token', csrfToken);
  }
  return headers;
}

async function problemFrom(response: Response): Promise<ApiProblem> {
  const retryAfterS = Number(response.headers.get('Retry-After') ?? 0);
  try {
    return new ApiProblem(response.status, (await response.json()) as ProblemBody, retryAfterS);
  } catch {
    return new ApiProblem(response.status, {}, retryAfterS);
  }
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: options.method ?? 'GET',
      headers: headersOf(options),
      body: options.body === undefined ? null : JSON.stringify(options.body),
      credentials: 'same-origin',
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(0, {});
  }
  if (response.ok) return response;
  const problem = await problemFrom(response);
  // A purpose of a pack that is not active any more: go on without one.
  if (problem.id !== 'HT-0030' || !purpose) throw problem;
  setPurpose('');
  return send(path, options);
}

export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

// A POST: writes need a key (see above), searches do not.
export function post<T>(path: string, body: unknown, options: RequestOptions = {}): Promise<T> {
  return request<T>(path, { ...options, method: 'POST', body });
}

export async function fetchFile(path: string, body: unknown): Promise<Blob> {
  return (await send(path, { method: 'POST', body })).blob();
}
