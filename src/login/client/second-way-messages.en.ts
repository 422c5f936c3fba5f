import type { SameKeys } from '#client/i18n.ts'
import type { ja } from './second-way-messages.ja.ts'

export const en: SameKeys<typeof ja> = {
  heading: 'Come in with the printed numbers',
  lead: 'You need the sheet you were handed at the desk and the changing number (the six digits in the app). There is no hurry.',
  label: {
    staffNumber: 'Staff number (6 digits)',
    sheetCode: 'Number from the sheet (8 digits)',
    changingCode: 'Changing number (6 digits)',
  },
  hint: {
    staffNumber: 'At the top of the sheet.',
    sheetCode: 'Use one that is not crossed out yet, and cross it out afterwards.',
    changingCode: 'What the app shows now. It changes every 30 seconds; the one before still works.',
  },
  required: '(required)',
  problem: {
    staffNumber: { empty: 'Please write your staff number.', wrong_length: 'The staff number has 6 digits.' },
    sheetCode: {
      empty: 'Please write a number from the sheet.',
      wrong_length: 'A number from the sheet has 8 digits.',
    },
    changingCode: { empty: 'Please write the changing number.', wrong_length: 'The changing number has 6 digits.' },
  },
  problemHeading: 'Please correct {{count}} things',
  kind: 'Please check',
  send: 'Come in',
  sending: 'Checking',
  refused: {
    heading: 'You are not in yet',
    second_way_wrong:
      'One of the numbers is not right. A number from the sheet and a changing number work only once. Please try again with the next ones.',
    too_many: 'There were too many wrong tries. Please wait about {{minutes}} minutes, or come in another way.',
    offline: 'There is no network. Please try again where there is one.',
    fault: 'We cannot check this right now. Please wait a little and try again.',
    help: 'If you have lost the sheet, please ask an administrator.',
  },
}
