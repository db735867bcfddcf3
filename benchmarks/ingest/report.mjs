// The pages of the ingest benchmark.
import { formatCounts, formatNoise, formatVerdict } from '../harness/results.mjs';

/** Budgets of the whole product on two cores, by connections. */
const BUDGETS = { 64: { ratio: 0.75, p99: 50 }, 32: { ratio: 0.6, p99: 50 } };
const MAX_P99_BY_THE_CLOCK = 50;

const round = (number, digits = 0) => number.toFixed(digits);

export function formatThroughput({ summary, openLoop, allRoles, rounds, pgbenchVersion, accounted, plan }) {
  const others = Math.max(openLoop.others, ...summary.map((one) => one.others));
  const ratios = rounds.map((one) => `${one.connections}: ${round(one.platform.perSecond / one.pgbench.perSecond, 2)}`);
  return [
    `Medians of ${plan.rounds} round${plan.rounds === 1 ? '' : 's'} of ${plan.seconds} s, ${pgbenchVersion} and platform in turn. Roles \`ingress,api\`, environment dev.`,
    ...formatNoise(others),
    ...['', ...formatPeaks(summary), ''],
    `By the clock, ${openLoop.perSecond}/s (${round(openLoop.ofPeak * 100)} % of the peak), latency from the intended time: p50 ${round(openLoop.p50, 1)} ms, p99 ${round(openLoop.p99, 1)} ms, p99.9 ${round(openLoop.p999, 1)} ms.`,
    `All roles, ${allRoles.connections} connections, \`call_ended\` (dispatched, no flow listens): ${round(allRoles.perSecond)}/s, p99 ${round(allRoles.p99, 1)} ms.`,
    ...['', ...formatBudgets(summary, openLoop), ''],
    `${accounted.ids} ids: ${accounted.accepted} accepted, ${accounted.duplicates} duplicates, ${accounted.unclear} without a clear answer, ${accounted.stored} stored. Ratios by round: ${ratios.join(', ')}.`,
  ];
}

function formatPeaks(summary) {
  const columns = [
    ['connections', 'connections', 0],
    ['platform/s', 'platformPerSecond', 0],
    ['pgbench/s', 'pgbenchPerSecond', 0],
    ['ratio', 'ratio', 2],
    ['p50 ms', 'p50', 1],
    ['p99 ms', 'p99', 1],
    ['p99.9 ms', 'p999', 1],
    ['JVM µs/request', 'platformMicros', 0],
    ['PostgreSQL µs/request', 'postgresMicros', 0],
    ['pgbench: PostgreSQL µs', 'pgbenchPostgresMicros', 0],
    ['batch', 'batch', 1],
  ];
  return [
    `| ${columns.map(([title]) => title).join(' | ')} |`,
    `|${columns.map(() => '---:').join('|')}|`,
    ...summary.map((one) => `| ${columns.map(([, member, digits]) => round(one[member], digits)).join(' | ')} |`),
  ];
}

function formatBudgets(summary, openLoop) {
  const rows = summary.flatMap(({ connections, ratio, p99 }) => {
    const budget = BUDGETS[connections];
    if (!budget) return [];
    return [
      `| ${budget.ratio} of pgbench at ${connections} connections | ${round(ratio, 2)} | ${formatVerdict(ratio >= budget.ratio)} |`,
      `| p99 under ${budget.p99} ms at ${connections} connections | ${round(p99, 1)} ms | ${formatVerdict(p99 < budget.p99)} |`,
    ];
  });
  const met = openLoop.p99 < MAX_P99_BY_THE_CLOCK;
  return [
    '| budget | measured | |',
    '|---|---:|---|',
    ...rows,
    `| p99 under ${MAX_P99_BY_THE_CLOCK} ms by the clock | ${round(openLoop.p99, 1)} ms | ${formatVerdict(met)} |`,
  ];
}

export function formatCrashes({ kills, seed, connections, restartSeconds, accounted }) {
  const restarts = restartSeconds.map((one) => `${round(one, 1)} s`).join(', ');
  return [
    `${kills} times kill -9 under a closed loop of ${connections} connections (seed ${seed}); ready again after ${restarts}.`,
    '',
    `${accounted.ids} ids: ${accounted.accepted} accepted (202) and ${accounted.duplicates} duplicates (200), all stored once; ${accounted.unclear} requests without a clear answer, of which ${accounted.unclearStored} ids are stored, once each; ${accounted.stored} stored.`,
  ];
}

export function formatAbuse({ phases, rejections, plan }) {
  const rows = Object.entries(phases).map(
    ([name, { genuine, jvmCores, peakMemoryMiB }]) =>
      `| ${name} | ${genuine.accepted} of ${genuine.sent} | ${round(genuine.p50, 1)} | ${round(genuine.p99, 1)} | ${round(genuine.max, 1)} | ${round(jvmCores, 2)} | ${peakMemoryMiB} |`,
  );
  const attacked = Object.entries(phases).filter(([, { strangers }]) => Object.keys(strangers).length > 0);
  const answers = attacked.flatMap(([name, { strangers }]) => [
    `- ${name}`,
    ...Object.entries(strangers).map(([kind, counts]) => `  - ${kind}: ${formatCounts(counts)}`),
  ]);
  return [
    `Genuine webhooks come at ${plan.genuinePerSecond}/s throughout; each phase takes ${plan.seconds} s.`,
    '',
    '| phase | genuine accepted | p50 ms | p99 ms | max ms | JVM cores | peak memory MiB |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...rows,
    ...['', 'The hostile clients were answered:', '', ...answers],
    ...['', 'The platform counted:', '', '```', ...rejections, '```'],
  ];
}
