import type { SameKeys } from '#client/i18n.ts'
import type { ja } from './outbox-file-messages.ja.ts'

export const en: SameKeys<typeof ja> = {
  kind: { check: 'Please check', done: 'Done' },
  make: {
    heading: 'When it cannot send although there is signal',
    text: 'First go where there is signal and keep this page open for a while. If something still stays, you can put the records into a file and hand it to the city.',
    button: 'Put unsent records into a file',
    busy: 'Making the file',
    done: 'Records put into a file: {{count}}',
    doneText: 'The file “{{name}}” is on this phone. Hand it to the city. Only the city’s own Yorozu can read it.',
    doneStays: 'The records stay on this phone as well. If it sends them by itself later, nothing counts twice.',
    call: 'If you need help, please call the city: {{phone}}.',
  },
  makeTrouble: {
    heading: 'The file could not be made',
    nothing_unsent: 'Everything has been sent. There is nothing to hand over.',
    never_met:
      'This phone has never been in contact with the city’s Yorozu, which could not open its file. Open this page where there is signal.',
    cannot_seal:
      'Opened this way, the phone cannot make a file that others cannot read. Open the address that begins with https://.',
    too_much: 'There are too many records for one file. Please call the city.',
    storage: 'The records on this phone cannot be read right now. Close this page and open it again.',
  },
  take: {
    title: 'Take in the records of a phone',
    lead: 'Open a file (.yorozu) made on a phone that cannot send. Its records are taken as if the phone had sent them.',
    choose: 'Choose a file',
    chooseHint: 'It is made on the phone’s page “What was sent”. Opening the same file twice counts nothing twice.',
    reading: 'Taking it in.',
    back: 'Back to how devices are doing',
    result: 'Taken in',
    made: 'The file was made {{at}}.',
    sum: {
      taken: 'Records taken: {{count}}.',
      known: 'Had arrived already: {{count}}.',
      refused: 'Refused: {{count}}. See the reasons below.',
      held: 'Could not be taken now: {{count}}. They stay on the phone.',
      unreadable: 'Could not be read: {{count}}. The others were taken.',
    },
    caption: 'Records: {{count}}',
    column: { row: 'Row', what: 'Record', at: 'Recorded', result: 'Result' },
    noName: 'Record that cannot be read',
    noTime: '–',
  },
  result: {
    taken: 'Taken',
    known: 'Had arrived already',
    refused: 'Refused',
    held: 'Cannot be taken now',
    unreadable: 'Cannot be read. Look at it on the phone and write it down by hand.',
  },
  why: '{{result}}: {{why}}',
  heldWhy: {
    not_permitted: 'This phone may not say this.',
    fault: 'Something is wrong on the city’s side. Open the same file again later.',
  },
  trouble: {
    heading: 'The file could not be taken in',
    file_unreadable: 'This does not look like a file made on a phone by Yorozu. Choose one that ends in .yorozu.',
    file_newer: 'The file was made by a newer version of Yorozu. Bring the city’s Yorozu up to date first.',
    file_too_large: 'The file is too large. Check that it was made on a phone.',
    file_damaged: 'The file was damaged or changed on its way. Ask for a new file to be made on the phone.',
    device_unknown:
      'The phone that made this file has never been in contact with this city’s Yorozu. Check which phone it is.',
    not_permitted: 'Organizers can take in files. Please come in again as an organizer.',
    too_many_requests: 'It is busy right now. Wait a little and choose the file again.',
    offline: 'No network. The file stays as it is. Choose it again where there is a network.',
    fault: 'No answer is possible right now. Wait a little and choose the file again. Nothing counts twice.',
  },
}
