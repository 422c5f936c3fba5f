import { type DateLanguage, formatDay, formatTime, formatTimeRange } from '#client/format-date.ts'
import type { Translate } from '#client/i18n.ts'
import type { Instant } from '#kernel/time.ts'
import { groupOf, type OfficeSession } from '#sessions/domain/office-session.ts'
import { type PublicSession, publicState, type PublicState } from '#sessions/domain/public-session.ts'
import type { SessionFields } from '#sessions/domain/session.ts'

export type OfficeT = Translate<'office'>

/** What words are made with: the catalog and the language of days and times. */
export interface Speech {
  readonly t: OfficeT
  readonly language: DateLanguage
}

/** Day and times as far as they are decided: 令和8年（2026年）5月12日（火）午後1時30分から午後3時まで. */
export function whenWords(
  { heldOn, startTime, endTime }: Pick<SessionFields, 'heldOn' | 'startTime' | 'endTime'>,
  { t, language }: Speech,
): string {
  const day = heldOn === null ? t('when.noDay') : formatDay(heldOn, language)
  const gap = language === 'en' ? ', ' : ' '
  if (startTime !== null && endTime !== null) return `${day}${gap}${formatTimeRange(startTime, endTime, language)}`
  if (startTime !== null) return `${day}${gap}${t('when.from', { time: formatTime(startTime, language) })}`
  if (endTime !== null) return `${day}${gap}${t('when.until', { time: formatTime(endTime, language) })}`
  return heldOn === null ? day : `${day}${gap}${t('when.noTime')}`
}

/** Several things in one line. */
export function listWords(words: readonly string[], language: DateLanguage): string {
  return words.join(language === 'en' ? ', ' : '、')
}

/** The state of a session in one word and its tone. */
export function stateOf(
  { session }: OfficeSession,
  announced: PublicSession | undefined,
  now: Instant,
): { readonly state: 'draft' | PublicState; readonly tone: 'good' | 'care' | 'bad' | 'info' | 'plain' } {
  const state = wordOf(session, announced, now)
  return { state, tone: TONES[state] }
}

function wordOf(
  session: OfficeSession['session'],
  announced: PublicSession | undefined,
  now: Instant,
): 'draft' | PublicState {
  // Long after a session, its public record is gone; before the first answer, it is not there yet.
  return announced === undefined || session.state !== 'published' ? groupOf(session, now) : publicState(announced, now)
}

const TONES = {
  draft: 'care',
  open: 'good',
  few: 'good',
  full: 'info',
  closed: 'plain',
  over: 'plain',
  cancelled: 'bad',
} as const

/** 申込 12人・席 16・待ち 0人, of a session that has been announced. */
export function seatWords({ seats, seatsLeft, waiting }: PublicSession, t: OfficeT): string {
  return t('list.seats', { taken: seats - seatsLeft, seats, waiting })
}
