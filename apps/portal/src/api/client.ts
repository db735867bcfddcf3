import createClient from 'openapi-fetch';
import { ApiError, readProblem } from './problems';
import type { paths } from './schema';

const CSRF_COOKIE = /(?:^|; )(?:__Host-patchbay-csrf|patchbay_csrf)=([^;]*)/;
const SAFE_METHODS = ['GET', 'HEAD'];

/** The token that only a page of this origin can read; every change sends it. */
function csrfToken(): string {
  return CSRF_COOKIE.exec(document.cookie)?.[1] ?? '';
}

/** Answers kept with their ETag, so that an unchanged one costs neither body nor rendering. */
const kept = new Map<string, { etag: string; body: string }>();
const MAX_KEPT = 100;

async function send(request: Request): Promise<Response> {
  if (!SAFE_METHODS.includes(request.method)) request.headers.set('X-CSRF-Token', csrfToken());
  const before = request.method === 'GET' ? kept.get(request.url) : undefined;
  if (before) request.headers.set('If-None-Match', before.etag);
  const response = await fetch(request).catch(() => {
    throw new ApiError(null, {});
  });
  if (response.status === 304 && before) {
    return new Response(before.body, { status: 200, headers: { 'content-type': 'application/json' } });
  }
  const etag = response.headers.get('etag');
  if (!response.ok || request.method !== 'GET' || !etag) return response;
  const body = await response.text();
  kept.delete(request.url);
  kept.set(request.url, { etag, body });
  const oldest = kept.keys().next();
  if (kept.size > MAX_KEPT && !oldest.done) kept.delete(oldest.value);
  return new Response(body, { status: response.status, headers: response.headers });
}

let made: ReturnType<typeof createClient<paths>> | undefined;

/** The only way to the server. Paths, parameters and answers are those of contracts/openapi/patchbay.json. */
export function api() {
  made ??= createClient<paths>({ baseUrl: window.location.origin, fetch: send });
  return made;
}

/** The data of an answer, or its problem as an {@link ApiError}. */
export async function unwrap<T>(answer: Promise<{ data?: T; response: Response; error?: unknown }>): Promise<T> {
  const { data, response, error } = await answer;
  if (response.ok) return data as T;
  throw await readProblem(new Response(JSON.stringify(error ?? null), response));
}

/** Ends this browser's session; the one address outside of the API that the portal posts to. */
export async function endSession(): Promise<void> {
  const response = await send(new Request(`${window.location.origin}/sign-out`, { method: 'POST' }));
  if (!response.ok) throw await readProblem(response);
}
