import { expect, test } from 'vitest'
import { type Instant, plusMinutes } from '#kernel/time.ts'
import { countLate, LATE_AFTER_MIN } from '#sync/domain/late-unsent.ts'

const NOON = '2026-05-12T03:00:00.000Z' as Instant
const ago = (minutes: number): Instant => plusMinutes(NOON, -minutes)

test('what has waited for an hour is late, to the minute', () => {
  expect(LATE_AFTER_MIN).toBe(60)
  expect(countLate([ago(60), ago(59), ago(600), NOON], NOON)).toBe(2)
  expect(countLate([], NOON)).toBe(0)
})

test('a clock that was put right since hides nothing: an hour away either way is late', () => {
  expect(countLate([ago(-60), ago(-59)], NOON)).toBe(1)
  expect(countLate([plusMinutes(NOON, 365 * 24 * 60)], NOON)).toBe(1)
})
