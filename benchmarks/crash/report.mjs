// The page of the crash benchmark.
import { formatCounts } from '../harness/results.mjs';
import { countBy } from '../harness/statistics.mjs';

const ROWS = [
  ['sent', 'sent'],
  ['accepted', 'accepted'],
  ['refused', 'refused'],
  ['never answered', 'unanswered'],
  ['duplicates sent and recognised', 'duplicates'],
  ['runs completed', 'completed'],
  ['runs parked for a person', 'parked'],
  ['effects looked up before anything was sent again', 'lookedUp'],
  ['**lost**', 'lost'],
  ['**doubled**', 'doubled'],
  ['unexplained', 'unexplained'],
  ['doubled inside the residual window, with an incident', 'residual'],
  ['incidents', 'incidents'],
];

export function formatCrashes({ rounds, plan, timings, loadSeconds, idleAfter, stuck, statuses, accounted }) {
  const faults = formatCounts(countBy(rounds, (round) => round.fault));
  const double = rounds.filter((round) => round.platforms === 2).length;
  const parked = Object.keys(accounted.reasons).length ? ` Parked because: ${formatCounts(accounted.reasons)}.` : '';
  const answered = Object.entries(statuses).map(
    ([status, count]) => `${status === '0' ? 'no answer' : status} ${count} times`,
  );
  const open = stuck ? `**${stuck} runs, effects or hand-overs were stuck**` : 'no work was open';
  return [
    `${plan.webhooks} webhooks at ${plan.perSecond}/s, ${rounds.length} faults (${faults}), seed ${plan.seed}; two platforms in ${double} rounds. Each caller books an appointment of their own: contact, appointment, text.`,
    `Timings: ${Object.entries(timings)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}.`,
    ...['', '| | |', '|---|---:|'],
    ...ROWS.map(([title, member]) => `| ${title} | ${accounted[member]} |`),
    '',
    `The providers hold: ${formatCounts(accounted.providers)}.${parked}`,
    `Webhooks were answered: ${answered.join(', ')}.`,
    `The load took ${loadSeconds.toFixed(0)} s; ${open} ${idleAfter.toFixed(0)} s after it.`,
    '',
    ...rounds.map(formatRound),
    ...(accounted.examples.length ? ['', '```', ...accounted.examples, '```'] : []),
  ];
}

function formatRound({ number, platforms, description, providerFaults }) {
  const faults = providerFaults.map(
    ({ provider, operation, fault, times }) => `${provider} ${operation} ${fault} ×${times}`,
  );
  const count = platforms === 2 ? 'two platforms' : 'one platform';
  return `${number}. ${count}: ${description}; provider faults: ${faults.join(', ')}`;
}
