// What happens when, drawn from a seed: the same seed draws the same schedule.
import { chance } from '../ingest/crash.mjs';

/** Each is struck about as often as it stands here; the platform most. */
const BLOWS = ['kill', 'kill', 'freeze', 'terminate', 'backend', 'postgres', 'sandbox'];

const REQUESTS = {
  highlevel: ['contacts.search', 'contacts.upsert'],
  google: ['freebusy.query', 'events.insert', 'events.get'],
  twilio: ['messages.create', 'messages.list'],
};
const REQUEST_FAULTS = ['lost_response', 'lost_response', 'slow', '500', '429'];
const WEBHOOK_FAULTS = ['slow', 'lost_response', 'duplicate', 'reorder'];

/**
 * @param rounds how many blows
 * @param lease of a node, in seconds: who is frozen or dead for longer has lost its runs to others
 * @return for each round: what is struck, of which platform, for how long, whether two platforms run, when in the round
 *     (a share of its webhooks), and which faults the providers are given
 */
export function schedule({ seed, rounds, lease, blows = BLOWS }) {
  const random = chance(seed);
  const one = (list) => list[Math.floor(random() * list.length)];
  const block = Math.max(1, Math.round(rounds / 6));
  let bag = [];
  return Array.from({ length: rounds }, (_, index) => {
    if (bag.length === 0) bag = shuffled(blows, random);
    const two = Math.floor(index / block) % 2 === 1;
    const blow = bag.pop();
    const seconds = {
      kill: two && random() < 0.5 ? lease + 1 + random() * 2 : random() * 2,
      freeze: lease + 1 + random() * 2, sandbox: 1 + random() * 4, terminate: 0, backend: 0, postgres: 0,
    }[blow];
    return { number: index + 1, two, blow, target: two && random() < 0.5 ? 'second' : 'first', seconds: Math.round(seconds * 10) / 10, at: 0.2 + random() * 0.5, faults: faults(random, one) };
  });
}

function faults(random, one) {
  return Array.from({ length: 3 + Math.floor(random() * 4) }, () => {
    const provider = one(Object.keys(REQUESTS));
    const webhook = provider !== 'google' && random() < 0.25;
    const fault = one(webhook ? WEBHOOK_FAULTS : REQUEST_FAULTS);
    return { provider, operation: webhook ? 'webhook' : one(REQUESTS[provider]), fault, times: 1 + Math.floor(random() * 5), delayMs: fault === 'slow' ? 500 + Math.floor(random() * 1500) : 0 };
  });
}

function shuffled(list, random) {
  const left = [...list];
  return list.map(() => left.splice(Math.floor(random() * left.length), 1)[0]);
}
