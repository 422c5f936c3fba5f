import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import { type Instant, instantOf } from '#kernel/time.ts'
import type { Role } from '#login/domain/roles.ts'
import { readRows } from '#kpi/server/actual-rows.ts'
import { readActuals } from '#kpi/server/actuals.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { LearnerId } from '#people/domain/learner.ts'
import type { Database } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { Send } from '#sync/client/sync-once.ts'
import { syncRoute } from '#sync/server/sync-route.ts'
import { itemAt } from './chance.ts'
import { CITY, insertCity } from './city.ts'
import { makeIdentity } from './device.ts'
import { type ModelPhone, openModelPhone } from './model-phone.ts'
import { makeSession, makeVenue } from './payloads.ts'
import { makeIndicator } from './plan.ts'
import { makeKit, makeTestDevice, type TestDevice } from './server-kit.ts'
import type { StorageFaults } from './storage-faults.ts'

/** A class of the town: so many days after the first one, with so many seats. */
export interface WantedClass {
  readonly day: number
  readonly seats: number
}

interface ServerBooking {
  readonly enrollmentId: EnrollmentId
  readonly nameKana: string
  readonly state: string
  readonly position: number | null
}

/** What the server's tables say about a class, in their own order. */
export interface ServerClass {
  /** In the order of arrival. */
  readonly bookings: readonly ServerBooking[]
  /** ふりがな of those who are here. */
  readonly here: readonly string[]
}

/** A small city on the last morning of a 年度, with some phones, each served by a process of its own over one database. */
export interface ModelTown {
  phone(n: number): ModelPhone
  readonly sessionIds: readonly SessionId[]
  /** By the model's id of what was said: what it made, a booking or a merge. */
  readonly ids: Map<string, Uuid>
  /** The next morning comes; phones' clocks go with it. */
  nextDay(): void
  classes(): Promise<readonly ServerClass[]>
  /** 延べ and 実人数 of the classes of a 年度, as the office reads them, and how many rows it is shown behind them. */
  totals(year: number): Promise<readonly (number | null)[]>
  /** The learner of this ふりがな. */
  learnerOf(nameKana: string): Promise<LearnerId>
  /** How many operations the server keeps of each phone. */
  kept(): Promise<readonly number[]>
  close(): Promise<void>
}

const FIRST_MORNING = '2026-03-31T01:00:00.000Z'
const DAYS = ['2026-03-31', '2026-04-01'] as const
const DAY_MS = 24 * 60 * 60 * 1000
let cities = 0

export interface ModelTownOptions {
  readonly database: Database
  readonly storage: StorageFaults
  readonly roles: readonly Role[]
  readonly classes: readonly WantedClass[]
}

/** Opens a city with a code nobody has yet in this database. */
export async function openModelTown({ database, storage, roles, classes }: ModelTownOptions): Promise<ModelTown> {
  const { sql } = database
  const city = await insertCity(database, { ...CITY, code: String((cities += 1)).padStart(6, '0') })
  let now = FIRST_MORNING as Instant
  const processes = roles.map((): ServerKit => ({ ...makeKit({ database, now, city }), now: () => now }))
  const sessionIds = await publishClasses(makeTestDevice(itemAt(processes, 0), { role: 'admin' }), classes)
  const phones = roles.map((role, index) => {
    const wayTo = (n: number): Send => sendTo(itemAt(processes, n), role)
    return openModelPhone({ start: FIRST_MORNING, ways: [wayTo(index), wayTo(index + 1)], storage })
  })
  return {
    phone(n) {
      const phone = phones[n]
      if (phone === undefined) throw new Error(`There is no phone ${n}`)
      return phone
    },
    sessionIds,
    ids: new Map(),
    nextDay() {
      now = instantOf(Date.parse(now) + DAY_MS)
      for (const phone of phones) phone.jump(1)
    },
    classes: () => Promise.all(sessionIds.map((sessionId) => readClass(database, city, sessionId))),
    async totals(year) {
      const [counted] = await readActuals(sql, city, year as FiscalYear)
      if (counted?.actual == null) return []
      const rows = await readRows(sql, city, counted.indicator, year as FiscalYear)
      return [counted.actual.count, counted.actual.uniqueLearners, rows.length]
    },
    async learnerOf(nameKana) {
      const [row] = await sql<{ learner_id: LearnerId }>`
        select learner_id from learners where city = ${city} and name_kana = ${nameKana}`
      if (row === undefined) throw new Error(`Nobody here is called ${nameKana}`)
      return row.learner_id
    },
    async kept() {
      const rows = await sql<{ device_id: string; count: number }>`
        select device_id, count(*)::int as count from operations where city = ${city} group by device_id`
      const counts = new Map(rows.map((row) => [row.device_id, row.count]))
      return Promise.all(phones.map(async (phone) => counts.get((await phone.deviceId()) ?? '') ?? 0))
    },
    close: async () => void (await Promise.all(phones.map((phone) => phone.close()))),
  }
}

async function publishClasses(office: TestDevice, wanted: readonly WantedClass[]): Promise<readonly SessionId[]> {
  const venue = makeVenue()
  const made = wanted.map(({ day, seats }) =>
    makeSession({ venueId: venue.venueId, heldOn: DAYS[day] ?? DAYS[0], capacity: seats }),
  )
  await office.push(
    office.op('plan.setIndicator', makeIndicator('classAttendances')),
    office.op('venue.save', venue),
    ...made.map((session) => office.op('session.create', session)),
    ...made.map(({ sessionId }) => office.op('session.publish', { sessionId })),
  )
  return made.map(({ sessionId }) => sessionId)
}

/** The real route, in process. */
function sendTo(kit: ServerKit, role: Role): Send {
  const route = syncRoute({ ...kit, whoIs: async () => makeIdentity(role) })
  const headers = { 'Content-Type': 'application/json' }
  return async (request) => route.request('/api/sync', { method: 'POST', headers, body: JSON.stringify(request) })
}

async function readClass({ sql }: Database, city: string, sessionId: SessionId): Promise<ServerClass> {
  const bookings = await sql<ServerBooking>`
    select e.enrollment_id as "enrollmentId", l.name_kana as "nameKana", e.state, e.position::int
      from enrollments_now e join learners l using (city, learner_id)
     where e.city = ${city} and e.session_id = ${sessionId} order by e.arrival`
  const here = await sql<{ name_kana: string }>`
    select l.name_kana from attendance a join learners l using (city, learner_id)
     where a.city = ${city} and a.session_id = ${sessionId} order by l.name_kana`
  return { bookings, here: here.map((row) => row.name_kana) }
}
