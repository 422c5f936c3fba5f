import { jaEasy as shell } from '#client/messages.ja-easy.ts'
import { jaEasy as enrollment } from '#enrollment/client/messages.ja-easy.ts'
import { jaEasy as sessions } from '#sessions/client/messages.ja-easy.ts'

/** Words of the pages for everybody. */
export const words = { shell, sessions, enrollment }
