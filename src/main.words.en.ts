import { en as shell } from '#client/messages.en.ts'
import { en as enrollment } from '#enrollment/client/messages.en.ts'
import { en as sessions } from '#sessions/client/messages.en.ts'

/** Words of the pages for everybody. */
export const words = { shell, sessions, enrollment }
