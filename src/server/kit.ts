import type { Context } from 'hono'
import type { Instant } from '#kernel/time.ts'
import type { Role } from '#login/domain/roles.ts'
import type { Database } from './database.ts'

/** What every route needs of the machine it runs on. Time is handed in, so that a test can stand in any year. */
export interface ServerKit {
  readonly database: Database
  readonly city: string
  readonly now: () => Instant
  /** Who is asking. */
  readonly roleOf: (c: Context) => Promise<Role>
}
