import { readFileSync } from 'node:fs';

/** The calls that the set-up made, by what became of them. */
export interface Calls {
  booked: string;
  taken: string;
  takenRun: { id: string };
  invalid: string;
  rejected: string;
  rejectedRun: { id: string; caller: { phone: string } };
  silent: string;
  /** A call of the collected month. */
  usage: string;
}

export const readCalls = (): Calls => JSON.parse(readFileSync('test-results/calls.json', 'utf8')) as Calls;
