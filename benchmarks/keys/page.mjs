// What is written for people.
const list = (counts) => Object.entries(counts).map(([name, count]) => `${name}: ${count}`).join(', ');

export function page({ plan, keks, tenantKeys, webhooks, requests, failed, stuck, accounted: one, examples }) {
  return [
    `Two platforms on one database, ${plan.seconds} s: webhooks at ${plan.perSecond}/s, each a call that books (contact, appointment, text), beside requests that open and seal what rests.`,
    `Meanwhile the key-encryption key was changed ${keks} times by the runbook (add, promote, drop, in each platform's file), the agency's data key ${tenantKeys} times.`,
    '', '| | |', '|---|---:|',
    `| webhooks answered | ${list(webhooks)} |`,
    ...Object.entries(requests).map(([name, counts]) => `| ${name} | ${list(counts)} |`),
    `| **failed requests** | ${failed} |`,
    `| calls booked | ${one.completed} of ${one.sent} |`,
    `| parked, lost, doubled, stuck | ${one.parked}, ${one.lost}, ${one.doubled}, ${stuck} |`,
    ...(examples.length || one.examples.length ? ['', '```', ...examples.slice(0, 10), ...one.examples, '```'] : []),
  ];
}
