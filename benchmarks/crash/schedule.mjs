// Draws a schedule of faults from a seed; the same seed draws the same schedule.
import { seededRandom } from '../harness/statistics.mjs';

/** A fault is drawn about as often as it is listed; killing the platform is the most frequent. */
const FAULTS = ['kill', 'kill', 'freeze', 'terminate', 'backend', 'postgres', 'sandbox'];

const REQUESTS = {
  highlevel: ['contacts.search', 'contacts.create'],
  google: ['events.list', 'events.insert', 'events.get'],
  twilio: ['messages.create', 'messages.list'],
};
const REQUEST_FAULTS = ['lost_response', 'lost_response', 'slow', '500', '429'];
const WEBHOOK_FAULTS = ['slow', 'lost_response', 'duplicate', 'reorder'];

/**
 * @param leaseSeconds lease of a node: a platform that is frozen or dead for longer has lost its runs to the others
 * @returns for each round: `fault`, the `target` platform, for how many `seconds`, how many `platforms` run, when in the
 *     round (`at`, a share of its webhooks), and the `providerFaults`
 */
export function drawSchedule({ seed, rounds, leaseSeconds, faults = FAULTS }) {
  const random = seededRandom(seed);
  const block = Math.max(1, Math.round(rounds / 6));
  let bag = [];
  return Array.from({ length: rounds }, (_, index) => {
    if (bag.length === 0) bag = shuffle(faults, random);
    const two = Math.floor(index / block) % 2 === 1;
    const fault = bag.pop();
    const seconds = drawSeconds({ random, two, leaseSeconds })[fault];
    return {
      number: index + 1,
      platforms: two ? 2 : 1,
      fault,
      target: two && random() < 0.5 ? 'second' : 'first',
      seconds: Math.round(seconds * 10) / 10,
      at: 0.2 + random() * 0.5,
      providerFaults: drawProviderFaults(random),
    };
  });
}

/** How long each fault lasts. All are drawn, so that a schedule does not depend on which of them is used. */
function drawSeconds({ random, two, leaseSeconds }) {
  const outlastLease = () => leaseSeconds + 1 + random() * 2;
  return {
    kill: two && random() < 0.5 ? outlastLease() : random() * 2,
    freeze: outlastLease(),
    sandbox: 1 + random() * 4,
    terminate: 0,
    backend: 0,
    postgres: 0,
  };
}

function drawProviderFaults(random) {
  const draw = (list) => list[Math.floor(random() * list.length)];
  return Array.from({ length: 3 + Math.floor(random() * 4) }, () => {
    const provider = draw(Object.keys(REQUESTS));
    const webhook = provider !== 'google' && random() < 0.25;
    const fault = draw(webhook ? WEBHOOK_FAULTS : REQUEST_FAULTS);
    return {
      provider,
      operation: webhook ? 'webhook' : draw(REQUESTS[provider]),
      fault,
      times: 1 + Math.floor(random() * 5),
      delayMs: fault === 'slow' ? 500 + Math.floor(random() * 1500) : 0,
    };
  });
}

function shuffle(list, random) {
  const rest = [...list];
  return list.map(() => rest.splice(Math.floor(random() * rest.length), 1)[0]);
}
