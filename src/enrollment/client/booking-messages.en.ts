import type { SameKeys } from '#client/i18n.ts'
import type { ja } from './booking-messages.ja.ts'

export const en: SameKeys<typeof ja> = {
  title: 'See or cancel your booking',
  lead: 'Please write your booking number and the last four digits of your phone number. You can also call us.',
  needsNetwork: 'This page needs a signal.',
  required: '(required)',
  receiptNumber: 'Booking number',
  receiptNumberHint: 'Example: 482-913. The six digits you were given when you signed up.',
  phoneLast4: 'Last four digits of the phone number',
  phoneLast4Hint: 'Example: 1234. Of the phone number you gave when you signed up.',
  purpose: 'We use these numbers only to find your booking.',
  send: 'See my booking',
  checking: 'Looking',
  problems: 'Please correct {{count}} field(s)',
  problem: {
    empty: {
      receiptNumber: 'Please write the booking number.',
      phoneLast4: 'Please write the last four digits of the phone number.',
    },
    not_six_digits: 'The booking number has six digits. Example: 482-913',
    not_four_digits: 'Please write the last four digits of the phone number. Example: 1234',
  },
  kind: { info: 'Please note', warning: 'Please look', success: 'Done', error: 'Please look' },
  trouble: {
    unknown: {
      heading: 'We cannot find this booking',
      text: 'The booking number or the last four digits seem to be different. Please look at them and try again, or ask by phone: {{phone}}.',
    },
    too_many: {
      heading: 'Please wait a while',
      text: 'There were several wrong numbers, so this page rests for about an hour. If it is urgent, please call {{phone}}.',
    },
    old_form: {
      heading: 'Please press once more',
      text: 'What you wrote is still here. Please press the button below once more.',
    },
  },
  offline: {
    heading: 'There is no signal',
    text: 'What you wrote is still here. Please try again where there is a signal, or call us: {{phone}}.',
  },
  state: {
    enrolled: 'You have a seat',
    waitlisted: 'You are number {{position}} on the waitlist',
    cancelled: 'This booking is cancelled',
  },
  next: {
    enrolled: 'On the day, say your name or booking number at the door.',
    waitlisted: 'When a seat becomes free, it goes to the next in line.',
    cancelled: 'To sign up again, use the page of the class or call {{phone}}.',
  },
  sessionCancelled: {
    heading: 'This class was cancelled',
    text: 'There is no need to come. Please ask by phone: {{phone}}.',
  },
  begun: {
    heading: 'You cannot cancel here any more',
    text: 'This class has begun. Please tell us by phone: {{phone}}.',
  },
  own: {
    waiting: {
      heading: 'We have kept your cancellation',
      text: 'This device sends it as soon as there is a signal. Until then you still have your place. If it is urgent, please call {{phone}}.',
    },
    held: {
      heading: 'We could not pass your cancellation on',
      text: 'We are sorry. Please call {{phone}}.',
    },
    failed: {
      heading: 'This device could not keep it',
      text: 'Nothing is cancelled yet. Please press again, or call {{phone}}.',
    },
    other: 'See another booking',
  },
  session: 'Class',
  withdraw: {
    heading: 'If you cannot come',
    text: 'When you cancel, somebody who is waiting gets the seat.',
    button: 'Cancel this booking',
  },
  confirm: {
    heading: 'Do you want to cancel this booking?',
    text: 'Somebody else will get the seat. This cannot be undone. Nothing is cancelled yet.',
    button: 'Cancel it',
    back: 'Go back without cancelling',
  },
  withdrawn: {
    heading: 'Your booking is cancelled',
    text: 'Thank you for telling us. There is nothing more to do.',
  },
}
