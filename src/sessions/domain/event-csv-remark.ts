import type { LocalDate, LocalTime } from '#kernel/time.ts'

/** What a file says that a person has to look at. The draft is made all the same, with nothing guessed. */
export type ImportRemark =
  | { readonly code: 'venue_missing' }
  | { readonly code: 'day_missing' }
  | { readonly code: 'day_unclear'; readonly text: string }
  | { readonly code: 'last_day_missing' }
  | { readonly code: 'period_not_a_day'; readonly firstOn: LocalDate; readonly lastOn: LocalDate }
  | { readonly code: 'several_days_mentioned'; readonly text: string }
  | { readonly code: 'time_missing' }
  | { readonly code: 'start_time_missing' }
  | { readonly code: 'end_time_missing' }
  | { readonly code: 'time_unclear'; readonly text: string }
  | { readonly code: 'time_only_in_text'; readonly text: string }
  | { readonly code: 'time_unusual'; readonly startTime: LocalTime }
  | { readonly code: 'times_reversed'; readonly startTime: LocalTime; readonly endTime: LocalTime }
  | { readonly code: 'see_time_note'; readonly text: string }
  | { readonly code: 'capacity_missing' }
  | { readonly code: 'capacity_unclear'; readonly text: string }
  | { readonly code: 'deadline_unclear'; readonly text: string }
  | { readonly code: 'deadline_after_day'; readonly enrollUntilOn: LocalDate; readonly heldOn: LocalDate }
  | { readonly code: 'deadline_time_not_kept'; readonly text: string }
  | { readonly code: 'fee_stated'; readonly text: string }
  | { readonly code: 'status_stated'; readonly text: string }
  | { readonly code: 'maybe_help_desk' }
  | { readonly code: 'emoji_in_text'; readonly column: string }
  | { readonly code: 'characters_removed'; readonly column: string }
  | { readonly code: 'text_shortened'; readonly column: string; readonly limitCount: number }
  | { readonly code: 'note_shortened'; readonly limitCount: number }
  | { readonly code: 'like_another_row'; readonly otherRow: number }

/** Why a row gives no draft at all. */
export type ImportRowRefusal =
  | { readonly code: 'title_missing' }
  | { readonly code: 'impossible_day'; readonly text: string }
  | { readonly code: 'same_row_twice'; readonly otherRow: number }
  | { readonly code: 'cells_beyond_header' }

/** Why nothing of a file can be read. */
export type ImportFileRefusal =
  | { readonly code: 'empty_file' }
  | { readonly code: 'not_this_layout'; readonly missing: readonly string[] }
  | { readonly code: 'column_twice'; readonly columns: readonly string[] }
  | { readonly code: 'too_many_rows'; readonly rowCount: number; readonly limitCount: number }
