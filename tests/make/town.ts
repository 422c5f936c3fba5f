import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import { type Instant, localDateOf, plusDays } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { Role } from '#login/domain/roles.ts'
import type { ServerKit } from '#server/kit.ts'
import type { SessionFields, SessionId } from '#sessions/domain/session.ts'
import type { OperationName, Outcome, PayloadOf } from '#sync/domain/protocol.ts'
import { makeChance } from './chance.ts'
import { insertCity } from './city.ts'
import { makeEnrollment, makeSession, makeVenue } from './payloads.ts'
import { makeDatabase } from './postgres.ts'
import { makeKit, makeTestDevice, type TestDevice } from './server-kit.ts'

export interface TownDevice extends TestDevice {
  /** Says one thing at the town's time, and tells what the server answered. */
  say<Name extends OperationName>(name: Name, payload: PayloadOf<Name>): Promise<Outcome>
}

export interface Town {
  readonly kit: ServerKit
  device(role: Role): TownDevice
  newId<Id extends Uuid>(): Id
  createSession(wanted: WantedSession): Promise<SessionId>
  publishSession(wanted: WantedSession): Promise<SessionId>
  editSession(sessionId: SessionId, changed: Partial<SessionFields>): Promise<void>
  /** A person nobody has met, asking for a place. */
  request(wanted: { sessionId: SessionId }): PayloadOf<'enrollment.request'>
  /** The states of a session's enrollments in order of arrival. */
  states(sessionId: SessionId): Promise<readonly string[]>
  close(): Promise<void>
}

/** Two weeks from now unless the test says when. */
export type WantedSession = Omit<NonNullable<Parameters<typeof makeSession>[0]>, 'venueId'>

/** A city in a database of its own, standing at `now`, where sessions are made through the real server. */
export async function makeTown({ now }: { readonly now: string }): Promise<Town> {
  const database = await makeDatabase()
  const city = await insertCity(database)
  const at = now as Instant
  const kit = makeKit({ database, now })
  const chance = makeChance('town')
  const fieldsOf = new Map<SessionId, SessionFields>()
  let people = 0

  function device(role: Role): TownDevice {
    const phone = makeTestDevice(kit, { role })
    return {
      ...phone,
      op: (name, payload, happenedAt = at) => phone.op(name, payload, happenedAt),
      async say(name, payload) {
        const [outcome] = await phone.ask(phone.op(name, payload, at))
        if (outcome === undefined) throw new Error('The server gave no outcome')
        return outcome
      },
    }
  }
  const office = device('organizer')

  async function createSession(wanted: WantedSession): Promise<SessionId> {
    const venue = makeVenue()
    const made = makeSession({ heldOn: plusDays(localDateOf(at), 14), ...wanted, venueId: venue.venueId })
    fieldsOf.set(made.sessionId, made.fields)
    await office.push(office.op('venue.save', venue), office.op('session.create', made))
    return made.sessionId
  }

  return {
    kit,
    device,
    newId: <Id extends Uuid>() => chance.newId<Id>(Date.parse(at)),
    createSession,
    async publishSession(wanted) {
      const sessionId = await createSession(wanted)
      await office.push(office.op('session.publish', { sessionId }))
      return sessionId
    },
    async editSession(sessionId, changed) {
      const before = fieldsOf.get(sessionId)
      if (before === undefined) throw new Error('Only sessions of this town can be edited')
      const fields = { ...before, ...changed }
      fieldsOf.set(sessionId, fields)
      const [row] = await database.sql<{ version: number }>`
        select version from sessions where city = ${city} and session_id = ${sessionId}`
      await office.push(office.op('session.edit', { sessionId, fields, basedOn: row?.version ?? 0 }))
    },
    request({ sessionId }) {
      const enrollmentId = chance.newId<EnrollmentId>(Date.parse(at))
      return makeEnrollment({ enrollmentId, sessionId, phone: `090${10_000_000 + ++people}`, channel: 'web' })
    },
    async states(sessionId) {
      const rows = await database.sql<{ state: string }>`
        select state from enrollments_now where city = ${city} and session_id = ${sessionId} order by arrival`
      return rows.map((row) => row.state)
    },
    close: () => database.close(),
  }
}
