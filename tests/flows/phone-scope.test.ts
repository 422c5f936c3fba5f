import fc from 'fast-check'
import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Instant, instantAt, localDateOf, type LocalTime, plusDays, plusMinutes } from '#kernel/time.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { ServerKit } from '#server/kit.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { retireRecords } from '#sync/server/retire-records.ts'
import { itemAt } from '../make/chance.ts'
import { makeHttpPhone, pairPhone, phoneServer, saveInstructor } from '../make/pairing.ts'
import { makeMark } from '../make/payloads.ts'
import { makeTown, type Town } from '../make/town.ts'

const START = '2026-05-12T04:30:00.000Z' as Instant
const TODAY = localDateOf(START)
const ENDS = '15:00' as LocalTime // of every session here
let now: Instant = START
let town: Town
let kit: ServerKit
let server: Hono
beforeAll(async () => {
  town = await makeTown({ now: START })
  kit = { ...town.kit, now: () => now }
  server = phoneServer(kit)
  return () => town.close()
})

const asTeachers = (ids: readonly InstructorId[]) =>
  ids.map((instructorId) => ({ instructorId, role: 'assistant' as const }))

interface Planned {
  readonly sessionId: SessionId
  /** Days from today. */
  inDays: number
  teachers: readonly InstructorId[]
}

/** What may happen between two contacts of the phones. */
const anyStep = fc.oneof(
  fc.record({ do: fc.constant('assign' as const), session: fc.nat(3), who: fc.subarray([0, 1, 2], { minLength: 1 }) }),
  fc.record({ do: fc.constant('move' as const), session: fc.nat(3), inDays: fc.integer({ min: -3, max: 3 }) }),
  fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ do: fc.constant('hand' as const), phone: fc.nat(2), to: fc.nat(2) }),
  fc.record({ do: fc.constant('leave' as const), phone: fc.nat(2) }),
  fc.record({ do: fc.constant('tap' as const), phone: fc.nat(2), session: fc.nat(3) }),
)
type Step = typeof anyStep extends fc.Arbitrary<infer One> ? One : never

/** Three people, four sessions of these days, three phones, and who holds them. */
async function makeScene() {
  now = START
  const people = [await saveInstructor(kit), await saveInstructor(kit), await saveInstructor(kit)]
  const [first] = people
  const planned: Planned[] = []
  for (const inDays of [-1, 0, 0, 1]) {
    const teachers = first === undefined ? [] : [first]
    const sessionId = await town.publishSession({ heldOn: plusDays(TODAY, inDays), teachers: asTeachers(teachers) })
    await town.device('organizer').say('enrollment.request', town.request({ sessionId }))
    planned.push({ sessionId, inDays, teachers })
  }
  const phones = [0, 1, 2].map(() => ({ http: makeHttpPhone(server.request), holder: null as InstructorId | null }))
  return { people, planned, phones }
}
type Scene = Awaited<ReturnType<typeof makeScene>>

/** Twin of what the server grants, said once more in plain words. */
function mayHold({ planned }: Scene, holder: InstructorId | null): readonly string[] {
  const today = localDateOf(now)
  const near = [-1, 0, 1].map((days) => plusDays(today, days))
  return planned
    .filter(({ teachers }) => holder !== null && teachers.includes(holder))
    .filter(({ inDays }) => near.includes(plusDays(TODAY, inDays)))
    .filter(({ inDays }) => plusMinutes(instantAt(plusDays(TODAY, inDays), ENDS), 24 * 60) > now)
    .map(({ sessionId }) => `session:${sessionId}`)
}

async function take({ people, planned, phones }: Scene, step: Step): Promise<void> {
  if (step.do === 'wait') now = plusMinutes(now, step.hours * 60)
  else if (step.do === 'assign' || step.do === 'move') {
    const session = itemAt(planned, step.session)
    if (step.do === 'assign') session.teachers = step.who.map((who) => itemAt(people, who))
    else session.inDays = step.inDays
    const changed = { heldOn: plusDays(TODAY, session.inDays), teachers: asTeachers(session.teachers) }
    await town.editSession(session.sessionId, changed)
  } else {
    const phone = itemAt(phones, step.phone)
    if (step.do === 'tap') {
      const { sessionId } = itemAt(planned, step.session)
      await phone.http.sync([phone.http.op('attendance.mark', makeMark({ sessionId }))])
    } else if (step.do === 'leave') {
      await phone.http.leave()
      phone.holder = null
    } else {
      phone.holder = itemAt(people, step.to)
      await pairPhone(kit, phone.http.device, phone.holder)
    }
  }
}

async function check(scene: Scene): Promise<void> {
  for (const { http, holder } of scene.phones) {
    const { changes } = await http.sync()
    const expected = mayHold(scene, holder)
    const lists = http.held().filter((bucket) => bucket.startsWith('session:'))
    expect(lists.toSorted()).toEqual(expected.toSorted())
    const told = changes.map(({ bucket }) => bucket).filter((bucket) => bucket.startsWith('session:'))
    expect(told.filter((bucket) => !expected.includes(bucket))).toEqual([])
  }
}

test('whatever is assigned, moved, handed on or tapped: no phone is ever answered with a list that is not its person’s', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 8 }), async (steps) => {
      const scene = await makeScene()
      await check(scene)
      for (const step of steps) {
        await take(scene, step)
        await check(scene)
      }
    }),
    { numRuns: 25, seed: 8 },
  )
})

describe('a list that nobody may hold any more', () => {
  test('stays 14 days for a session that is put off, and is then no longer kept for phones at all', async () => {
    now = START
    const helper = await saveInstructor(kit)
    const sessionId = await town.publishSession({ heldOn: TODAY, teachers: asTeachers([helper]) })
    await town.device('organizer').say('enrollment.request', town.request({ sessionId }))
    const countKept = async (): Promise<number> => {
      const [row] = await kit.database.sql<{ count: number }>`
        select count(*)::int as count from device_records where city = ${kit.city} and bucket = ${`session:${sessionId}`}`
      return row?.count ?? 0
    }
    const kept = await countKept()
    expect(kept).toBeGreaterThanOrEqual(3) // the session, its hall, and a person
    now = plusMinutes(START, 14 * 24 * 60)
    await retireRecords(kit)
    expect(await countKept()).toBe(kept)
    now = plusMinutes(START, 15 * 24 * 60)
    await retireRecords(kit)
    expect(await countKept()).toBe(0)
    const [row] = await kit.database.sql<{ count: number }>`
      select count(*)::int as count from enrollments where city = ${kit.city} and session_id = ${sessionId}`
    expect(row?.count).toBe(1) // the city's own records stay
  })
})
