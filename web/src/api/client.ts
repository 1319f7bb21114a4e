// The one door to the server. Reads are plain; writes carry the token against forged requests, and
// an idempotency key that the caller keeps, so that sending again after silence is safe.
import { isEmbedded } from '@/lib/embed';
import { noteServerTime } from '@/lib/server_clock';
import { forget, recall, remember } from '@/lib/storage';
import { ApiProblem } from './problem';
import type { Attachment, ProblemBody } from './types';

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

// Of whoever looks through emergency access; no pack has it.
export const kEmergency = 'noodtoegang';

const kPurposeChanged = 'zicht:purpose';

export function onPurpose(listener: () => void): () => void {
  window.addEventListener(kPurposeChanged, listener);
  return () => { window.removeEventListener(kPurposeChanged, listener); };
}

export function setPurpose(chosen: string): void {
  purpose = chosen;
  window.dispatchEvent(new Event(kPurposeChanged));
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
  if (purpose && !isEmbedded()) headers.set('Zicht-Purpose', purpose);
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

// A purpose of a pack that is not active any more, or emergency access that has ended: go on
// without one.
function isOldPurpose(error: unknown): boolean {
  return error instanceof ApiProblem && ['HT-0030', 'HT-0033'].includes(error.id)
    && purpose !== '';
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: options.method ?? 'GET',
      headers: headersOf(options),
      body: options.body === undefined ? null : JSON.stringify(options.body),
      credentials: isEmbedded() ? 'omit' : 'same-origin',
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(0, {});
  }
  noteServerTime(response.headers.get('Date'));
  if (response.ok) return response;
  const problem = await problemFrom(response);
  if (!isOldPurpose(problem)) throw problem;
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

export interface UploadOptions {
  onProgress: (part: number) => void;       // 0..1
  signal: AbortSignal;
}

// fetch() tells nothing of how far an upload is; the older way does.
function sendFile(file: File, { onProgress, signal }: UploadOptions): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', '/v1/files');
    headersOf({ method: 'POST' }).forEach((value, name) => {
      sending.setRequestHeader(name, value);
    });
    sending.setRequestHeader('Content-Type', 'application/octet-stream');
    // Half a character, which no name should have, cannot be encoded.
    const name = file.name.replace(/[\uD800-\uDFFF]/gu, '\uFFFD');
    sending.setRequestHeader('File-Name', encodeURIComponent(name));
    sending.upload.onprogress = ({ loaded, total }) => { if (total) onProgress(loaded / total); };
    sending.onload = () => {
      const { status, responseText } = sending;
      let body: unknown = {};
      try {
        body = JSON.parse(responseText);
      } catch { /* no words came: the status says enough */ }
      if (status === 201) resolve(body as Attachment);
      else reject(new ApiProblem(status, body as ProblemBody));
    };
    sending.onerror = () => { reject(new ApiProblem(0, {})); };
    sending.onabort = () => { reject(new DOMException('stopped', 'AbortError')); };
    signal.addEventListener('abort', () => { sending.abort(); });
    sending.send(file);
  });
}

export async function uploadFile(file: File, options: UploadOptions): Promise<Attachment> {
  try {
    return await sendFile(file, options);
  } catch (error) {
    if (!isOldPurpose(error)) throw error;
    setPurpose('');
    return sendFile(file, options);
  }
}

// The content of a file of a record.
export async function fetchAttachment(record: string, file: string, query = ''): Promise<Blob> {
  return (await send(`/v1/records/${record}/files/${file}${query}`, {})).blob();
}

// A file at an address of its own.
export async function fetchOpenFile(path: string): Promise<Blob> {
  return (await send(path, {})).blob();
}

export async function fetchFile(path: string, body: unknown): Promise<Blob> {
  return (await send(path, { method: 'POST', body })).blob();
}
