import * as v from 'valibot'
import { reference, uuid } from '#kernel/schema.ts'
import type { Instant, LocalDate, LocalTime } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { PairingEnd } from './pairing.ts'

/** A list of people as it is named to the office. */
export interface HeldList {
  readonly sessionId: SessionId
  readonly title: string
  readonly heldOn: LocalDate | null
  readonly startTime: LocalTime | null
}

/** A phone that is somebody's now. */
export interface PairedPhone {
  readonly pairingId: Uuid
  readonly pairedAt: Instant
  readonly lastContactAt: Instant
  /** What waited on it, as it said itself at its last contact. */
  readonly unsentCount: number
  /** What it was given and has not let go of. */
  readonly lists: readonly HeldList[]
}

/** A phone that is nobody's any more, and since when. */
export interface EndedPhone {
  readonly pairingId: Uuid
  readonly name: string
  readonly endedAt: Instant
  readonly reason: PairingEnd
  /** When it came back, heard of it and had handed in everything; `null` = not yet. */
  readonly wipedAt: Instant | null
}

/** 講師・補助員 with their phones, or without one. */
export interface PhoneOwner {
  readonly instructorId: InstructorId
  readonly name: string
  readonly nameKana: string
  readonly phones: readonly PairedPhone[]
}

/** GET /api/admin/phones: people by kana, and the phones whose pairing somebody has ended in the last 30 days, newest first. */
export interface PhonesAnswer {
  readonly people: readonly PhoneOwner[]
  readonly ended: readonly EndedPhone[]
}

/** POST /api/admin/phones/code: a way to pair one phone. It takes the place of any that was made for this person before. */
export const MakeCode = v.strictObject({
  instructorId: reference<'instructor'>(),
  /** On the screen for some minutes, or on a sheet for some days. */
  use: v.picklist(['screen', 'printed']),
})
export type MakeCode = v.InferOutput<typeof MakeCode>

export interface MadeCode {
  readonly code: string
  /** Goes behind the `#` of `/pair`, so that it reaches no server, no log and no other site. */
  readonly token: string
  readonly expiresAt: Instant
}

/** POST /api/admin/phones/end: it is lost, or its owner helps no more. */
export const EndPairing = v.strictObject({ pairingId: uuid, reason: v.picklist(['lost', 'left']) })
export type EndPairing = v.InferOutput<typeof EndPairing>

/** GET /api/admin/phones/:pairingId/held: everything about people that is, or was at its end, on one phone. */
export interface HeldAnswer {
  readonly name: string
  readonly pairedAt: Instant
  readonly endedAt: Instant | null
  readonly reason: PairingEnd | null
  readonly wipedAt: Instant | null
  readonly lastContactAt: Instant
  readonly unsentCount: number
  /** Different people, however many lists they are on. */
  readonly peopleCount: number
  readonly lists: readonly (HeldList & { readonly people: readonly HeldPerson[] })[]
}

/** One line of a list. Names are `null` once they were erased. */
export interface HeldPerson {
  readonly name: string | null
  readonly nameKana: string | null
}

export type PhonesRefusal =
  | { readonly code: 'unreadable_request' }
  | { readonly code: 'instructor_unknown' }
  | { readonly code: 'pairing_unknown' }
