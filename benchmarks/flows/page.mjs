// What is written for people.

/** The baseline of November 2026, measured on two quiet cores of this kind: n8n 2.41.1, one process, its own PostgreSQL not counted. */
const RECORDED = { name: 'n8n 2.41.1 as recorded in November 2026', perSecond: 18.4, p50: 424, p95: 580, cpu: 97 };

const range = ({ median, least, most }, digits = 0) => `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;

export function page({ summary, plan, accounted, n8n = RECORDED }) {
  const others = Math.max(...summary.map((one) => one.others.median));
  return [
    'A signed webhook of an ended call (4 KB) → stored → a durable run: `crm.upsertContact` (a search and an upsert) and `messaging.sendSms` at the sandbox over HTTP, through the effect ledger → completed. '
      + 'Closed loop: so many runs are under way at any time. From the moment a webhook is due to the moment its run has ended.',
    '', `Medians of ${plan.rounds} round${plan.rounds === 1 ? '' : 's'} of ${plan.seconds} s, least and most in brackets. All roles in one process, environment dev.`,
    ...(others > 0.05 ? ['', `**Not a quiet machine**: other programs took ${(others * 100).toFixed(0)} % of the processors (load average ${summary.map((one) => one.loadAverage.median.toFixed(1)).join(' and ')}). Measure again.`] : []),
    '', `| runs in flight | ${summary.map((one) => one.inFlight).join(' | ')} |`, `|---|${summary.map(() => '---:').join('|')}|`,
    ...[['runs a second', 'perSecond', 0], ['p50 ms', 'p50', 0], ['p95 ms', 'p95', 0], ['p99 ms', 'p99', 0], ['CPU ms a run, JVM', 'jvm', 2], ['CPU ms a run, PostgreSQL', 'postgres', 2], ['CPU ms a run, both', 'both', 2],
      ['transactions a run', 'transactions', 1], ['bytes of write-ahead log a run', 'wal', 0], ['bytes of database a run', 'bytes', 0],
      ['p50 ms until it was stored', 'accepting', 0], ['p50 ms from there to the start of its run', 'starting', 0], ['p50 ms of its run', 'running', 0], ['share of the processors that others took', 'others', 2]]
      .map(([name, key, digits]) => `| ${name} | ${summary.map((one) => range(one[key], digits)).join(' | ')} |`),
    '', `Beside ${n8n.name}: ${n8n.perSecond.toFixed(1)} runs/s, p50 ${n8n.p50.toFixed(0)} ms, p95 ${n8n.p95.toFixed(0)} ms, ${n8n.cpu.toFixed(0)} ms CPU a run of its process${n8n.postgres === undefined ? '' : `, ${n8n.postgres.toFixed(1)} ms of its PostgreSQL`}. `
      + `Ours at ${summary[0].inFlight} in flight: ${(n8n.cpu / summary[0].jvm.median).toFixed(0)} times less for the process`
      + `${n8n.postgres === undefined ? `, ${(n8n.cpu / summary[0].both.median).toFixed(0)} times less even with our PostgreSQL counted and its not` : `, ${((n8n.cpu + n8n.postgres) / summary[0].both.median).toFixed(0)} times less with both PostgreSQLs`}.`,
    '', `${accounted.ids} webhooks: ${accounted.accepted} accepted, ${accounted.runs} runs completed, ${accounted.contacts} contacts and ${accounted.texts} texts in the sandbox's books, one each.`,
  ];
}
