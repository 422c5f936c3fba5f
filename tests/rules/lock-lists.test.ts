import { expect, test } from 'vitest'
import type { Instant, LocalDate, LocalTime } from '#kernel/time.ts'
import { instantAt, plusMinutes } from '#kernel/time.ts'
import { type HeldTimes, lastEndOf, listsEnd, OFFLINE_DAYS } from '#login/domain/roster-lifetime.ts'

const DAY_MIN = 24 * 60
const held = (heldOn: string | null, endTime: string | null): HeldTimes => ({
  heldOn: heldOn as LocalDate | null,
  endTime: endTime as LocalTime | null,
})
const at = (day: string, time: string): Instant => instantAt(day as LocalDate, time as LocalTime)
const lastContactAt = at('2026-05-12', '12:00')

test('the last end is that of the latest session, whatever their order', () => {
  const ends = [held('2026-05-12', '15:00'), held('2026-05-13', '11:30'), held('2026-05-13', '10:00')]
  expect(lastEndOf(ends)).toBe(at('2026-05-13', '11:30'))
})

test('a session without a time ends with its day; without sessions there is no end', () => {
  expect(lastEndOf([held('2026-05-12', null)])).toBe(at('2026-05-13', '00:00'))
  expect(lastEndOf([])).toBeNull()
  expect(lastEndOf([held(null, null)])).toBeNull()
})

test('lists stay for 24 hours after the last session, to the minute', () => {
  const times = { lastEndAt: at('2026-05-12', '15:00'), lastContactAt }
  expect(listsEnd(times, at('2026-05-13', '14:59'))).toBeNull()
  expect(listsEnd(times, at('2026-05-13', '15:00'))).toBe('over')
})

test('where the sessions are not known, lists stay for a day after the last day they can be of', () => {
  const times = { lastEndAt: null, lastContactAt }
  expect(listsEnd(times, at('2026-05-14', '23:59'))).toBeNull()
  expect(listsEnd(times, at('2026-05-15', '00:00'))).toBe('over')
})

test('after 14 days without a word from the city no list stays, whatever it is of', () => {
  const times = { lastEndAt: at('2026-06-30', '15:00'), lastContactAt }
  expect(listsEnd(times, plusMinutes(lastContactAt, OFFLINE_DAYS * DAY_MIN - 1))).toBeNull()
  expect(listsEnd(times, plusMinutes(lastContactAt, OFFLINE_DAYS * DAY_MIN))).toBe('away')
  expect(OFFLINE_DAYS).toBe(14)
})
