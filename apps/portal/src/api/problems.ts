import type { components } from './schema';

/** The error response of the API: application/problem+json. */
export type Problem = components['schemas']['Problem'];

/** A request that failed. Without a status nobody answered. */
export class ApiError extends Error {
  constructor(
    readonly status: number | null,
    readonly problem: Partial<Problem>,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(problem.detail ?? problem.title ?? 'The server did not answer.');
    this.name = 'ApiError';
  }

  get isSignedOut(): boolean {
    return this.status === 401;
  }

  get isForbidden(): boolean {
    return this.status === 403;
  }

  get isMissing(): boolean {
    return this.status === 404;
  }

  /** Whether the same request may succeed later. */
  get isTemporary(): boolean {
    return this.status === null || this.status === 429 || this.status >= 500;
  }
}

/** Reads the problem of a response; a proxy in between may answer something else. */
export async function readProblem(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const problem = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
  const seconds = Number(response.headers.get('retry-after'));
  return new ApiError(response.status, problem, Number.isFinite(seconds) && seconds > 0 ? seconds : null);
}
