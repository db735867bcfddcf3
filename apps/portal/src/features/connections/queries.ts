import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/api/client';
import type { components } from '@/api/schema';

export type Connection = components['schemas']['connections.ConnectionView'];

const MAX_CONNECTIONS = 100;

/** Loads the accounts at providers, with what is wrong with them. */
export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: () => unwrap(api().GET('/api/v1/connections', { params: { query: { limit: MAX_CONNECTIONS } } })),
});

/** Begins the consent on the provider's own page, and returns its address. */
export const beginConsent = async (connectionId: string): Promise<string> => {
  const body = { connectionId, provider: null, name: null, settings: null };
  return (await unwrap(api().POST('/api/v1/connections/oauth', { body }))).startUrl;
};

/** Replaces the keys of an account, which is then tested. */
export const enterSecrets = (id: string, secrets: Record<string, string>) =>
  unwrap(api().PUT('/api/v1/connections/{id}/secrets', { params: { path: { id } }, body: secrets }));

/** Whether a person has to connect the account again. */
export const isBroken = ({ state }: Connection): boolean => state === 'UNHEALTHY' || state === 'NEEDS_SECRET';

/** The providers whose account's owner gives access on the provider's own page. */
const CONSENT: readonly string[] = ['google', 'highlevel'];
export const asksConsent = ({ provider }: Connection): boolean => CONSENT.includes(provider);

/** The keys of the other providers' accounts, where none was entered yet. */
const KEYS: Record<string, string[]> = {
  openrouter: ['api_key'],
  retell: ['api_key'],
  n8n: ['api_key'],
  stripe: ['api_key', 'webhook_secret'],
  twilio: ['auth_token'],
};

export const keysOf = ({ secrets, provider }: Connection): string[] =>
  secrets.length > 0 ? secrets.map(({ name }) => name) : (KEYS[provider] ?? []);
