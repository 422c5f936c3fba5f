import type { SameKeys } from '#client/i18n.ts'
import type { ja } from './messages.ja.ts'

export const en: SameKeys<typeof ja> = {
  home: {
    title: 'Smartphone classes and help desks',
    lead: 'Choose a day. You can also sign up by phone.',
    description: 'Days of the city’s smartphone classes and help desks. Sign up here or by phone.',
    loading: 'Loading.',
    empty: 'There is nothing to sign up for at the moment. New days will appear here.',
  },
  session: {
    fetching: 'Loading. Without a signal, please wait until there is one.',
    day: 'Day',
    time: 'Time',
    venue: 'Place',
    seats: 'Seats',
    left: '{{count}} left',
    waiting: 'Full; {{count}} waiting now',
    until: 'Sign-up',
    untilDay: 'until {{when}}',
    note: 'What to bring, notes',
    why: {
      closed: 'Sign-up is over. There may still be a way: please ask by phone: {{phone}}.',
      cancelled: 'This session was cancelled. Please look at another day.',
      over: 'This session is over. Please look at another day.',
    },
  },
  state: {
    open: 'Open',
    few: 'Few seats left',
    full: 'Full, waiting list',
    closed: 'Sign-up is over',
    cancelled: 'Cancelled',
    over: 'Over',
  },
}
