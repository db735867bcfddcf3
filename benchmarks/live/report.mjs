// The page of the live benchmark.
import { formatCounts, formatVerdict } from '../harness/results.mjs';

/** How long a caller may hear it ring until the call is answered. */
const MAX_P99_MS = 300;

export function formatLive({ phases, plan }) {
  const rows = Object.entries(phases).map(([name, { perSecond, p50, p99, max, sources }]) => {
    const figures = [perSecond, p50.toFixed(0), p99.toFixed(0), max.toFixed(0), formatCounts(sources)];
    return `| ${name} | ${figures.join(' | ')} | p99 under ${MAX_P99_MS} ms: ${formatVerdict(p99 < MAX_P99_MS)} |`;
  });
  return [
    `The inbound-call webhook of one client, sent by the clock for ${plan.seconds} s in each phase; latency from the intended time. All roles.`,
    '',
    '| the CRM | asked a second | p50 ms | p99 ms | max ms | answered from | |',
    '|---|---:|---:|---:|---:|---|---|',
    ...rows,
  ];
}
