// Every published sample of a vendor, where the folder with them exists, is signed, accepted and readable as an event.
import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { symmetric } from 'retell-sdk/lib/webhook_auth';
import Stripe from 'stripe';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';

const folder = fileURLToPath(new URL('../../../../shared/vendors/samples', import.meta.url));
const json = 'application/json';

// Files that are no webhooks (records of the vendors' APIs, schemas) are skipped by their shape.
const vendors = {
  retell: {
    webhook: (name, text) => name.endsWith('.json') && typeof JSON.parse(text).event === 'string',
    headers: async (text, { secret }) => ({
      'content-type': json,
      'x-retell-signature': await symmetric.sign(text, secret, Date.now()),
    }),
  },
  twilio: {
    webhook: (name) => name.endsWith('.form'),
    headers: async (text, { secret, ingressUrl }) => ({
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': getExpectedTwilioSignature(
        secret,
        ingressUrl,
        Object.fromEntries(new URLSearchParams(text)),
      ),
    }),
  },
  stripe: {
    webhook: (name) => /^event\..*\.json$/.test(name),
    headers: async (payload, { secret }) => ({
      'content-type': json,
      'stripe-signature': new Stripe('sk_test_unused').webhooks.generateTestHeaderString({
        payload,
        secret,
        timestamp: Math.floor(Date.now() / 1000),
      }),
    }),
  },
  highlevel: {
    webhook: (name, text) =>
      name.endsWith('.json') && !name.endsWith('.schema.json') && typeof JSON.parse(text).type === 'string',
    headers: async (text, { secret }) => ({
      'content-type': json,
      'x-ghl-signature': sign(null, Buffer.from(text), secret).toString('base64'),
    }),
  },
};

export function samples(platform) {
  for (const [vendor, { webhook, headers }] of Object.entries(vendors)) {
    const place = join(folder, vendor);
    test(
      `${vendor}: all published samples are accepted`,
      { skip: existsSync(place) ? false : `${place} is not there` },
      async () => {
        const files = readdirSync(place)
          .map((name) => [name, readFileSync(join(place, name), 'utf8')])
          .filter(([name, text]) => webhook(name, text));
        assert.ok(files.length > 0);
        for (const [name, text] of files) {
          const connection = platform().connection(vendor);
          const answer = await platform().post(connection.ingressUrl, text, await headers(text, connection));
          assert.ok([200, 202].includes(answer.status), `${name}: ${answer.status} ${answer.text}`);
          const event = await platform().findEvent(answer);
          assert.ok(event.type && event.subject, name);
        }
      },
    );
  }
}
