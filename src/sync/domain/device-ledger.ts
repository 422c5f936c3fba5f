import { type Instant, type LocalDate, minutesBetween, plusMinutes } from '#kernel/time.ts'
import type { Uuid } from '#kernel/uuid.ts'
import type { SessionId } from '#sessions/domain/session.ts'

// Source of the numbers: docs/rules.md#device-ledger
/** What waits longer than this on a device, or a list that nobody has handed in this long after the session. */
export const UNSENT_LOOK_MIN = 60
/** So long a device may go on with the build it has, counted from the day of the server's own. */
export const OLD_PROGRAM_DAYS = 7

const DAY_MIN = 24 * 60

/** Which build of the program the server gives out, and since when it exists. */
export interface OwnProgram {
  readonly name: string
  readonly builtAt: Instant
}

/** What the ledger knows of one device. */
export interface DeviceFacts {
  readonly lastContactAt: Instant
  /** What was left on it after its last contact. */
  readonly unsentCount: number
  /** Device clock. `null`: nothing waits, or its program is too old to say. */
  readonly oldestUnsentAt: Instant | null
  /** Numbers it gave that are neither waiting nor in the city's books: once acknowledged and lost here, or lost there. */
  readonly gapCount: number
  /** `null`: too old to say. */
  readonly program: string | null
  /** The first session that ended after its last contact, and that it had the list of or has marked somebody at. */
  readonly silent: SilentSince | null
}

export interface SilentSince {
  readonly title: string
  readonly heldOn: LocalDate
  readonly overAt: Instant
}

/** Why somebody should look after a device. The pages have words for each code. */
export type DeviceConcern =
  | { readonly code: 'gap'; readonly count: number }
  | { readonly code: 'unsent'; readonly count: number; readonly sinceAt: Instant }
  | { readonly code: 'silent'; readonly title: string; readonly heldOn: LocalDate }
  | { readonly code: 'oldProgram' }

/** What about a device needs a look, the most serious first; empty when nothing does. `own`: `null` where nobody knows the server's build. */
export function assessDevice(facts: DeviceFacts, now: Instant, own: OwnProgram | null): readonly DeviceConcern[] {
  const { unsentCount: count, gapCount, silent } = facts
  const concerns: DeviceConcern[] = []
  if (gapCount > 0) concerns.push({ code: 'gap', count: gapCount })
  const sinceAt = unsentSince(facts)
  if (sinceAt !== null && minutesBetween(sinceAt, now) > UNSENT_LOOK_MIN)
    concerns.push({ code: 'unsent', count, sinceAt })
  if (silent !== null && minutesBetween(silent.overAt, now) > UNSENT_LOOK_MIN)
    concerns.push({ code: 'silent', title: silent.title, heldOn: silent.heldOn })
  if (isOldProgram(facts, own)) concerns.push({ code: 'oldProgram' })
  return concerns
}

/** Since when something waits, by whichever clock says earlier: at its last contact it did already. `null`: nothing waits. */
export function unsentSince({ unsentCount, oldestUnsentAt, lastContactAt }: DeviceFacts): Instant | null {
  if (unsentCount === 0) return null
  return oldestUnsentAt !== null && oldestUnsentAt < lastContactAt ? oldestUnsentAt : lastContactAt
}

/** Whether a device that has been in contact lately still runs another build than the server gives out. One that has not been in contact
 *  could not know. */
function isOldProgram({ program, lastContactAt }: DeviceFacts, own: OwnProgram | null): boolean {
  return own !== null && program !== own.name && lastContactAt > plusMinutes(own.builtAt, OLD_PROGRAM_DAYS * DAY_MIN)
}

/** Whether a device has brought everything of a session: it was in contact after the end, with nothing left. */
export function hasHandedIn(
  { lastContactAt, unsentCount }: Pick<DeviceFacts, 'lastContactAt' | 'unsentCount'>,
  overAt: Instant,
): boolean {
  return lastContactAt >= overAt && unsentCount === 0
}

/** Whose a device is: a helper's paired phone, the office's, one of demo mode, or a resident's. Of the last two nobody has a name. */
export type DeviceHolder = 'phone' | 'office' | 'demo' | 'resident'

/** A device of somebody who works here. */
export interface LedgerDevice {
  readonly deviceId: Uuid
  readonly holder: 'phone' | 'office'
  /** Of 講師・補助員, or of whoever of the office was signed in there last; `null` = not known any more. */
  readonly name: string | null
  /** When somebody stopped this phone; `null` = it is still theirs. */
  readonly endedAt: Instant | null
  readonly lastContactAt: Instant
  readonly unsentCount: number
  readonly gapCount: number
  readonly program: string | null
  /** It runs another build than the server gives out; `null` where nobody knows. */
  readonly isOtherProgram: boolean | null
  /** Lists of people that it was given and has not let go of. */
  readonly lists: readonly LedgerList[]
  readonly concerns: readonly DeviceConcern[]
}

export interface LedgerList {
  readonly sessionId: SessionId
  readonly title: string
  readonly heldOn: LocalDate | null
}

/** Devices without a name, as one line. */
export interface DeviceSum {
  readonly deviceCount: number
  readonly unsentCount: number
}

/** GET /api/office/devices: those that need a look first, then by name. Nobody who takes part is in it. */
export interface DeviceLedger {
  readonly devices: readonly LedgerDevice[]
  readonly demo: DeviceSum
  readonly residents: DeviceSum
}

/** GET /api/office/sessions/:id/phones: which phones are expected to hand in what happened at one session. */
export interface SessionPhones {
  /** `before` its day there is nothing to say; `today` until it ends; `over` from then on. */
  readonly state: 'before' | 'today' | 'over'
  readonly phones: readonly SessionPhone[]
}

export interface SessionPhone {
  readonly deviceId: Uuid
  readonly holder: Exclude<DeviceHolder, 'resident'>
  readonly name: string | null
  readonly lastContactAt: Instant
  readonly unsentCount: number
  /** It has brought everything. */
  readonly isIn: boolean
}
