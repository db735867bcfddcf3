// Results as JSON for machines and a page for people, with what they were measured on.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../../tools/settings.mjs';

export function machine(stage) {
  const git = (...words) => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim();
  return {
    commit: git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') ? '+changes' : ''),
    at: new Date().toISOString(),
    machine: {
      cores: os.availableParallelism(), cpu: os.cpus()[0].model, memoryGiB: Math.round(os.totalmem() / 2 ** 30), kernel: os.release(),
      jdk: execFileSync(stage.settings.java, ['--version'], { encoding: 'utf8' }).split('\n')[1],
      postgres: stage.sql('SHOW server_version;').map(([version]) => `PostgreSQL ${version}`)[0], fsync: stage.sql('SHOW fsync;')[0][0],
      javaOptions: stage.settings.javaOptions.join(' '), node: process.version,
    },
  };
}

/** Budgets of the whole product on two cores (0.75 and 0.60 first, 0.90 and 0.75 then). */
const BUDGETS = { 64: { ratio: 0.75, p99: 50 }, 32: { ratio: 0.6, p99: 50 } };
const verdict = (met) => (met ? 'met' : '**missed**');
const round = (number, digits = 0) => number.toFixed(digits);

/** @param page the lines for people */
export function write(name, result, page = { ingest: throughput, 'ingest-crash': crashes, 'ingest-abuse': abuses, live }[name]) {
  const folder = path.join(ROOT, 'benchmarks/results');
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${result.at.slice(0, 10)}-${name}-${result.commit}`);
  const text = [`# ${name}, ${result.at.slice(0, 16).replace('T', ' ')} UTC, commit ${result.commit}`, '', ...describe(result.machine), '', ...page(result), '',
    ...(result.accounted ? [`unaccounted: ${result.accounted.unaccounted}`, ''] : [])].join('\n');
  // Where the answers lay is of this machine, and gone.
  fs.writeFileSync(`${file}.json`, `${JSON.stringify(result, (name, value) => (name === 'answers' ? undefined : value), 2)}\n`);
  fs.writeFileSync(`${file}.md`, text);
  console.log(`\n${text}\n      ${path.relative(ROOT, file)}.json and .md`);
}

const describe = (machine) => [
  `${machine.cores} cores of ${machine.cpu}, ${machine.memoryGiB} GiB, Linux ${machine.kernel}; ${machine.jdk} (${machine.javaOptions}); Node ${machine.node}; ${machine.postgres}, fsync ${machine.fsync}.`,
];

function throughput({ summary, openLoop, allRoles, rounds, pgbenchVersion, accounted, plan }) {
  const others = Math.max(openLoop.others, ...summary.map((one) => one.others));
  return [
    `Medians of ${plan.rounds} round${plan.rounds === 1 ? '' : 's'} of ${plan.seconds} s, ${pgbenchVersion} and platform in turn. Roles \`ingress,api\`, environment dev.`,
    ...(others > 0.05 ? ['', `**Not a quiet machine**: other programs took ${round(others * 100)} % of the processors. Measure again.`] : []),
    '', '| connections | platform/s | pgbench/s | ratio | p50 ms | p99 ms | p99.9 ms | JVM µs/request | PostgreSQL µs/request | pgbench: PostgreSQL µs | batch |', '|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...summary.map((one) => `| ${one.connections} | ${round(one.platformPerSecond)} | ${round(one.pgbenchPerSecond)} | ${round(one.ratio, 2)} | ${round(one.p50, 1)} | ${round(one.p99, 1)} | ${round(one.p999, 1)} | ${round(one.platformMicros)} | ${round(one.postgresMicros)} | ${round(one.pgbenchPostgresMicros)} | ${round(one.batch, 1)} |`),
    '', `By the clock, ${openLoop.perSecond}/s (${round(openLoop.ofPeak * 100)} % of the peak), latency from the intended time: p50 ${round(openLoop.p50, 1)} ms, p99 ${round(openLoop.p99, 1)} ms, p99.9 ${round(openLoop.p999, 1)} ms.`,
    `All roles, ${allRoles.connections} connections, \`call_ended\` (dispatched, no flow listens): ${round(allRoles.perSecond)}/s, p99 ${round(allRoles.p99, 1)} ms.`,
    '', '| budget | measured | |', '|---|---:|---|',
    ...summary.filter((one) => BUDGETS[one.connections]).flatMap((one) => [
      `| ${BUDGETS[one.connections].ratio} of pgbench at ${one.connections} connections | ${round(one.ratio, 2)} | ${verdict(one.ratio >= BUDGETS[one.connections].ratio)} |`,
      `| p99 under ${BUDGETS[one.connections].p99} ms at ${one.connections} connections | ${round(one.p99, 1)} ms | ${verdict(one.p99 < BUDGETS[one.connections].p99)} |`,
    ]),
    `| p99 under 50 ms by the clock | ${round(openLoop.p99, 1)} ms | ${verdict(openLoop.p99 < 50)} |`,
    '', `${accounted.ids} ids: ${accounted.accepted} accepted, ${accounted.duplicates} duplicates, ${accounted.unclear} without a clear answer, ${accounted.stored} stored. Ratios by round: ${rounds.map((one) => `${one.connections}: ${round(one.platform.perSecond / one.pgbench.perSecond, 2)}`).join(', ')}.`,
  ];
}

const crashes = ({ kills, seed, connections, restartSeconds, accounted }) => [
  `${kills} times kill -9 under a closed loop of ${connections} connections (seed ${seed}); ready again after ${restartSeconds.map((one) => `${round(one, 1)} s`).join(', ')}.`, '',
  `${accounted.ids} ids: ${accounted.accepted} accepted (202) and ${accounted.duplicates} duplicates (200), all stored once; ${accounted.unclear} requests without a clear answer, of which ${accounted.unclearStored} ids are stored, once each; ${accounted.stored} stored.`,
];

const abuses = ({ phases, rejections, plan }) => [
  `Genuine webhooks come at ${plan.genuinePerSecond}/s all the while; each phase takes ${plan.seconds} s.`, '',
  '| phase | genuine accepted | p50 ms | p99 ms | max ms | JVM cores | peak memory MiB |', '|---|---:|---:|---:|---:|---:|---:|',
  ...Object.entries(phases).map(([name, one]) => `| ${name} | ${one.genuine.accepted} of ${one.genuine.sent} | ${round(one.genuine.p50, 1)} | ${round(one.genuine.p99, 1)} | ${round(one.genuine.max, 1)} | ${round(one.jvmCores, 2)} | ${one.peakMemoryMiB} |`),
  '', 'What the strangers were answered:', '',
  ...Object.entries(phases).filter(([, one]) => Object.keys(one.strangers).length > 0).flatMap(([name, one]) => [
    `- ${name}`, ...Object.entries(one.strangers).map(([kind, counts]) => `  - ${kind}: ${Object.entries(counts).map(([what, count]) => `${what} ${count}`).join(', ')}`)]),
  '', 'What the platform counted:', '', '```', ...rejections, '```',
];

const live = ({ phases, plan }) => [
  `The inbound-call webhook of one client, asked by the clock for ${plan.seconds} s in each phase; latency from the intended time. All roles.`, '',
  '| the CRM | asked a second | p50 ms | p99 ms | max ms | answered from | |', '|---|---:|---:|---:|---:|---|---|',
  ...Object.entries(phases).map(([name, one]) => `| ${name} | ${one.perSecond} | ${round(one.p50)} | ${round(one.p99)} | ${round(one.max)} | ${Object.entries(one.sources).map(([source, count]) => `${source} ${count}`).join(', ')} | p99 under 300 ms: ${verdict(one.p99 < 300)} |`),
];
