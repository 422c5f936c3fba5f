import { describe, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import { instantOf, plusMinutes } from '#kernel/time.ts'
import {
  afterWrongPin,
  isLeftAlone,
  latestSeen,
  NO_TRIES,
  type PinTries,
  restMin,
  triesLeft,
} from '#login/domain/lock-rules.ts'
import { groupDigits, readPairingCode, readPairingToken } from '#login/domain/pairing-text.ts'
import { choosePin, digitsOf, readPin } from '#login/domain/pin.ts'

const NOON = '2026-05-12T03:00:00.000Z' as Instant

describe('the PIN', () => {
  test.each(['１２３-４５８', '123 458', ' 123458 ', '123458'])('%s is read as it was meant', (typed) => {
    expect(readPin(typed)).toEqual({ ok: true, value: '123458' })
  })

  test.each([
    ['', 'empty'],
    ['あいう', 'empty'],
    ['12345', 'not_six_digits'],
    ['1234567', 'not_six_digits'],
    ['000000', 'all_same'],
    ['７７７７７７', 'all_same'],
    ['123456', 'straight_run'],
    ['654321', 'straight_run'],
    ['567890', 'straight_run'],
    ['098765', 'straight_run'],
  ])('%s is not taken as a new one: %s', (typed, code) => {
    expect(choosePin(typed)).toEqual({ ok: false, error: { code } })
  })

  test.each(['135790', '112233', '246802', '123457', '908172'])('%s is taken', (typed) => {
    expect(choosePin(typed)).toEqual({ ok: true, value: typed })
  })

  test('of a million, only 30 are not taken', () => {
    const all = Array.from({ length: 1_000_000 }, (_, n) => String(n).padStart(6, '0'))
    expect(all.filter((pin) => !choosePin(pin).ok)).toHaveLength(30)
  })

  test('a PIN that was chosen before the rule, or typed wrongly, is still looked at', () => {
    expect(readPin('123456')).toEqual({ ok: true, value: '123456' })
  })
})

describe('the number to connect', () => {
  test.each(['12345678', '1234 5678', '1234-5678', '１２３４　５６７８', '番号：1234 5678'])('%s', (typed) => {
    expect(readPairingCode(typed)).toBe('12345678')
  })

  test('one digit too few or too many is said at once, not sent', () => {
    expect(readPairingCode('1234567')).toBeNull()
    expect(readPairingCode('123456789')).toBeNull()
  })

  test('is grouped while it is typed, and left alone while it is corrected', () => {
    let shown = ''
    for (const key of '12345678') shown = groupDigits(shown, shown + key)
    expect(shown).toBe('1234 5678')
    expect(groupDigits('', '１２３４－５６７８')).toBe('1234 5678') // pasted
    expect(groupDigits('1234 5678', '1234 567')).toBe('1234 567')
    expect(groupDigits('1234 5678', '124 5678')).toBe('124 5678')
    expect(digitsOf(shown)).toBe('12345678')
  })

  test('a link is read only when it is one of ours', () => {
    expect(readPairingToken('#AbCdEfGhIjKlMnOpQrStUv')).toBe('AbCdEfGhIjKlMnOpQrStUv')
    for (const hash of ['', '#', '#main', '#AbCdEfGhIjKlMnOpQrStU', '#AbCdEfGhIjKlMnOpQrStU<']) {
      expect(readPairingToken(hash)).toBeNull()
    }
  })
})

describe('wrong PINs', () => {
  const wrong = (count: number, from: PinTries = NO_TRIES): PinTries =>
    Array.from({ length: count }).reduce<PinTries>((tries) => afterWrongPin(tries, NOON), from)

  test('five are allowed, and the number left is told', () => {
    expect([0, 1, 2, 3, 4].map((count) => triesLeft(wrong(count)))).toEqual([5, 4, 3, 2, 1])
    expect(restMin(wrong(4), NOON)).toBe(0)
  })

  test('every fifth begins a pause, each twice as long, a day at most', () => {
    const pauses = [5, 10, 15, 20, 25, 45, 50, 500].map((count) => restMin(wrong(count), NOON))
    expect(pauses).toEqual([5, 10, 20, 40, 80, 1280, 1440, 1440])
  })

  test('after the pause there are five tries again', () => {
    const tries = wrong(5)
    expect(restMin(tries, plusMinutes(NOON, 4.5))).toBe(1)
    expect(restMin(tries, plusMinutes(NOON, 5))).toBe(0)
    expect(triesLeft(tries)).toBe(5)
  })

  test('a clock set back shortens no pause', () => {
    const tries = wrong(5)
    const setBack = instantOf(Date.parse(NOON) - 24 * 60 * 60_000)
    expect(restMin(tries, latestSeen(setBack, NOON))).toBe(5)
  })
})

describe('a phone that nobody uses', () => {
  const after = (minutes: number, hiddenFrom: number | null = null) =>
    isLeftAlone(
      { touchedAt: NOON, hiddenAt: hiddenFrom === null ? null : plusMinutes(NOON, hiddenFrom) },
      plusMinutes(NOON, minutes),
    )

  test('closes after 30 minutes without a touch', () => {
    expect(after(29)).toBe(false)
    expect(after(30)).toBe(true)
  })

  test('closes after 15 minutes out of sight', () => {
    expect(after(16, 2)).toBe(false)
    expect(after(17, 2)).toBe(true)
  })

  test('closes when its clock was set back', () => {
    expect(after(-24 * 60)).toBe(true)
    expect(after(-1)).toBe(false) // a network that sets the time right by seconds
  })
})
