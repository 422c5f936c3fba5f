import type { SameKeys } from '#client/i18n.ts'
import type { ja } from './sign-in-messages.ja.ts'

export const en: SameKeys<typeof ja> = {
  kind: { check: 'Please check' },
  page: {
    title: 'Staff entrance',
    lead: 'You come in with your fingerprint, your face or the PIN of this machine. No password.',
    enter: 'Come in',
    busy: 'Checking',
  },
  secondWay: { heading: 'With the numbers on paper', open: 'Write the numbers' },
  volunteers: {
    heading: 'Instructors and assistants',
    text: 'Connect your own phone with the number the office gave you.',
    link: 'Connect a phone',
  },
  firstTime: {
    heading: 'For the first time, or locked out',
    text: 'Open the link an administrator gave you, on the machine you usually work with. Without a link, ask an administrator.',
  },
  join: {
    title: 'Set up your way in',
    setUp: 'You will be the first administrator.',
    join: 'You are invited as a member of staff.',
    recover: 'You will be able to come in again. Every way in you had before stops working.',
    loading: 'Checking the link.',
    for: 'This link is for {{name}}.',
    name: 'Your name',
    required: 'required',
    nameHint: 'Your colleagues see it.',
    nameMissing: 'Please write your name, in up to {{maxLength}} characters.',
    how: 'This machine checks your fingerprint, your face or its PIN. They never leave this machine.',
    send: 'Come in with this machine',
  },
  again: {
    heading: 'Please come in again',
    text: 'It was not used for a while, or it was ended from another machine. What you were writing and what was not sent yet is kept on this machine.',
    link: 'Come in',
  },
  trouble: {
    no_passkeys: {
      heading: 'This way in does not work here',
      text: 'Please open the address the office told you in a recent Chrome, Edge, Safari or Firefox.',
    },
    gave_up: {
      heading: 'You are not in',
      text: 'It took too long, was stopped, or this machine is not set up yet. Please press the button again.',
    },
    already_here: {
      heading: 'This machine is set up already',
      text: 'You can come in with it. To add another machine, open this page there.',
    },
    offline: { heading: 'No connection', text: 'Please press the button again where there is a connection.' },
    too_many_requests: {
      heading: 'Please wait a little',
      text: 'It went wrong several times. Please wait for an hour or ask an administrator.',
    },
    fault: { heading: 'That did not work', text: 'Please try again. If it goes on, tell an administrator.' },
    sign_in_refused: {
      heading: 'You could not come in',
      text: 'What this machine has stored is not good any more. Please try again or ask an administrator.',
    },
    invitation_unknown: {
      heading: 'This link is not good',
      text: 'It was used, is too old or was cut off. Please ask an administrator for a new one. The first administrator gets a new one by starting Yorozu again.',
    },
    passkey_refused: {
      heading: 'It could not be set up',
      text: 'It took too long, or the machine could not check who you are. Please press the button again.',
    },
    name_missing: { heading: 'Your name is missing', text: 'Please write your name and press the button again.' },
    sign_in_again: {
      heading: 'Please come in again',
      text: 'Before a way in is changed, we check that it is you. Come in again, then go on.',
    },
  },
}
