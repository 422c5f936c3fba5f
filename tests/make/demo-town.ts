import { fiscalYearOf } from '#kernel/fiscal-year.ts'
import {
  type Instant,
  instantAt,
  localDateOf,
  type LocalDate,
  type LocalTime,
  plusDays,
  plusMinutes,
} from '#kernel/time.ts'
import { fiscalYearParts } from '#kernel/wareki.ts'
import type { Role } from '#login/domain/roles.ts'
import type { Actor } from '#server/apply.ts'
import { ensureCity } from '#server/city.ts'
import type { ServerKit } from '#server/kit.ts'
import { PUSH_MAX } from '#sync/domain/limits.ts'
import type { Operation } from '#sync/domain/protocol.ts'
import { applyPush } from '#sync/server/push.ts'
import { makeChance } from './chance.ts'
import { CITY } from './city.ts'
import { act, type Act, aroundTime, type Speaker } from './demo-act.ts'
import { foundedOn, openDay, planPast, type PlannedSession } from './demo-calendar.ts'
import { planDesk, whoCame } from './demo-desk.ts'
import { INSTRUCTORS, VENUES } from './demo-places.ts'
import { makeRegister } from './demo-register.ts'
import { byArrival, cancelledOn, planSignUps, type Seat, seatsBySession } from './demo-sign-ups.ts'
import { planToday, planUpcoming } from './demo-upcoming.ts'
import { type Device, makeDevice } from './device.ts'
import { makeCancellation, makeCertification, makeItem, makeSession } from './payloads.ts'
import { makePlan } from './plan.ts'
import { assertAccepted } from './server-kit.ts'

/** What one device sends at once. */
export interface Push {
  readonly actor: Actor
  /** The server's clock when it arrives. */
  readonly at: Instant
  readonly operations: readonly Operation[]
}

/** A small town as it stands on the morning of `today`: everything that was said there since last year's April, in order of
 *  arrival. The same day gives the same town, to the byte. Nothing in it is said on `today` or later. */
export function makeDemoTown(today: LocalDate): readonly Push[] {
  const sessions = [...planPast(today), ...planToday(today), ...planUpcoming(today)]
  const signUps = sessions.flatMap((session) => planSignUps(session, today)).sort(byArrival)
  const seats = seatsBySession(signUps)
  const acts = [
    ...found(today),
    ...sessions.flatMap((session) => announce(session, today)),
    ...signUps.map(({ by, at, payload }) => act({ by, at }, 'enrollment.request', payload)),
    ...signUps.flatMap(({ givenBackAt, payload: { enrollmentId } }) =>
      givenBackAt === null
        ? []
        : [act({ by: 'office', at: givenBackAt }, 'enrollment.cancel', makeCancellation({ enrollmentId }))],
    ),
    ...sessions.flatMap((session) => planDesk(session, seats.get(session) ?? [], today)),
    ...sessions.flatMap((session) => approve(session, seats.get(session) ?? [], today)),
    ...register(today),
  ]
  return inPushes(acts)
}

/** Says everything that was said in the town to the real server, at the time it was said; all of it or, when something is
 *  not accepted, nothing. */
export async function seedDemoTown(kit: ServerKit, today: LocalDate): Promise<void> {
  await kit.database.transaction(async (sql) => {
    const [city] = await sql`select 1 from cities where city = ${kit.city}`
    if (city === undefined) await ensureCity({ sql }, { ...CITY, code: kit.city })
    const database = {
      ...kit.database,
      sql,
      transaction: <Value>(work: (one: typeof sql) => Promise<Value>) => work(sql),
    }
    for (const { actor, at, operations } of makeDemoTown(today)) {
      assertAccepted(await applyPush({ ...kit, database, now: () => at }, actor, operations))
    }
  })
}

/** 会場, 講師 and the city's plan, before everything else. */
function found(today: LocalDate): readonly Act[] {
  const said = { by: 'office', at: instantAt(foundedOn(today), '08:45' as LocalTime) } as const
  return [
    ...VENUES.map((venue) => act(said, 'venue.save', venue)),
    ...INSTRUCTORS.map((instructor) => act(said, 'instructor.save', instructor)),
    ...makePlan().map((indicator) => act(said, 'plan.setIndicator', indicator)),
  ]
}

function announce(session: PlannedSession, today: LocalDate): readonly Act[] {
  const { sessionId, fields, state, cancelReason: reason, announcedAt: at } = session
  const created = act({ by: 'office', at }, 'session.create', makeSession({ sessionId, ...fields }))
  if (state === 'draft') return [created]
  const published = act({ by: 'office', at: plusMinutes(at, 1) }, 'session.publish', { sessionId })
  if (state === 'published') return [created, published]
  const cancelledAt = instantAt(cancelledOn(session, today), '16:50' as LocalTime)
  return [created, published, act({ by: 'office', at: cancelledAt }, 'session.cancel', { sessionId, reason })]
}

/** 認定 of those who came to the last part of a course, two weeks after it. */
function approve(session: PlannedSession, seats: readonly Seat[], today: LocalDate): readonly Act[] {
  const { fields, absentCount, chance } = session
  if (fields.kind !== 'instructorTraining' || fields.heldOn === null || absentCount !== LAST_PART) return []
  const certifiedOn = openDay(plusDays(fields.heldOn, 14))
  if (certifiedOn >= today) return []
  const { eraYear } = fiscalYearParts(fiscalYearOf(certifiedOn))
  return whoCame(session, seats).map(({ learnerId }, place) => {
    const at = aroundTime(chance, certifiedOn, '16:40', 5)
    const certificationId = chance.newId(Date.parse(at))
    const number = `令和${eraYear ?? ''}年度 第${place + 1}号`
    return act(
      { by: 'office', at },
      'training.certify',
      makeCertification({ certificationId, learnerId, certifiedOn, number }),
    )
  })
}

const LAST_PART = 2 // counted from 0

/** What has gone online so far. What began before the town kept a register is written down when it is founded. */
function register(today: LocalDate): readonly Act[] {
  const chance = makeChance('register')
  const founded = foundedOn(today)
  return makeRegister()
    .filter(({ startedOn }) => startedOn < today)
    .map((item) => {
      const at = aroundTime(chance, item.startedOn < founded ? founded : item.startedOn, '09:05', 10)
      return act({ by: 'office', at }, 'plan.recordItem', makeItem({ itemId: chance.newId(Date.parse(at)), ...item }))
    })
}

/** Numbers what was said and packs it as devices do: what one of them has to send on one day, as long as nobody else comes between. */
function inPushes(acts: readonly Act[]): readonly Push[] {
  const devices = new Map<Speaker, Device>()
  const pushes: { actor: Actor; at: Instant; operations: Operation[] }[] = []
  for (const { by, name, payload, at, sentAt } of [...acts].sort(inOrder)) {
    const device = devices.get(by) ?? makeDevice({ role: roleOf(by), seed: by })
    devices.set(by, device)
    const operation = device.op(name, payload, at)
    const last = pushes.at(-1)
    const together = last?.actor === device.actor && localDateOf(last.at) === localDateOf(sentAt)
    if (last !== undefined && together && last.operations.length < PUSH_MAX) {
      last.operations.push(operation)
      last.at = sentAt
    } else pushes.push({ actor: device.actor, at: sentAt, operations: [operation] })
  }
  return pushes
}

function inOrder(a: Act, b: Act): number {
  if (a.sentAt !== b.sentAt) return a.sentAt < b.sentAt ? -1 : 1
  return a.at < b.at ? -1 : a.at > b.at ? 1 : 0
}

function roleOf(by: Speaker): Role {
  if (by === 'office') return 'organizer'
  return by.startsWith('phone') ? 'volunteer' : 'resident'
}
