// Makes the calls that the journeys look at: one booked, and one for each fault that parks a run.
import { chooseSlot } from '../../../tools/slot.mjs';

const CALLERS = [
  ['Alan', 'Turing'],
  ['Edsger', 'Dijkstra'],
  ['Grace', 'Hopper'],
  ['Katherine', 'Johnson'],
  ['Ada', 'Lovelace'],
];

const SLOT = /"slot":"([^"]+)"/;

export class Seeder {
  #dev;
  #next;

  /** @param dev the content of dev.json */
  constructor(dev) {
    this.#dev = dev;
    this.#next = Math.floor(Date.now() / 1000) % 9000;
  }

  async post(path, body) {
    const response = await fetch(`${this.#dev.sandbox}/_sandbox${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  async read(path) {
    const response = await fetch(`${this.#dev.platform}/api/v1${path}`, {
      headers: { authorization: `Bearer ${this.#dev.token}` },
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  /** Places a call whose caller asks for a time of their own within the opening hours. Returns its id. */
  async call(changes = {}) {
    const number = this.#next++;
    const [firstName, lastName] = CALLERS[number % CALLERS.length];
    const { agentId, zone } = this.#dev.clients[0];
    const slot = chooseSlot({ now: new Date(), zone, taken: await this.#requestedSlots(), first: number });
    const { callId } = await this.post('/calls', {
      from: `+1312555${String(1000 + (number % 9000)).padStart(4, '0')}`,
      firstName,
      lastName,
      email: `${firstName}.${lastName}@example.com`.toLowerCase(),
      wantsAppointment: true,
      slot,
      durationSeconds: 49 + (number % 90),
      agentId,
      ...changes,
    });
    return callId;
  }

  /** Arms a fault for the requests of the next call. */
  fault(provider, operation, fault, times = 40) {
    return this.post('/faults', { provider, operation, fault, times });
  }

  async calm() {
    await fetch(`${this.#dev.sandbox}/_sandbox/faults`, { method: 'DELETE' });
  }

  /** Waits until the newest run of the call has one of the states; returns the run. */
  async runOf(callId, states, seconds = 90) {
    const until = Date.now() + seconds * 1000;
    while (Date.now() < until) {
      const events = await this.read('/events?type=voice.call.analyzed&limit=100');
      const event = events.items.find((item) => item.subject === callId);
      if (event) {
        const runs = await this.read(`/runs?correlationId=${encodeURIComponent(event.correlationid)}`);
        const run = runs.items.find((item) => states.includes(item.status));
        if (run) return run;
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    throw new Error(`No run of ${callId} became ${states.join(' or ')} within ${seconds} s`);
  }

  /** Everything the journeys need, unless an earlier one has made it. */
  async all() {
    await this.calm();
    await this.#testConnections();
    const booked = await this.call();
    const bookedRun = await this.runOf(booked, ['completed']);
    const taken = await this.call({ slot: await this.#slotOf(booked) });
    const takenRun = await this.runOf(taken, ['parked']);
    const invalid = await this.call({ slot: 'whenever it suits' });
    const invalidRun = await this.runOf(invalid, ['parked']);
    await this.fault('google', 'events.insert', '401');
    const rejected = await this.call();
    const rejectedRun = await this.runOf(rejected, ['parked']);
    await this.calm();
    await this.#testConnections();
    const silent = await this.call({ wantsAppointment: false });
    const usage = await this.month();
    return { usage, booked, bookedRun, taken, takenRun, invalid, invalidRun, rejected, rejectedRun, silent };
  }

  /** A month of calls whose costs are settled, collected as usage. */
  async month() {
    const month = { seed: 11, month: '2026-10' };
    await this.post('/retell/months', { ...month, calls: 300, clients: 4 });
    await this.post('/retell/months/settle', { ...month, day: 20 });
    const response = await fetch(`${this.#dev.platform}/api/v1/usage/collect/retell?since=2026-10-01T00:00:00Z`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#dev.token}` },
    });
    if (!response.ok) throw new Error(`usage was not collected: ${response.status} ${await response.text()}`);
    const calls = await this.read('/usage/calls?day=2026-10-07&limit=1');
    return calls.items[0].callId;
  }

  /** An earlier fault may have left an account unhealthy; a test of the connection mends that. */
  async #testConnections() {
    const { items } = await this.read('/connections');
    for (const connection of items.filter(({ state }) => state.toLowerCase() === 'unhealthy')) {
      await fetch(`${this.#dev.platform}/api/v1/connections/${connection.id}/test`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.#dev.token}` },
      });
    }
  }

  async #state() {
    return (await fetch(`${this.#dev.sandbox}/_sandbox/state`)).json();
  }

  /** The times that any call has asked for: of this seeder, and of those of other journeys. */
  async #requestedSlots() {
    const state = await this.#state();
    const slots = Object.values(state.retell.calls).map((call) => JSON.stringify(call).match(SLOT)?.[1] ?? '');
    return slots.filter((slot) => !Number.isNaN(Date.parse(slot)));
  }

  /** How many appointments the calendar holds at the time that the call asked for. */
  async bookingsOf(callId) {
    const slot = Date.parse(await this.#slotOf(callId));
    const events = Object.values((await this.#state()).google.events);
    return events.filter((event) => event.status !== 'cancelled' && Date.parse(event.start?.dateTime) === slot).length;
  }

  async #slotOf(callId) {
    const state = await this.#state();
    const call = Object.values(state.retell.calls).find((one) => (one.call_id ?? one.callId) === callId);
    return JSON.stringify(call).match(SLOT)[1];
  }
}
