// The callers and flows of the fixture.

// Times far ahead, one for each caller, so that none is over when the data are read years later.
const day = (number) => `2040-01-${String(number).padStart(2, '0')}`;
export const CALLERS = Object.fromEntries(
  [
    'completed',
    'replayed',
    'waitDue',
    'waitLater',
    'approval',
    'outage',
    'unknown',
    'settle',
    'carriedOut',
    'neverSent',
    'undispatched',
    'holdExpired',
    'holdAlive',
  ].map((name, number) => [
    name,
    {
      phone: `+1415555${String(7101 + number)}`,
      slot: `${day(9 + number)}T10:00:00-06:00`,
      local: `${day(9 + number)}T10:00`,
    },
  ]),
);

const CONTACT = `
  - contact: { call: crm.upsertContact, with: { phone: "\${ $event.from }", firstName: Ada, source: upgrade } }`;
const BOOKING = `
  - booking: { call: calendar.book, with: { contact: "\${ $steps.contact.id }", start: "\${ $event.slot }", minutes: 30 } }`;
const TEXT = `
  - confirm: { call: messaging.sendSms, with: { to: "\${ $event.from }", text: "\${ \\"Booked for \\" + $event.slot }" } }`;
export const FLOWS = {
  'book-by-hand': `do:${CONTACT}${BOOKING}${TEXT}`,
  'wait-two-minutes': `do:${CONTACT}\n  - later: { wait: { minutes: 2 } }${TEXT}`,
  'wait-a-year': `do:${CONTACT}\n  - later: { wait: { days: 365 } }${TEXT}`,
  'ask-before-booking': `do:${CONTACT}\n  - asked: { call: person.approve, with: { question: "Book it?" } }${BOOKING}${TEXT}`,
  'ask-what-became-of-it': `do:${CONTACT}
  - confirm:
      call: messaging.sendSms
      with: { to: "\${ $event.from }", text: "\${ \\"We call back about \\" + $event.slot }" }
      metadata: { onUnknown: ask }`,
};
