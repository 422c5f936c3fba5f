import type { LocalDate, LocalTime } from '#kernel/time.ts'

/** What one row says about a session. `null` wherever the file leaves it open: nothing is ever guessed. */
export interface EventDraft {
  readonly title: string
  readonly heldOn: LocalDate | null
  readonly startTime: LocalTime | null
  readonly endTime: LocalTime | null
  readonly capacity: number | null
  readonly venueName: string | null
  readonly venueAddress: string | null
  /** The 集合場所, for an organizer who decides that it is the venue. */
  readonly suggestedVenueName: string | null
  readonly enrollUntilOn: LocalDate | null
  readonly note: string | null
  readonly sourceKey: string
}
