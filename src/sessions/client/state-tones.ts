import type { PublicState } from '#sessions/domain/public-session.ts'

/** How the word for a state feels. */
export const TONES = {
  open: 'good',
  few: 'care',
  full: 'info',
  closed: 'plain',
  cancelled: 'bad',
  over: 'plain',
} as const satisfies Record<PublicState, string>
