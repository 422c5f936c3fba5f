import type { SameKeys } from '#client/i18n.ts'
import type { ja } from './account-messages.ja.ts'

export const en: SameKeys<typeof ja> = {
  kind: { check: 'Please check', notice: 'Notice' },
  title: 'Your way in',
  lead: '{{name}} ({{role}}). See the machines you come in with, and where you are in right now.',
  role: { viewer: 'viewer', organizer: 'organizer', admin: 'administrator' },
  loading: 'Loading.',
  busy: 'Checking',
  enter: 'Come in',
  retry: 'Try again',
  out: {
    heading: 'Leave',
    text: 'Leave when you go away from your desk, or when others use this machine. What you recorded is sent first; then everything kept here is deleted.',
    button: 'Leave',
    busy: 'Sending',
    keep: 'Leave and keep it here',
    unsentHeading: 'Not sent yet, or half written: {{count}}',
    unsent:
      'Press “Leave” again where there is a connection. If you keep it here, it is sent when you next come in on this machine.',
    look: 'See what was sent',
    offline: 'Press “Leave” again where there is a connection.',
  },
  passkeys: {
    heading: 'Machines you come in with',
    text: 'With two of them, one may break. Take a lost one away at once.',
    caption: 'Machines you come in with ({{count}})',
    unnamed: 'Machine without a name',
    never: 'Not used yet',
    column: { name: 'Set up in', made: 'Set up on', used: 'Last used', change: 'Change' },
    remove: 'Take away',
    removeLabel: 'Take away: {{name}}',
    add: 'Add this machine',
    ask: 'Take {{name}} away?',
    what: 'You can no longer come in with it. Wherever else you are in now, that ends too.',
    confirm: 'Take away',
    cancel: 'Do nothing and go back',
  },
  logins: {
    heading: 'Where you are in',
    text: 'If you do not know one of them, end it and tell an administrator.',
    caption: 'Where you are in ({{count}})',
    unnamed: 'Place without a name',
    column: { browser: 'Place', opened: 'Came in', seen: 'Last used', change: 'Change' },
    this: 'This machine',
    end: 'End',
    endLabel: 'End: {{name}}',
    endOthers: 'End all but this machine',
  },
  trouble: {
    offline: { heading: 'No connection', text: 'Please try again where there is a connection.' },
    last_way_in: {
      heading: 'The last one stays',
      text: 'Add another machine first: open “Your way in” there.',
    },
    sign_in_again: {
      heading: 'Please come in again',
      text: 'Before a way in is changed, we check that it is you. After that you are back on this page.',
    },
    gave_up: { heading: 'It was not set up', text: 'It took too long or was stopped. Please press the button again.' },
    already_here: { heading: 'This machine is set up already', text: 'You can use it as it is.' },
    no_passkeys: {
      heading: 'This machine cannot be set up',
      text: 'Please try a recent Chrome, Edge, Safari or Firefox.',
    },
    fault: { heading: 'That did not work', text: 'Please try again. If it goes on, tell an administrator.' },
  },
  missing: {
    offline: { heading: 'No connection', text: 'This page opens where there is a connection.' },
    fault: { heading: 'It could not be loaded', text: 'Please wait a little and try again.' },
    demo: {
      heading: 'Not used in the trial',
      text: 'In the trial town you came in by a link. Once you come in as staff, your ways in are here.',
    },
    out: { heading: 'Please come in again', text: 'Only those who are in can see this page.' },
  },
}
