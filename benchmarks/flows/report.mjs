// The page of the flows benchmark.
import { formatNoise } from '../harness/results.mjs';

/** The baseline of November 2026 on two quiet cores of this kind: one process of n8n, its PostgreSQL not counted. */
const RECORDED_N8N = { name: 'n8n 2.41.1 as recorded in November 2026', perSecond: 18.4, p50: 424, p95: 580, cpu: 97 };

const ROWS = [
  ['runs a second', 'perSecond', 0],
  ['p50 ms', 'p50', 0],
  ['p95 ms', 'p95', 0],
  ['p99 ms', 'p99', 0],
  ['CPU ms a run, JVM', 'jvm', 2],
  ['CPU ms a run, PostgreSQL', 'postgres', 2],
  ['CPU ms a run, both', 'both', 2],
  ['transactions a run', 'transactions', 1],
  ['bytes of write-ahead log a run', 'wal', 0],
  ['bytes of database a run', 'bytes', 0],
  ['p50 ms until the event is stored', 'accepting', 0],
  ['p50 ms from there to the start of its run', 'starting', 0],
  ['p50 ms of its run', 'running', 0],
  ['share of the processors that others took', 'others', 2],
];

export function formatFlows({ summary, plan, accounted, n8n = RECORDED_N8N }) {
  const table = ROWS.map(([title, member, digits]) => {
    const cells = summary.map((one) => formatRange(one[member], digits));
    return `| ${title} | ${cells.join(' | ')} |`;
  });
  return [
    'A signed webhook of an ended call (4 KB) → stored → a durable run: `crm.upsertContact` (a search and an upsert) and `messaging.sendSms` at the sandbox over HTTP, through the effect ledger → completed. ' +
      'Closed loop: a fixed number of runs is in flight. Latency from the moment a webhook is due to the end of its run.',
    '',
    `Medians of ${plan.rounds} round${plan.rounds === 1 ? '' : 's'} of ${plan.seconds} s, minimum and maximum in brackets. All roles in one process, environment dev.`,
    ...formatNoise(Math.max(...summary.map((one) => one.others.median))),
    '',
    `| runs in flight | ${summary.map((one) => one.inFlight).join(' | ')} |`,
    `|---|${summary.map(() => '---:').join('|')}|`,
    ...table,
    ...['', formatComparison(n8n, summary[0]), ''],
    `${accounted.ids} webhooks: ${accounted.accepted} accepted, ${accounted.runs} runs completed, ${accounted.contacts} contacts and ${accounted.texts} texts in the sandbox, one each.`,
  ];
}

function formatRange({ median, least, most }, digits) {
  return `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}

function formatComparison(n8n, { inFlight, jvm, both }) {
  const measured = n8n.postgres !== undefined;
  const database = measured ? `, ${n8n.postgres.toFixed(1)} ms of its PostgreSQL` : '';
  const theirs = `Beside ${n8n.name}: ${n8n.perSecond.toFixed(1)} runs/s, p50 ${n8n.p50.toFixed(0)} ms, p95 ${n8n.p95.toFixed(0)} ms, ${n8n.cpu.toFixed(0)} ms CPU a run of its process${database}.`;
  const times = (cost, own) => (cost / own.median).toFixed(0);
  const withDatabases = measured
    ? `${times(n8n.cpu + n8n.postgres, both)} times less with both PostgreSQLs`
    : `${times(n8n.cpu, both)} times less even with our PostgreSQL counted and its not`;
  return `${theirs} Ours at ${inFlight} in flight: ${times(n8n.cpu, jvm)} times less for the process, ${withDatabases}.`;
}
