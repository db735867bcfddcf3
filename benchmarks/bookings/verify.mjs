// Compares the answers to callers with the provider's records.
import { groupBy } from '../harness/statistics.mjs';

/** @returns {{standing: number, owned: number, findings: string[]}} a finding is a sentence about a caller or a time */
export function verifyBookings({ callers, events, messages }) {
  const standing = events.filter((event) => event.status === 'confirmed' || event.status === 'tentative');
  const byTime = groupBy(standing, (event) => Date.parse(event.start.dateTime));
  const findings = [];
  for (const time of new Set(callers.map((caller) => Date.parse(caller.time)))) {
    const count = (byTime.get(time) ?? []).length;
    if (count > 1) findings.push(`${new Date(time).toISOString()} has ${count} appointments`);
    if (count === 0 && callers.some((caller) => Date.parse(caller.time) === time && isUndecided(caller))) continue;
    if (count === 0) findings.push(`${new Date(time).toISOString()} has no appointment although callers asked for it`);
  }
  for (const caller of callers) findings.push(...verifyCaller(caller, standing, messages));
  return { standing: standing.length, owned: byTime.size, findings };
}

/**
 * Says whether the answer leaves the time open: the calendar was unreachable, or a person has to decide, as the caller
 * was told.
 */
function isUndecided({ told, cause }) {
  return told === 'failed' || (told === 'parked' && cause !== 'no_slot');
}

function verifyCaller(caller, standing, messages) {
  const own = standing.filter((event) => isOf(event, caller));
  const booked = caller.told === (caller.live ? 'done' : 'completed');
  const told = [caller.told, caller.cause].filter(Boolean).join(' ');
  const who = `${caller.name} (${caller.live ? 'live' : 'flow'}, told ${told})`;
  return [
    ...verifyAppointment(caller, booked, own),
    ...verifyAnswers(caller),
    ...verifyTexts(caller, booked, messages),
  ].map((finding) => `${who} ${finding}`);
}

function verifyAppointment(caller, booked, own) {
  const at = own.filter((event) => Date.parse(event.start.dateTime) === Date.parse(caller.time));
  if (booked) return at.length === 1 ? [] : [`has ${at.length} appointments at the time they asked for`];
  return isUndecided(caller) || own.length === 0 ? [] : ['has an appointment'];
}

function verifyAnswers({ told, answers = [] }) {
  const answered = ['done', 'taken', 'failed', 'completed', 'parked'].includes(told);
  const untrue = answers.filter(({ outcome, say }) => /you're booked/i.test(say) !== (outcome === 'done'));
  return [
    ...(answered ? [] : ['has no answer']),
    ...untrue.map(({ outcome, say }) => `heard “${say}” with the outcome ${outcome}`),
  ];
}

function verifyTexts({ live, phone }, booked, messages) {
  const texts = messages.filter(({ to, body }) => to === phone && body.startsWith('Booked for'));
  if (!booked) return texts.length === 0 ? [] : ['got a confirmation by text'];
  return live || texts.length === 1 ? [] : [`got ${texts.length} confirmations by text`];
}

function isOf(event, caller) {
  const origin = event.extendedProperties?.private?.patchbayRun;
  return origin === (caller.live ? `live:${caller.callId}` : caller.run) && origin !== undefined;
}
