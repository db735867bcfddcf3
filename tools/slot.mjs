const HALF_HOURS = 16; // 09:00 to 16:30
const DAYS_AHEAD = 10;

/**
 * A half hour on one of the next business days between nine and five, in the zone of the calendar, as ISO-8601 with offset.
 * `taken` are the slots already booked (ISO strings); `turn` varies the first choice, so that a second demo books too.
 */
export function chooseSlot({ now, zone, taken = [], turn = 0 }) {
  const busy = new Set(taken.map((slot) => Date.parse(slot)));
  const days = businessDays(now, zone);
  for (let step = 0; step < HALF_HOURS * days.length; step++) {
    const position = (turn + step) % HALF_HOURS;
    const day = days[Math.floor(step / HALF_HOURS)];
    const slot = atLocalTime(day, 9 + Math.floor(position / 2), (position % 2) * 30, zone);
    if (!busy.has(Date.parse(slot))) return slot;
  }
  throw new Error(`Every half hour of the next ${DAYS_AHEAD} business days is taken. "./dev reset" empties the calendar.`);
}

function businessDays(now, zone) {
  const days = [];
  const [year, month, day] = localDate(now, zone);
  for (let ahead = 1; days.length < DAYS_AHEAD; ahead++) {
    const date = new Date(Date.UTC(year, month - 1, day + ahead));
    if (date.getUTCDay() !== 0 && date.getUTCDay() !== 6) days.push(date);
  }
  return days;
}

function localDate(instant, zone) {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric' })
    .formatToParts(instant);
  return ['year', 'month', 'day'].map((type) => Number(parts.find((part) => part.type === type).value));
}

function atLocalTime(day, hour, minute, zone) {
  const wall = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hour, minute);
  const offset = offsetMinutes(new Date(wall), zone);
  const sign = offset < 0 ? '-' : '+';
  const two = (n) => String(Math.abs(n)).padStart(2, '0');
  const local = new Date(wall).toISOString().slice(0, 19);
  return `${local}${sign}${two(Math.trunc(offset / 60))}:${two(offset % 60)}`;
}

/** Between nine and five no zone changes its offset, so the offset at that wall time read as UTC is the right one. */
function offsetMinutes(instant, zone) {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(instant)
    .find((part) => part.type === 'timeZoneName').value;
  const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name);
  return sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
}
