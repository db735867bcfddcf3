// The page of the keys benchmark.
import { formatCounts } from '../harness/results.mjs';

export function formatKeys({ plan, keks, tenantKeys, webhooks, requests, failed, stuck, accounted, examples }) {
  const kinds = Object.entries(requests).map(([name, counts]) => `| ${name} | ${formatCounts(counts, ': ')} |`);
  const allExamples = [...examples.slice(0, 10), ...accounted.examples];
  return [
    `Two platforms on one database, ${plan.seconds} s: webhooks at ${plan.perSecond}/s, each a call that books (contact, appointment, text), beside requests that open and seal stored secrets.`,
    `Meanwhile the key-encryption key was changed ${keks} times by the runbook (add, promote, drop, in each platform's file), the agency's data key ${tenantKeys} times.`,
    ...['', '| | |', '|---|---:|'],
    `| webhooks answered | ${formatCounts(webhooks, ': ')} |`,
    ...kinds,
    `| **failed requests** | ${failed} |`,
    `| calls booked | ${accounted.completed} of ${accounted.sent} |`,
    `| parked, lost, doubled, stuck | ${accounted.parked}, ${accounted.lost}, ${accounted.doubled}, ${stuck} |`,
    ...(allExamples.length ? ['', '```', ...allExamples, '```'] : []),
  ];
}
