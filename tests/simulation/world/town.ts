import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import { type Instant, instantOf, localDateOf, type LocalTime, plusDays } from '#kernel/time.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { ServerKit } from '#server/kit.ts'
import type { SessionFields, SessionId } from '#sessions/domain/session.ts'
import type { Venue } from '#people/domain/venue.ts'
import type { Database } from '#server/database.ts'
import { type Chance, makeChance } from '../../make/chance.ts'
import { CITY, insertCity } from '../../make/city.ts'
import { makeDistinctPeople, type Person } from '../../make/names.ts'
import { makeKit } from '../../make/server-kit.ts'
import { makeStaffLogin } from '../../make/staff.ts'
import { makeSimPhone, type SimPhone } from './phone.ts'
import { type ServerProcess, startServer } from './server-process.ts'

/** A Tuesday at noon in Japan. */
const NOON = '2026-12-01T03:00:00.000Z' as Instant
const PEOPLE = makeDistinctPeople()

/** A class of the town, and who works there. */
export interface SimSession {
  readonly name: string
  readonly sessionId: SessionId
  readonly fields: SessionFields
}

/** A city with an office, two volunteers and two residents, each with a phone, and two processes of its server. */
export interface SimTown {
  readonly seed: string
  readonly chance: Chance
  /** Without faults: for looking at what is true. */
  readonly kit: ServerKit
  readonly servers: ServerProcess[]
  readonly office: SimPhone
  readonly volunteers: readonly SimPhone[]
  readonly residents: readonly SimPhone[]
  readonly phones: readonly SimPhone[]
  /** Two that are published, and a draft. */
  readonly sessions: readonly SimSession[]
  /** More than there are seats. */
  readonly people: readonly Person[]
  /** Those somebody asked for, arrived or not. */
  readonly enrollments: EnrollmentId[]
  now(): Instant
  later(minutes: number): void
  /** A process ended, another one begins over the same database. */
  restart(index: number): void
}

/** `run`: tells two runs of one seed apart. */
export async function makeSimTown(database: Database, seed: string, run: string): Promise<SimTown> {
  let nowMs = Date.parse(NOON)
  const now = (): Instant => instantOf(nowMs)
  const chance = makeChance(seed)
  const city = await insertCity(database, { ...CITY, code: run })
  const kit: ServerKit = { ...makeKit({ database, now: NOON, city }), now }
  const { cookie } = await makeStaffLogin(kit, 'organizer')
  const newId = <Id>(): Id => chance.newId(nowMs) as Id
  const [naomi, ken] = [newId<InstructorId>(), newId<InstructorId>()]
  const base = { run, seed, now }
  const office = makeSimPhone({ ...base, name: 'office', cookie })
  const volunteers = [
    makeSimPhone({ ...base, name: 'naomi', instructorId: naomi }),
    makeSimPhone({ ...base, name: 'ken', instructorId: ken }),
  ]
  const residents = [makeSimPhone({ ...base, name: 'ito' }), makeSimPhone({ ...base, name: 'mori' })]
  const begin = (): ServerProcess => startServer({ database, city, now })
  const town: SimTown = {
    seed,
    chance,
    kit,
    office,
    volunteers,
    residents,
    now,
    servers: [begin(), begin()],
    phones: [office, ...volunteers, ...residents],
    sessions: makeSessions({ newId, today: localDateOf(NOON), naomi, ken }),
    people: chance.sample(PEOPLE, 12),
    enrollments: [],
    later: (minutes) => void (nowMs += minutes * 60_000),
    restart: (index) => void (town.servers[index] = begin()),
  }
  return town
}

interface Wanted {
  readonly newId: <Id>() => Id
  readonly today: ReturnType<typeof localDateOf>
  readonly naomi: InstructorId
  readonly ken: InstructorId
}

/** This afternoon with both, this evening with one, and tomorrow with the other, not published yet. */
function makeSessions({ newId, today, naomi, ken }: Wanted): readonly SimSession[] {
  const venueId = newId<Venue['venueId']>()
  const make = (name: string, hour: number, capacity: number, who: readonly InstructorId[]): SimSession => ({
    name,
    sessionId: newId<SessionId>(),
    fields: {
      kind: 'class',
      title: name,
      venueId,
      heldOn: plusDays(today, name === 'tomorrow' ? 1 : 0),
      startTime: `${hour}:00` as LocalTime,
      endTime: `${hour + 1}:30` as LocalTime,
      capacity,
      teachers: who.map((instructorId) => ({ instructorId, role: 'instructor' })),
      enrollUntilOn: null,
      note: null,
    },
  })
  return [make('afternoon', 18, 5, [naomi, ken]), make('evening', 20, 2, [ken]), make('tomorrow', 10, 3, [naomi])]
}
