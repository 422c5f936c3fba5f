import { ja as shell } from '#client/messages.ja.ts'
import { ja as enrollment } from '#enrollment/client/messages.ja.ts'
import { ja as sessions } from '#sessions/client/messages.ja.ts'

/** Words of the pages for everybody. */
export const words = { shell, sessions, enrollment }
