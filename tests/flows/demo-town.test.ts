import { beforeAll, describe, expect, test } from 'vitest'
import { type MarkId, presentLearners } from '#attendance/domain/mark.ts'
import { instantAt, type LocalDate, type LocalTime } from '#kernel/time.ts'
import { learnerKey } from '#people/domain/same-learner.ts'
import { parseKana, parseName, parsePhone } from '#people/domain/person-text.ts'
import type { ServerKit } from '#server/kit.ts'
import { type PublicState, publicState } from '#sessions/domain/public-session.ts'
import { missingForPublication, SESSION_KINDS, type SessionKind } from '#sessions/domain/session.ts'
import type { RecordBodies, RecordKind } from '#sync/domain/device-record.ts'
import type { OperationName, OperationOf } from '#sync/domain/protocol.ts'
import { makeDemoTown, type Push, seedDemoTown } from '../make/demo-town.ts'
import { makePeople, PEOPLE_COUNT, RARE_PEOPLE } from '../make/names.ts'
import { makeDatabase } from '../make/postgres.ts'
import { makeKit, makeTestDevice } from '../make/server-kit.ts'

const TODAY = '2026-11-24' as LocalDate
const MORNING = instantAt(TODAY, '09:00' as LocalTime)

let town: readonly Push[]
let kit: ServerKit
beforeAll(async () => {
  town = makeDemoTown(TODAY)
  const database = await makeDatabase()
  kit = makeKit({ database, now: MORNING })
  await seedDemoTown(kit, TODAY)
  return () => database.close()
})

describe('the demo town', () => {
  test('is the same to the byte for the same day, and another for another day', () => {
    expect(JSON.stringify(makeDemoTown(TODAY))).toBe(JSON.stringify(town))
    expect(makeDemoTown('2026-11-25' as LocalDate)).not.toEqual(town)
  })

  test.each(['2026-04-01', '2027-01-03', '2028-02-29'])(
    'stands on any day, here %s: all that was said before it is accepted',
    async (day) => {
      const today = day as LocalDate
      const database = await makeDatabase()
      const other = makeKit({ database, now: instantAt(today, '00:00' as LocalTime) })
      await seedDemoTown(other, today)
      const pushes = makeDemoTown(today)
      expect(await countOperations(other)).toEqual({
        kept: pushes.flatMap(({ operations }) => operations).length,
        accepted: pushes.flatMap(({ operations }) => operations).length,
      })
      for (const { at, operations } of pushes) {
        expect(at < instantAt(today, '00:00' as LocalTime)).toBe(true)
        for (const operation of operations) expect(operation.at <= at).toBe(true)
      }
      await database.close()
    },
  )

  test('arrives in the order of the server clock, each device counting up without a gap', () => {
    const arrivals = town.map(({ at }) => at)
    expect(arrivals).toEqual([...arrivals].sort())
    const seen = new Map<string, number>()
    for (const { actor, operations } of town) {
      for (const { seq } of operations) {
        expect(seq).toBe((seen.get(actor.deviceId) ?? 0) + 1)
        seen.set(actor.deviceId, seq)
      }
    }
  })

  test('is founded once: founding it again changes nothing', async () => {
    const before = await readCity(kit)
    await seedDemoTown(kit, TODAY)
    expect(await readCity(kit)).toEqual(before)
  })

  test('is there as a whole or not at all', async () => {
    const database = await makeDatabase()
    const broken = makeKit({ database, now: MORNING })
    await database.sql`alter table enrollment_cancellations add constraint nothing check (false)`
    await expect(seedDemoTown(broken, TODAY)).rejects.toThrow('Not accepted')
    expect(await countOperations(broken)).toEqual({ kept: 0, accepted: 0 })
    await database.close()
  })
})

describe('what a resident finds there', () => {
  test('every kind of session, and every state a session can be in', async () => {
    const sessions = await held('resident', 'publicSession')
    const kinds = new Set<SessionKind>(sessions.map(({ kind }) => kind))
    expect([...kinds].sort()).toEqual([...SESSION_KINDS].sort())
    const states = new Set<PublicState>(sessions.map((session) => publicState(session, MORNING)))
    expect([...states].sort()).toEqual(['cancelled', 'closed', 'few', 'full', 'open', 'over'])
  })

  test('no drafts, of which the office has one that is complete and one that is not', async () => {
    const drafts = (await held('organizer', 'session')).filter(({ state }) => state === 'draft')
    expect(drafts).toHaveLength(2)
    expect(drafts.filter((draft) => missingForPublication(draft).length > 0)).toHaveLength(1)
    const known = (await held('resident', 'publicSession')).map(({ sessionId }) => sessionId)
    expect(known.filter((sessionId) => drafts.some((draft) => draft.sessionId === sessionId))).toEqual([])
  })
})

describe("today's class", () => {
  test('has sixteen people with a seat, two who wait, and nobody checked in yet', async () => {
    const sessions = await held('resident', 'publicSession')
    const today = sessions.filter(({ heldOn, kind }) => heldOn === TODAY && kind === 'class')
    expect(today).toMatchObject([{ startTime: '13:30', seats: 16, seatsLeft: 0, waiting: 2 }])
    const entries = await rosterOf(today[0]?.sessionId ?? '')
    const states = entries.map(({ state }) => state).sort()
    expect(states).toEqual(['cancelled', ...Array<string>(16).fill('enrolled'), 'waitlisted', 'waitlisted'])
    const [marks] = await kit.database.sql`
      select 1 from attendance_marks where city = ${kit.city} and session_id = ${today[0]?.sessionId}`
    expect(marks).toBeUndefined()
  })

  test('calls its people by the names they gave, byte for byte', async () => {
    const today = (await held('resident', 'publicSession')).find((one) => one.heldOn === TODAY && one.kind === 'class')
    const names = (await rosterOf(today?.sessionId ?? '')).map(({ name }) => name)
    expect(new Set(names)).toEqual(new Set(RARE_PEOPLE.slice(0, 19).map(({ name }) => name)))
    expect(names).toContain('\u{20BB7}田 ミツ')
    expect(names).toContain('\uFA19園 キヨ')
    expect(names).toContain('\uFA11山 正雄')
  })
})

describe('the people of the town', () => {
  const people = makePeople()

  test('say names, ふりがな and telephone numbers that the sign-up form takes as they are', () => {
    expect(people).toHaveLength(PEOPLE_COUNT)
    for (const { name, nameKana, phone } of people) {
      expect([parseName(name), parseKana(nameKana), parsePhone(phone)]).toEqual([
        { ok: true, value: name },
        { ok: true, value: nameKana },
        { ok: true, value: phone },
      ])
    }
  })

  test('are all different people, some with one name and some with one telephone', () => {
    const distinct = (of: (person: (typeof people)[number]) => string) => new Set(people.map(of)).size
    expect(distinct(({ nameKana, phone }) => learnerKey(nameKana, phone))).toBe(people.length)
    expect(distinct(({ name }) => name)).toBeLessThan(people.length)
    expect(distinct(({ phone }) => phone)).toBeLessThan(people.length)
  })

  test('keep their names in the database, byte for byte', async () => {
    const rows = await kit.database.sql<{ name: string; phone: string; name_kana: string }>`
      select name, name_kana, phone from learners where city = ${kit.city} and phone is not null`
    const asked = new Set(operations('enrollment.request').map(({ payload }) => personOf(payload)))
    expect(rows.map((row) => personOf({ ...row, nameKana: row.name_kana })).sort()).toEqual([...asked].sort())
    for (const person of RARE_PEOPLE.slice(0, 19)) expect(asked).toContain(personOf(person))
  })
})

test('whoever came is counted the same by the view and by the rule on what was pushed', async () => {
  const undone = new Set<MarkId>(operations('attendance.undo').flatMap(({ payload }) => payload.markIds))
  const taps = [...operations('attendance.mark'), ...operations('attendance.walkIn')].map(({ payload }) => payload)
  const sessionIds = [...new Set(taps.map(({ sessionId }) => sessionId))]
  const expected = sessionIds.flatMap((sessionId) =>
    [
      ...presentLearners(
        taps.filter((tap) => tap.sessionId === sessionId),
        undone,
      ),
    ].map((one) => `${sessionId} ${one}`),
  )
  const rows = await kit.database.sql<{ pair: string }>`
    select session_id || ' ' || learner_id as pair from attendance where city = ${kit.city}`
  expect(rows.map(({ pair }) => pair).sort()).toEqual(expected.sort())
  expect(undone.size).toBeGreaterThan(0)
  expect(new Set(taps.map(({ markId }) => markId)).size).toBe(taps.length)
  expect(expected.length).toBeLessThan(taps.length - undone.size) // some were tapped on two phones
})

test('every line of the plan has something to count in both years, and nobody is left for review', async () => {
  const rows = await kit.database.sql<{ measure: string; last_year: number; this_year: number }>`
    select measure, count(*) filter (where counted_on between '2025-04-01' and '2026-03-31')::int as last_year,
           count(*) filter (where counted_on between '2026-04-01' and '2027-03-31')::int as this_year
      from kpi_facts where city = ${kit.city} group by measure`
  expect(rows.map(({ measure }) => measure).sort()).toEqual(
    ['certifications', 'classAttendances', 'facilities', 'helpDeskVisits', 'procedures'].sort(),
  )
  for (const { last_year, this_year } of rows) expect(Math.min(last_year, this_year)).toBeGreaterThan(0)
  const [review] = await kit.database.sql`select 1 from kpi_review where city = ${kit.city}`
  expect(review).toBeUndefined()
})

function operations<Name extends OperationName>(name: Name): readonly OperationOf<Name>[] {
  const all = town.flatMap((push) => push.operations)
  return all.filter((operation): operation is OperationOf<Name> => operation.name === name)
}

/** What a device of this role holds of a kind. */
async function held<Kind extends RecordKind>(
  role: 'resident' | 'organizer' | 'volunteer',
  kind: Kind,
): Promise<readonly RecordBodies[Kind][]> {
  const records = await makeTestDevice(kit, { role }).pull()
  return records.flatMap((record) =>
    record.kind === kind && record.body !== null ? [record.body] : [],
  ) as RecordBodies[Kind][]
}

async function rosterOf(sessionId: string): Promise<readonly RecordBodies['rosterEntry'][]> {
  const records = await makeTestDevice(kit, { role: 'volunteer' }).pull()
  return records.flatMap((record) =>
    record.kind === 'rosterEntry' && record.bucket === `session:${sessionId}` && record.body !== null
      ? [record.body]
      : [],
  )
}

function personOf({ name, nameKana, phone }: { name: string; nameKana: string; phone: string }): string {
  return [name, nameKana, phone].join('/')
}

async function countOperations({ database, city }: ServerKit): Promise<{ kept: number; accepted: number }> {
  const [row] = await database.sql<{ kept: number; accepted: number }>`
    select count(*)::int as kept, count(*) filter (where outcome ->> 'status' = 'accepted')::int as accepted
      from operations where city = ${city}`
  return row ?? { kept: 0, accepted: 0 }
}

async function readCity({ database, city }: ServerKit): Promise<unknown> {
  return database.sql`
    select c.*, (select count(*)::int from learners where city = c.city) as people from cities c where c.city = ${city}`
}
