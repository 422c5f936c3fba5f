import type { SameKeys } from './i18n.ts'
import type { ja } from './messages.ja.ts'

export const en: SameKeys<typeof ja> = {
  product: 'Yorozu',
  title: '{{page}} | Yorozu',
  skip: 'Skip to the content',
  home: 'Back to the start',
  languages: 'Language',
  menu: 'Menu',
  help: 'Any trouble? Please call us',
  /** docs/rules.md#office-hours */
  hours: 'Monday to Friday, 8:30 a.m. to 5:15 p.m. (closed on public holidays and over New Year)',
  nav: { sessions: 'Find a class', hall: 'Check-in', office: 'Organizer', admin: 'Administration' },
  foot: { staff: 'Staff and instructors', account: 'Your way in, leave' },
  loading: 'Loading.',
  chunk: {
    kind: 'Please check',
    heading: 'This screen cannot be shown',
    text: 'Please try again where there is a connection. What you recorded is kept on this device.',
    retry: 'Try again',
  },
  notFound: {
    title: 'There is no such page',
    lead: 'The address has changed, or the class is over.',
    home: 'Find a class',
  },
  update: {
    kind: 'Notice',
    heading: 'There is a new version',
    text: 'Changing to it takes a moment. What you recorded stays on this device.',
    button: 'Change to the new version',
    unsent: 'Some records are still waiting to be sent. You can change once they have been sent.',
    typing: 'There is something you have not finished typing. Please finish it, then press again.',
  },
}
