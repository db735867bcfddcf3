// The page of ./dev bench money.
import { formatVerdict } from '../harness/results.mjs';

const MIN_CALLS_PER_SECOND = 2000;
const MAX_RECONCILE_SECONDS = 3;
const MAX_PLACE_SECONDS = 30;

export function formatMoney(result) {
  const { plan, accounted } = result;
  const kills = plan.crash
    ? `; platform and PostgreSQL killed by turns every ${plan.everySeconds} s, ${result.kills} times`
    : '';
  const seconds = (value) => `${value.toFixed(1)} s`;
  return [
    `${plan.calls} calls of ${plan.clients} agents, seed ${plan.seed}; late costs, corrections and vanished calls over 20 days${kills}.`,
    '',
    '| what | measured | budget |',
    '|---|---|---|',
    `| place the month at the sandbox | ${seconds(result.placedSeconds)} | ${MAX_PLACE_SECONDS} s, ${formatVerdict(result.placedSeconds < MAX_PLACE_SECONDS)} |`,
    `| collect it | ${result.callsPerSecond.toFixed(0)} calls/s | ${MIN_CALLS_PER_SECOND}, ${formatVerdict(result.callsPerSecond >= MIN_CALLS_PER_SECOND)} |`,
    `| upload the invoice (${result.lines} lines) | ${seconds(result.uploadSeconds)} | |`,
    `| reconcile it | ${seconds(result.reconcileSeconds)} | ${MAX_RECONCILE_SECONDS} s, ${formatVerdict(result.reconcileSeconds < MAX_RECONCILE_SECONDS)} |`,
    `| difference of ${result.calls} calls | ${result.difference} | 0.00, ${formatVerdict(Number(result.difference) === 0)} |`,
    '',
    `${result.planted} planted differences, each to be found once and named right.`,
    ...(accounted.examples.length ? ['', '```', ...accounted.examples.slice(0, 20), '```'] : []),
    '',
  ];
}
