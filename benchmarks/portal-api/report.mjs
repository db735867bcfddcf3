// Writes the page of the portal-api benchmark.
import { formatVerdict } from '../harness/results.mjs';

/** Limits the 95th percentile of every list, count and figure. */
export const BUDGET_MS = 100;

export function formatPortalApi({ plan, seededSeconds, rebuiltSeconds, sizes, differences, requests }) {
  const { clients, calls } = plan;
  const rows = requests.map(({ title, p50, p95, max }) => `| ${title} | ${[p50, p95, max].map(tenths).join(' | ')} |`);
  const worst = Math.max(...requests.map(({ p95 }) => p95));
  return [
    `One agency with ${clients.toLocaleString('en')} clients and ${calls.toLocaleString('en')} calls of a year, written as facts in ${seededSeconds} s; ${plan.requests} requests of each kind, one after another over HTTP.`,
    `The rebuild read them in ${rebuiltSeconds} s (${Math.round(calls / rebuiltSeconds).toLocaleString('en')} calls a second). The table of calls has ${sizes.call} with its indexes, that of days ${sizes.days}.`,
    '',
    '| request | median ms | p95 ms | max ms |',
    '|---|---:|---:|---:|',
    ...rows,
    '',
    `Slowest p95: ${tenths(worst)} ms, budget ${BUDGET_MS} ms: ${formatVerdict(worst < BUDGET_MS)}.`,
    `A second rebuild changes nothing, and the days add up to the calls: ${formatVerdict(differences.length === 0)}.`,
    ...differences.map((difference) => `- ${difference}`),
  ];
}

const tenths = (milliseconds) => milliseconds.toFixed(1);
