import type { Hono } from 'hono'
import { expect } from 'vitest'
import { type Instant, localDateOf, plusMinutes } from '#kernel/time.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { ServerKit } from '#server/kit.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { phoneServer, saveInstructor } from './pairing.ts'
import { makeTown, type Town } from './town.ts'

/** Whose a phone was, why no more, and whether it has come back and let go of everything. */
export interface PairingSeen {
  readonly whose: InstructorId
  readonly reason: string | null
  readonly wiped: boolean
}

/** A town with two volunteers, whose clock a test can move, and whose routes of phones are the real ones. */
export interface PhoneTown {
  readonly town: Town
  readonly kit: ServerKit
  /** 川畑 直美 and 福元 健. */
  readonly naomi: InstructorId
  readonly ken: InstructorId
  /** Routes that nobody has guessed at yet, at the town's first moment. */
  begin(): Hono
  now(): Instant
  /** Stands so many minutes after the first moment. */
  later(minutes: number): void
  /** Today's class of these people, from `startTime` for an hour and a half, with so many on its list. */
  publishClass(instructorIds: readonly InstructorId[], people?: number, startTime?: string): Promise<SessionId>
  /** What the audit says was done on this device about its pairing, oldest first. */
  auditOf(deviceId: string): Promise<readonly string[]>
  pairingsOf(deviceId: string): Promise<readonly PairingSeen[]>
  /** The organizer stops the phone. Answers its pairing. */
  endPairing(server: Hono, deviceId: string, reason?: 'lost' | 'left'): Promise<string>
}

export async function makePhoneTown({ start }: { readonly start: Instant }): Promise<PhoneTown> {
  let now = start
  const town = await makeTown({ now: start })
  const kit: ServerKit = { ...town.kit, now: () => now }
  const { sql } = kit.database
  return {
    town,
    kit,
    naomi: await saveInstructor(kit, { name: '川畑 直美', nameKana: 'かわばた なおみ' }),
    ken: await saveInstructor(kit, { name: '福元 健', nameKana: 'ふくもと けん' }),
    begin() {
      now = start
      return phoneServer(kit)
    },
    now: () => now,
    later: (minutes) => void (now = plusMinutes(start, minutes)),
    async publishClass(instructorIds, people = 3, startTime = '14:00') {
      const sessionId = await town.publishSession({
        heldOn: localDateOf(start),
        startTime,
        endTime: `${Number(startTime.slice(0, 2)) + 1}:30`,
        capacity: 500,
        teachers: instructorIds.map((instructorId) => ({ instructorId, role: 'instructor' as const })),
      })
      const office = town.device('organizer')
      await office.push(
        ...Array.from({ length: people }, () => office.op('enrollment.request', town.request({ sessionId }))),
      )
      return sessionId
    },
    async auditOf(deviceId) {
      const rows = await sql<{ line: string }>`
        select action || coalesce(' ' || reason, '') as line from audit_log
         where city = ${kit.city} and device_id = ${deviceId} and action like 'pairing.%' order by seq`
      return rows.map((row) => row.line)
    },
    pairingsOf: (deviceId) => sql<PairingSeen>`
      select instructor_id as whose, end_reason as reason, wiped_at is not null as wiped from pairings
       where city = ${kit.city} and device_id = ${deviceId} order by ended_at nulls last`,
    async endPairing(server, deviceId, reason = 'lost') {
      const [row] = await sql<{ id: string }>`
        select pairing_id as id from pairings where city = ${kit.city} and device_id = ${deviceId} and ended_at is null`
      const answer = await server.request('/api/admin/phones/end', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ pairingId: row?.id, reason }),
      })
      expect(await answer.json()).toEqual({ ended: true })
      return row?.id ?? ''
    },
  }
}

/** Status and body of an answer. */
export async function answerOf(asked: Response | Promise<Response>): Promise<[number, unknown]> {
  const response = await asked
  return [response.status, await response.json()]
}
