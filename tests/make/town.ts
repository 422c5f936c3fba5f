import { type Instant, localDateOf, type LocalDate, plusDays } from '#kernel/time.ts'
import { uuidv7, type Uuid } from '#kernel/uuid.ts'
import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import type { Role } from '#login/domain/roles.ts'
import type { Actor } from '#server/apply.ts'
import type { Database } from '#server/database.ts'
import type { ServerKit } from '#server/kit.ts'
import type { SessionFields, SessionId } from '#sessions/domain/session.ts'
import type { ChangedRecord } from '#sync/domain/device-record.ts'
import type { Operation, OperationName, Outcome, PayloadOf, SyncAnswer } from '#sync/domain/protocol.ts'
import { exchange } from '#sync/server/sync-route.ts'
import { makeDatabase } from './postgres.ts'

/** A device that talks to the real server in process. Numbers its operations as a phone does. */
export interface TownDevice {
  readonly actor: Actor
  op<Name extends OperationName>(name: Name, payload: PayloadOf<Name>, at?: Instant): Operation
  push(...operations: readonly unknown[]): Promise<SyncAnswer>
  say<Name extends OperationName>(name: Name, payload: PayloadOf<Name>): Promise<Outcome>
  /** Everything the device may hold now. */
  pull(): Promise<readonly ChangedRecord[]>
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

export interface WantedSession extends Partial<Omit<SessionFields, 'heldOn' | 'enrollUntilOn'>> {
  readonly teacherCount?: number
  readonly heldOn?: string
  readonly enrollUntilOn?: string
}

/** A city of its own in a database of its own, standing at `now`. */
export async function makeTown({ now }: { readonly now: string }): Promise<Town> {
  const database: Database = await makeDatabase()
  const city = '000000'
  await database.sql`
    insert into cities (city, name, phone) values (${city}, 'みどり市', '0996-00-0000') on conflict do nothing`
  const at = now as Instant
  const kit: ServerKit = { database, city, now: () => at, roleOf: async () => 'resident' }
  const newId = <Id extends Uuid>(): Id => uuidv7(Date.parse(at), crypto.getRandomValues(new Uint8Array(10))) as Id

  function device(role: Role): TownDevice {
    const actor: Actor = { role, deviceId: newId() }
    let seq = 0
    const op: TownDevice['op'] = (name, payload, happenedAt = at) =>
      ({ id: newId(), seq: ++seq, at: happenedAt, name, payload }) as unknown as Operation
    const push: TownDevice['push'] = (...operations) => exchange(kit, actor, { push: [...operations], cursors: {} })
    return {
      actor,
      op,
      push,
      async say(name, payload) {
        const { outcomes } = await push(op(name, payload))
        const [outcome] = outcomes
        if (outcome === undefined) throw new Error('The server gave no outcome')
        return outcome
      },
      pull: async () => (await exchange(kit, actor, { push: [], cursors: {} })).changes,
    }
  }

  const office = device('organizer')
  let fieldsOf = new Map<SessionId, SessionFields>()
  let people = 0

  async function createSession(wanted: WantedSession): Promise<SessionId> {
    const sessionId = newId<SessionId>()
    const venueId = newId<PayloadOf<'venue.save'>['venueId']>()
    const { teacherCount = 1, heldOn, enrollUntilOn, ...rest } = wanted
    const teachers = Array.from({ length: teacherCount }, () => ({
      instructorId: newId<PayloadOf<'instructor.save'>['instructorId']>(),
      role: 'instructor' as const,
    }))
    const fields: SessionFields = {
      kind: 'class',
      title: 'はじめてのスマホ教室',
      venueId,
      startTime: '13:30' as SessionFields['startTime'],
      endTime: '15:00' as SessionFields['endTime'],
      capacity: 20,
      teachers,
      note: null,
      ...rest,
      heldOn: (heldOn as LocalDate | undefined) ?? plusDays(localDateOf(at), 14),
      enrollUntilOn: (enrollUntilOn as LocalDate | undefined) ?? null,
    }
    fieldsOf.set(sessionId, fields)
    await accept(
      office.op('venue.save', { venueId, name: '中央公民館', address: '中央1-1', district: null }),
      office.op('session.create', { sessionId, fields, source: null }),
    )
    return sessionId
  }

  async function accept(...operations: readonly Operation[]): Promise<void> {
    const { outcomes } = await office.push(...operations)
    const bad = outcomes.find((outcome) => outcome.status !== 'accepted')
    if (bad !== undefined) throw new Error(`Not accepted: ${JSON.stringify(bad)}`)
  }

  return {
    kit,
    device,
    newId,
    createSession,
    async publishSession(wanted) {
      const sessionId = await createSession(wanted)
      await accept(office.op('session.publish', { sessionId }))
      return sessionId
    },
    async editSession(sessionId, changed) {
      const before = fieldsOf.get(sessionId)
      if (before === undefined) throw new Error('Only sessions of this town can be edited')
      const fields = { ...before, ...changed }
      fieldsOf.set(sessionId, fields)
      await accept(office.op('session.edit', { sessionId, fields, basedOn: Number.MAX_SAFE_INTEGER }))
    },
    request({ sessionId }) {
      const phone = `090${String(10_000_000 + ++people)}`
      const nameKana = `やまだ ${'あいうえおかきくけこ'.charAt(people % 10)}`
      return { enrollmentId: newId<EnrollmentId>(), sessionId, name: '山田 花子', nameKana, phone, channel: 'web' }
    },
    async states(sessionId) {
      const rows = await database.sql<{ state: string }>`
        select state from enrollments_now where city = ${city} and session_id = ${sessionId} order by arrival`
      return rows.map((row) => row.state)
    },
    close: () => database.close(),
  }
}
