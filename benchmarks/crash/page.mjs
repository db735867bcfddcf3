// What is written for people.
const list = (counts) => Object.entries(counts).map(([name, count]) => `${count} ${name}`).join(', ');

export function page({ rounds, plan, timings, loadSeconds, quietAfter, stuck, statuses, accounted: one }) {
  const blows = {};
  for (const { blow } of rounds) blows[blow] = (blows[blow] ?? 0) + 1;
  return [
    `${plan.webhooks} webhooks at ${plan.perSecond}/s, ${rounds.length} blows (${list(blows)}), seed ${plan.seed}; two platforms in ${rounds.filter((each) => each.two).length} rounds. Each caller books a time of their own: contact, appointment, text.`,
    `Timings: ${Object.entries(timings).map(([name, value]) => `${name}=${value}`).join(' ')}.`,
    '', '| | |', '|---|---:|',
    ...[['sent', 'sent'], ['accepted', 'accepted'], ['refused', 'refused'], ['never answered', 'unanswered'], ['duplicates told and recognised', 'duplicates'],
      ['runs completed', 'completed'], ['runs parked for a person', 'parked'], ['acts looked up before anything was sent again', 'lookedUp'],
      ['**lost**', 'lost'], ['**doubled**', 'doubled'], ['unexplained', 'unexplained'], ['doubled inside the residual window, with an incident', 'residual'], ['incidents', 'incidents']]
      .map(([name, key]) => `| ${name} | ${one[key]} |`),
    '', `The providers' books: ${list(one.books)}.${Object.keys(one.reasons).length ? ` Parked because: ${list(one.reasons)}.` : ''}`,
    `Webhooks were answered: ${Object.entries(statuses).map(([status, count]) => `${status === '0' ? 'not at all' : status} ${count} times`).join(', ')}.`,
    `The load took ${loadSeconds.toFixed(0)} s; ${stuck ? `**${stuck} runs, acts or hand-overs are stuck**` : 'nothing was open'} ${quietAfter.toFixed(0)} s after it.`,
    '', ...rounds.map((each) => `${each.number}. ${each.two ? 'two platforms' : 'one platform'}: ${each.what}; faults: ${each.faults.map((fault) => `${fault.provider} ${fault.operation} ${fault.fault} ×${fault.times}`).join(', ')}`),
    ...(one.examples.length ? ['', '```', ...one.examples, '```'] : []),
  ];
}
