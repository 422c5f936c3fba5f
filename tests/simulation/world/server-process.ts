import { Hono } from 'hono'
import type { Instant } from '#kernel/time.ts'
import { guardRoutes } from '#login/server/guard-routes.ts'
import { createWhoIs } from '#login/server/logins.ts'
import { pairingRoute } from '#login/server/pairing-route.ts'
import { phonesRoute } from '#login/server/phones-route.ts'
import type { Database } from '#server/database.ts'
import { errorAnswers } from '#server/faults.ts'
import { createRateLimits } from '#server/rate-limits.ts'
import { syncRoute } from '#sync/server/sync-route.ts'
import { CITY } from '../../make/city.ts'
import { makeKeys } from '../../make/server-kit.ts'
import { type Moment, watchDatabase } from './watched-database.ts'

/** What happens to a server at a request. `rejected`: PostgreSQL refuses a statement. `disconnected`: its connection is killed there.
 *  `crashed`: the process ends. */
export const SERVER_FAULTS = ['rejected', 'disconnected', 'crashed'] as const
export type ServerFault = (typeof SERVER_FAULTS)[number]

export interface ServerPlan {
  readonly fault: ServerFault
  /** Where: before the first commit, right after it, or before the n-th statement. */
  readonly at: 'end' | 'committed' | number
}

/** One process of the server: the real routes, over a database where things can go wrong. */
export interface ServerProcess {
  /** Rejects when the process ends before it has answered. */
  fetch(request: Request): Promise<Response>
  plan(plan: ServerPlan): void
  /** All is well again. Tells whether the fault was met. */
  heal(): boolean
  /** Is waited for before each statement. */
  watch(wait: (moment: Moment) => Promise<void>): void
  /** How many statements are on their way. */
  busy(): number
  /** How many requests have reached it. */
  arrivals(): number
  readonly isDead: boolean
}

interface Place {
  readonly database: Database
  readonly city: string
  readonly now: () => Instant
}

const NO_WAIT = async (): Promise<void> => {}

export function startServer({ database, city, now }: Place): ServerProcess {
  let plan: ServerPlan | null = null
  let [wasMet, isDead, statements, busy, arrivals] = [false, false, 0, 0, 0]
  let wait: (moment: Moment) => Promise<void> = NO_WAIT

  async function meet(moment: Moment): Promise<void> {
    await wait(moment)
    if (isDead) throw new Error('The process has ended')
    if (moment.kind === 'statement') statements += 1
    const isHere = plan !== null && (plan.at === moment.kind || (moment.kind === 'statement' && plan.at === statements))
    if (!isHere || plan === null || wasMet) return
    wasMet = true
    if (plan.fault === 'crashed') isDead = true
    await happen(plan.fault, moment, database)
  }

  const kit = {
    database: watchDatabase(database, { meet, count: (change) => void (busy += change) }),
    city,
    now,
    keyFor: makeKeys(),
  }
  const served = { ...kit, whoIs: createWhoIs(kit) }
  const limits = createRateLimits()
  const app = new Hono()
    .use(guardRoutes(served))
    .route('/', syncRoute(served, limits))
    .route('/', pairingRoute(served, limits))
    .route('/', phonesRoute(served))
    .onError(errorAnswers(CITY.phone))

  return {
    async fetch(request) {
      arrivals += 1
      const response = await app.fetch(request)
      if (isDead) throw new TypeError('The connection was reset')
      response.headers.set('Date', new Date(now()).toUTCString()) // as Node's server says it
      return response
    },
    plan(next) {
      ;[plan, wasMet, statements] = [next, false, 0]
    },
    heal() {
      plan = null
      return wasMet
    },
    watch: (next) => void (wait = next),
    busy: () => busy,
    arrivals: () => arrivals,
    get isDead() {
      return isDead
    },
  }
}

async function happen(fault: ServerFault, { kind, sql, inTransaction }: Moment, database: Database): Promise<void> {
  if (fault === 'crashed' || kind === 'committed' || !inTransaction) throw new Error('The connection has ended')
  if (fault === 'rejected') await sql`select 1 / 0`
  const [backend] = await sql<{ pid: number }>`select pg_backend_pid() as pid`
  await database.sql`select pg_terminate_backend(${backend?.pid ?? 0}, 5000)`
}
