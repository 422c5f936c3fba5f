import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { checkAudit } from '#audit/server/verify-audit.ts'
import { instantOf, localDateOf, plusDays } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { Database } from '#server/database.ts'
import type { Outcome } from '#sync/domain/protocol.ts'
import { type Chance, itemAt } from './chance.ts'
import { makeOutboxPhone, type OutboxPhone } from './outbox-phone.ts'
import { makeEnrollment, makeMark, makeSession, makeUndo, makeVenue, makeWalkIn } from './payloads.ts'

/** A class that fills up while another one is checked in: helpers tap, residents ask for seats, and all send to one address. */
export interface BusyHall {
  readonly phones: readonly OutboxPhone[]
  /** Everybody is at it until told to stop; what they said by then is sent until all of it is answered. */
  runUntil(isOver: () => boolean): Promise<void>
}

interface Wanted {
  readonly url: string
  /** Of somebody who may plan and check in. */
  readonly cookie: string
  readonly chance: Chance
  readonly helpers?: number
  readonly residents?: number
}

export const SEATS = 10
const BETWEEN_TAPS_MS = 300 // a device has 40 round trips in 10 s
const BETWEEN_REQUESTS_MS = 500

export async function makeBusyHall(wanted: Wanted): Promise<BusyHall> {
  const { url, cookie, chance, helpers = 6, residents = 30 } = wanted
  const office = makeOutboxPhone({ url, cookie, address: '192.0.2.1' })
  const today = localDateOf(instantOf(Date.now()))
  const { venueId } = makeVenue()
  office.say('venue.save', makeVenue({ venueId }))
  const inDays = (days: number) =>
    makeSession({ heldOn: plusDays(today, days), venueId, capacity: SEATS, teacherCount: 3 })
  const [open, full] = [inDays(0), inDays(14)]
  for (const session of [open, full]) {
    office.say('session.create', session)
    office.say('session.publish', { sessionId: session.sessionId })
  }
  await office.settle()

  const helping = Array.from({ length: helpers }, (_, nth) =>
    makeOutboxPhone({ url, cookie, address: `192.0.2.${10 + nth}` }),
  )
  const asking = Array.from({ length: residents }, (_, nth) => makeOutboxPhone({ url, address: `198.51.100.${nth}` }))

  async function help(phone: OutboxPhone, isOver: () => boolean): Promise<void> {
    const { sessionId } = open
    const made = [makeMark({ sessionId })]
    phone.say('attendance.mark', itemAt(made, 0))
    while (!isOver()) {
      const what = chance.int(0, 9)
      if (what < 7) {
        const mark = makeMark({ sessionId })
        made.push(mark)
        phone.say('attendance.mark', mark)
      } else if (what < 9) phone.say('attendance.undo', makeUndo(itemAt(made, chance.int(0, made.length - 1))))
      else phone.say('attendance.walkIn', makeWalkIn({ sessionId }))
      await phone.sync()
      await sleep(chance.int(0, BETWEEN_TAPS_MS * 2))
    }
    await phone.settle()
  }

  async function ask(phone: OutboxPhone, nth: number): Promise<void> {
    await sleep(nth * (BETWEEN_REQUESTS_MS / 2))
    const number = `0900001${String(nth).padStart(4, '0')}`
    phone.say('enrollment.request', makeEnrollment({ sessionId: full.sessionId, phone: number, channel: 'web' }))
    while (phone.unsentCount() > 0) if (!(await phone.sync())) await sleep(BETWEEN_REQUESTS_MS)
  }

  return {
    phones: [office, ...helping, ...asking],
    runUntil: async (isOver) =>
      void (await Promise.all([...helping.map((phone) => help(phone, isOver)), ...asking.map(ask)])),
  }
}

/** What became of everything that was said, as the database has it. */
export interface Kept {
  readonly acknowledged: number
  /** Acknowledged, and not there; there, but with another answer; there, though nobody said it. */
  readonly lost: readonly Uuid[]
  readonly otherwise: readonly Uuid[]
  readonly unsaid: readonly Uuid[]
  /** Marks there are, less marks acknowledged. */
  readonly marksTooMany: number
  readonly enrolled: number
  /** Versions of the city that no transaction can be named for. */
  readonly versionGaps: number
  readonly auditBreaks: number
  /** Lines of the audit about what these phones said, less what was acknowledged. */
  readonly auditTooMany: number
}

/** Nothing lost, nothing twice, no seat over. */
export const ALL_KEPT = {
  lost: [],
  otherwise: [],
  unsaid: [],
  marksTooMany: 0,
  enrolled: SEATS,
  versionGaps: 0,
  auditBreaks: 0,
  auditTooMany: 0,
} as const satisfies Omit<Kept, 'acknowledged'>

/** Compares what each phone was told with what is there. */
export async function readKept(database: Database, city: string, { phones }: BusyHall): Promise<Kept> {
  const told = new Map<Uuid, Outcome>(phones.flatMap(({ answers }) => [...answers]))
  const devices = phones.map(({ deviceId }) => deviceId)
  const there = await database.sql<{ id: Uuid; name: string; outcome: Omit<Outcome, 'id'> }>`
    select id, name, outcome from operations where city = ${city} and device_id = any(${devices})`
  const thereById = new Map(there.map((one) => [one.id, one]))
  const marks = there.filter(({ name, outcome: { status } }) => isMark(name) && status === 'accepted')
  const [counted] = await database.sql<{ marks: number; enrolled: number; gaps: number; lines: number }>`
    select (select count(*) from attendance_marks where city = ${city}) as marks,
           (select count(*) from enrollments_now where city = ${city} and state = 'enrolled') as enrolled,
           (select c.version - (select count(*) from feed_versions f where f.city = c.city)
              from cities c where c.city = ${city}) as gaps,
           (select count(*) from audit_log
             where city = ${city} and device_id = any(${devices}) and action <> 'roster.sent') as lines`
  if (counted === undefined) throw new Error('Nothing was counted')
  return {
    acknowledged: told.size,
    lost: [...told.keys()].filter((id) => !thereById.has(id)),
    otherwise: there.flatMap(({ id, outcome }) => (isSame(told.get(id), { id, ...outcome }) ? [] : [id])),
    unsaid: there.flatMap(({ id }) => (told.has(id) ? [] : [id])),
    marksTooMany: counted.marks - marks.length,
    enrolled: counted.enrolled,
    versionGaps: counted.gaps,
    auditBreaks: (await checkAudit(database, city)).breakCount,
    auditTooMany: counted.lines - told.size,
  }
}

function isMark(name: string): boolean {
  return name === 'attendance.mark' || name === 'attendance.walkIn'
}

function isSame(told: Outcome | undefined, there: object): boolean {
  return isDeepStrictEqual({ ...told }, { ...there })
}
