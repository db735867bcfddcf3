const HALF_HOURS = 16; // 09:00 to 16:30
const DAYS_AHEAD = 10;

/**
 * Chooses a free half hour between nine and five on one of the next business days.
 * @param zone IANA zone of the calendar
 * @param taken booked slots as ISO-8601 strings
 * @param first index of the half hour to try first, so that a second demo books another one
 * @returns the start as ISO-8601 with offset
 */
export function chooseSlot({ now, zone, taken = [], first = 0 }) {
  const busy = new Set(taken.map((slot) => Date.parse(slot)));
  const days = listBusinessDays(now, zone);
  for (let step = 0; step < HALF_HOURS * days.length; step++) {
    const position = (first + step) % HALF_HOURS;
    const day = days[Math.floor(step / HALF_HOURS)];
    const slot = formatLocalTime(day, 9 + Math.floor(position / 2), (position % 2) * 30, zone);
    if (!busy.has(Date.parse(slot))) return slot;
  }
  throw new Error(
    `Every half hour of the next ${DAYS_AHEAD} business days is taken. "./dev reset" empties the calendar.`,
  );
}

function listBusinessDays(now, zone) {
  const days = [];
  const [year, month, day] = readLocalDate(now, zone);
  for (let ahead = 1; days.length < DAYS_AHEAD; ahead++) {
    const date = new Date(Date.UTC(year, month - 1, day + ahead));
    if (date.getUTCDay() !== 0 && date.getUTCDay() !== 6) days.push(date);
  }
  return days;
}

function readLocalDate(instant, zone) {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const parts = format.formatToParts(instant);
  return ['year', 'month', 'day'].map((type) => Number(parts.find((part) => part.type === type).value));
}

/** A time of that day (as read in UTC) in the zone, as ISO-8601 with offset. */
export function formatLocalTime(day, hour, minute, zone) {
  const asUtc = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hour, minute);
  const offset = readOffsetMinutes(new Date(asUtc), zone);
  const sign = offset < 0 ? '-' : '+';
  const twoDigits = (number) => String(Math.abs(number)).padStart(2, '0');
  const local = new Date(asUtc).toISOString().slice(0, 19);
  return `${local}${sign}${twoDigits(Math.trunc(offset / 60))}:${twoDigits(offset % 60)}`;
}

/** Offsets change at night, so the offset at the local time read as UTC is the one between nine and five. */
function readOffsetMinutes(instant, zone) {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(instant)
    .find((part) => part.type === 'timeZoneName').value;
  const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name);
  return sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
}
