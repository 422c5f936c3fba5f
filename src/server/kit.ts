import type { Context } from 'hono'
import type { Instant } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { Identity } from '#login/domain/identity.ts'
import type { Database } from './database.ts'
import type { KeyFor } from './server-key.ts'

/** What every route needs of the machine it runs on. Time is handed in, so that a test can stand in any year. */
export interface ServerKit {
  readonly database: Database
  readonly city: string
  readonly now: () => Instant
  /** Who is asking: by the cookie of whoever signed in, and by the paired phone, where the request names its device.
   *  `isUse`: false for what an open page does by itself, which keeps nobody signed in. */
  readonly whoIs: (c: Context, deviceId?: Uuid, isUse?: boolean) => Promise<Identity>
  /** A key made from the server's own, which is not in the database. One per use, so that none can stand in for another. */
  readonly keyFor: KeyFor
}
