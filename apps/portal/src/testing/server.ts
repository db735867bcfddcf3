import { vi } from 'vitest';

/** A server for tests: answers by method and path, and remembers what it was asked. */
type Answer = { status?: number; body?: unknown; headers?: Record<string, string> } | Error;
type Handler = (request: Request) => Answer | Promise<Answer>;

const handlers = new Map<string, Handler>();

export const requests: Request[] = [];

export const server = {
  reset() {
    handlers.clear();
    requests.length = 0;
    vi.stubGlobal('fetch', async (request: Request) => {
      requests.push(request.clone());
      const { pathname } = new URL(request.url);
      const handler = handlers.get(`${request.method} ${pathname}`);
      if (!handler) throw new Error(`Nobody answers ${request.method} ${pathname}`);
      const answer = await handler(request);
      if (answer instanceof Error) throw answer;
      const { status = 200, body, headers = {} } = answer;
      const empty = status === 204 || status === 304;
      return new Response(empty ? null : JSON.stringify(body ?? null), {
        status,
        headers: { 'content-type': 'application/json', ...headers },
      });
    });
  },
  on(route: string, answer: Answer | Handler) {
    handlers.set(route, typeof answer === 'function' ? answer : () => answer);
  },
};
