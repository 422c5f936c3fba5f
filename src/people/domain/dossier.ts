import * as v from 'valibot'
import type { Booking, Channel } from '#enrollment/domain/enrollment.ts'
import type { Instant, LocalDate } from '#kernel/time.ts'
import type { AgeBand, LearnerId } from './learner.ts'
import type { MergeId } from './same-person.ts'
import type { PersonReason } from './person-change.ts'

/** At most so many people are shown at once: whoever looks for one person needs no more. */
export const HITS_MAX = 50
export const QUERY_MAX = 80

/** POST /api/people/search. What is typed travels in the body: an address stands in histories and logs. */
export const SearchPeople = v.strictObject({ query: v.pipe(v.string(), v.maxLength(QUERY_MAX)) })

export interface PersonHit {
  readonly learnerId: LearnerId
  readonly name: string | null
  readonly nameKana: string
  /** Digits. */
  readonly phone: string | null
  readonly stopped: boolean
}

export interface PeopleHits {
  readonly hits: readonly PersonHit[]
  /** There are more than are shown. */
  readonly more: boolean
}

/** GET /api/people/:id. Everything that is held about one person (個人情報保護法 第76条), and what would be left of it. */
export interface Dossier {
  readonly person: {
    readonly learnerId: LearnerId
    readonly name: string | null
    /** Empty: erased. */
    readonly nameKana: string
    readonly phone: string | null
    readonly ageBand: AgeBand | null
    readonly firstMetAt: Instant
    /** 利用停止 since. */
    readonly stoppedAt: Instant | null
    readonly erasedAt: Instant | null
    /** Where what we hold came from: the way of the first sign-up, or that somebody walked in. */
    readonly source: Channel | 'walkIn'
    /** The day on which it goes by itself; `null` once erased. */
    readonly keptUntil: LocalDate | null
  }
  /** The other records of the same person (名寄せ). All that follows is of all of them. */
  readonly halves: readonly DossierHalf[]
  readonly merges: readonly DossierMerge[]
  readonly enrollments: readonly DossierEnrollment[]
  readonly attendances: readonly DossierAttendance[]
  readonly certification: { readonly certifiedOn: LocalDate; readonly number: string } | null
  /** On which phones of volunteers a list with this name is or was. */
  readonly lists: readonly DossierList[]
  readonly changes: readonly DossierChange[]
  /** What an erasure would do; `null` for whoever may not do it, and once it is done. */
  readonly erasure: ErasurePreview | null
}

export interface DossierHalf {
  readonly learnerId: LearnerId
  readonly name: string | null
  readonly nameKana: string
  readonly phone: string | null
  readonly firstMetAt: Instant
}
/** Two records that somebody said are one person; by more than one merge, where it was said at two places at once. */
export interface DossierMerge {
  readonly mergeIds: readonly MergeId[]
  readonly learnerId: LearnerId
  /** Whose name the person goes by. */
  readonly intoLearnerId: LearnerId
  readonly mergedAt: Instant
}

export interface DossierEnrollment {
  readonly enrollmentId: Booking['enrollmentId']
  readonly title: string
  readonly heldOn: LocalDate | null
  readonly receiptNumber: Booking['receiptNumber']
  readonly channel: Channel
  readonly requestedAt: Instant
  readonly state: Booking['state']
  /** Of a session that has not begun. */
  readonly upcoming: boolean
}
export interface DossierAttendance {
  readonly sessionId: string
  /** `null`: a session that nobody has registered yet. */
  readonly title: string | null
  readonly heldOn: LocalDate | null
  readonly firstMarkedAt: Instant
  readonly walkIn: boolean
}
export interface DossierList {
  readonly title: string
  readonly heldOn: LocalDate | null
  /** Whose phone. */
  readonly holder: string
  readonly sinceAt: Instant
  /** `null`: it may be there still. */
  readonly untilAt: Instant | null
}
/** 訂正・利用停止・再開, as they were said and answered. */
export interface DossierChange {
  readonly id: string
  readonly name: 'person.correct' | 'person.stop' | 'person.resume' | 'person.erase'
  readonly at: Instant
  readonly reason: PersonReason | null
}

/** 消去の下見: what goes, and what stays as rows about nobody. */
export interface ErasurePreview {
  /** Operations that lose their words. */
  readonly operationCount: number
  /** Lists and bookings on devices that change at their next contact. */
  readonly recordCount: number
  readonly enrollmentCount: number
  readonly attendanceCount: number
  readonly certificationCount: number
}

export type DossierRefusal = { readonly code: 'learner_unknown' } | { readonly code: 'unreadable_request' }
