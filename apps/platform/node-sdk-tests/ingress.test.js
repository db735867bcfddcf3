// The platform accepts webhooks signed by the vendors' own SDKs, and refuses everything else.
import { after, before } from 'node:test';
import { highlevel } from './highlevel.js';
import { Platform } from './platform.js';
import { retell } from './retell.js';
import { samples } from './samples.js';
import { stripe } from './stripe.js';
import { twilio } from './twilio.js';

let platform;

before(async () => {
  platform = await Platform.start();
});

after(() => platform.stop());

for (const vendor of [retell, twilio, stripe, highlevel, samples]) vendor(() => platform);
