/** Words for functions, providers and operations. Others keep the name that the API gives. */

interface FunctionWords {
  /** The subject of the function, for example "Appointment". */
  thing: string;
  /** The words for the client's people once it was done. */
  done: string;
  /** The words for the client's people when it was not done. */
  notDone: string;
}

const FUNCTIONS: Record<string, FunctionWords> = {
  'crm.upsertContact': { thing: 'Contact', done: 'Contact saved', notDone: 'Contact not saved' },
  'crm.findContact': { thing: 'Contact lookup', done: 'Contact found', notDone: 'Contact not found' },
  'crm.addNote': { thing: 'Note', done: 'Note added', notDone: 'Note not added' },
  'crm.upsertOpportunity': { thing: 'Opportunity', done: 'Opportunity saved', notDone: 'Opportunity not saved' },
  'calendar.findSlots': { thing: 'Free times', done: 'Free times read', notDone: 'Free times not read' },
  'calendar.book': { thing: 'Appointment', done: 'Appointment booked', notDone: 'Appointment not booked' },
  'calendar.hold': { thing: 'Hold of a time', done: 'Time held', notDone: 'Time not held' },
  'calendar.move': { thing: 'Move', done: 'Appointment moved', notDone: 'Appointment not moved' },
  'calendar.cancel': { thing: 'Cancellation', done: 'Appointment cancelled', notDone: 'Appointment not cancelled' },
  'messaging.sendSms': { thing: 'Text', done: 'Confirmation text sent', notDone: 'No confirmation text sent' },
  'messaging.sendMms': { thing: 'MMS', done: 'Picture message sent', notDone: 'Picture message not sent' },
  'messaging.checkNumber': { thing: 'Number check', done: 'Number checked', notDone: 'Number not checked' },
  'notify.email': { thing: 'Mail', done: 'Mail sent', notDone: 'Mail not sent' },
  'person.approve': { thing: 'Approval', done: 'Approved', notDone: 'Not approved' },
};

const PROVIDERS: Record<string, string> = {
  google: 'Google Calendar',
  highlevel: 'HighLevel',
  twilio: 'Twilio',
  retell: 'Retell',
  n8n: 'n8n',
};

const OPERATIONS: Record<string, string> = {
  'freeBusy.query': 'Free/busy lookup',
  'events.list': 'Lookup of events at that time',
  'events.get': 'Check for an existing booking',
  'events.insert': 'Creation of the event',
  'events.delete': 'Deletion of the event',
  'contacts.upsert': 'Contact saved or updated',
  'contacts.create': 'Creation of the contact',
  'contacts.search': 'Search for the contact',
  'contacts.get': 'Contact read',
  'contacts.update': 'Update of the contact',
  'contacts.tags.add': 'Tags added',
  'messages.create': 'Text handed to the carrier',
  'messages.list': 'Check for an existing text',
};

const other = (name: string): FunctionWords => ({ thing: name, done: `${name} done`, notDone: `${name} not done` });

export const functionWords = (call: string | null, name: string): FunctionWords =>
  (call ? FUNCTIONS[call] : undefined) ?? other(name);

export const functionName = (call: string | null, name: string): string => functionWords(call, name).thing;
export const providerName = (code: string): string => PROVIDERS[code] ?? code;
export const operationName = (operation: string): string => OPERATIONS[operation] ?? operation;
