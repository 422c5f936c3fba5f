import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  formatDay,
  formatDayAndTimes,
  formatFiscalYear,
  formatInstant,
  formatShortDay,
  formatTime,
  formatTimeRange,
} from '#client/format-date.ts'
import { daysOf, type FiscalYear, fiscalYearOf } from '#kernel/fiscal-year.ts'
import {
  type Instant,
  instantAt,
  instantOf,
  localDateOf,
  type LocalDate,
  localTimeOf,
  type LocalTime,
  minutesBetween,
  parseLocalDate,
  parseLocalTime,
  plusDays,
  plusMinutes,
} from '#kernel/time.ts'
import { dayOfEra, dayParts, fiscalYearParts } from '#kernel/wareki.ts'

const day = (text: string) => text as LocalDate
const time = (text: string) => text as LocalTime
const fiscalYear = (year: number) => year as FiscalYear
const anyDay = fc.integer({ min: -20_000, max: 40_000 }).map((days) => plusDays(day('2000-01-01'), days))
const anyTime = fc
  .integer({ min: 0, max: 1439 })
  .map((at) => time(`${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`))

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NODE = `${ROOT}node_modules/.bin/node`
const AROUND_NEW_YEAR = `
  import { fiscalYearOf } from '#kernel/fiscal-year.ts'
  import { instantAt, localDateOf, localTimeOf, plusDays } from '#kernel/time.ts'
  import { dayParts } from '#kernel/wareki.ts'
  const last = instantAt('2027-03-31', '23:59'), first = instantAt('2027-04-01', '00:00')
  const of = (at) => [at, localDateOf(at), localTimeOf(at), fiscalYearOf(localDateOf(at)), dayParts(localDateOf(at)).weekday]
  console.log(JSON.stringify([of(last), of(first), plusDays('2027-03-31', 1), new Date(0).getTimezoneOffset()]))`

test.each([
  ['UTC', 0],
  ['Asia/Tokyo', -540],
  ['America/Los_Angeles', 480],
])('the last minute of 令和8年度 and the first of 令和9年度 are told apart by a process in %s', (zone, offsetMin) => {
  const printed = execFileSync(NODE, ['--input-type=module', '-e', AROUND_NEW_YEAR], {
    cwd: ROOT,
    env: { ...process.env, TZ: zone },
    encoding: 'utf8',
  })
  expect(JSON.parse(printed)).toEqual([
    ['2027-03-31T14:59:00.000Z', '2027-03-31', '23:59', 2026, 3],
    ['2027-03-31T15:00:00.000Z', '2027-04-01', '00:00', 2027, 4],
    '2027-04-01',
    offsetMin,
  ])
})

test('a fiscal year holds exactly the days from its first to its last', () => {
  fc.assert(
    fc.property(anyDay, (on) => {
      const { firstOn, lastOn } = daysOf(fiscalYearOf(on))
      expect(firstOn <= on && on <= lastOn).toBe(true)
      expect(fiscalYearOf(plusDays(lastOn, 1))).toBe(fiscalYearOf(on) + 1)
    }),
  )
})

test('a day and time in Japan come back from their instant', () => {
  fc.assert(
    fc.property(anyDay, anyTime, (on, at) => {
      expect([localDateOf(instantAt(on, at)), localTimeOf(instantAt(on, at))]).toEqual([on, at])
    }),
  )
})

test.each(['2024-02-29', '2000-02-29', '2026-12-31'])('%s is a day', (text) => {
  expect(parseLocalDate(text)).toBe(text)
})
test.each([
  '2026-02-29',
  '2100-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-04-31',
  '2026-4-1',
  '2026-04-01T00:00',
  '',
  '２０２６-04-01',
])('「%s」 is not a day', (text) => {
  expect(parseLocalDate(text)).toBeNull()
})
test.each([
  ['9:05', '09:05'],
  ['23:59', '23:59'],
  ['24:00', null],
  ['12:60', null],
  ['12', null],
])('the time of day %s reads as %s', (text, expected) => {
  expect(parseLocalTime(text)).toBe(expected)
})

test('days and minutes are added across months, leap days and years', () => {
  expect(plusDays(day('2024-02-28'), 1)).toBe('2024-02-29')
  expect(plusDays(day('2026-02-28'), 1)).toBe('2026-03-01')
  expect(plusDays(day('2027-01-01'), -1)).toBe('2026-12-31')
  expect(plusMinutes('2026-12-31T14:59:00.000Z' as Instant, 1)).toBe('2026-12-31T15:00:00.000Z')
  expect(minutesBetween(instantOf(0), instantOf(90_000))).toBe(1.5)
})

test.each([
  ['2026-05-12', 'reiwa', 8, 2],
  ['2019-05-01', 'reiwa', 1, 3],
  ['2019-04-30', 'heisei', 31, 2],
  ['1989-01-08', 'heisei', 1, 0],
  ['1989-01-07', 'showa', 64, 6],
  ['1926-12-25', 'showa', 1, 6],
  ['1926-12-24', 'taisho', 15, 5],
  ['1912-07-29', null, null, 1],
])('%s is in %s %s, on weekday %i', (on, era, eraYear, weekday) => {
  expect(dayParts(day(on))).toMatchObject({ era, eraYear, weekday })
})

test('the weekday is that of the calendar, and an era date names the day it came from', () => {
  fc.assert(
    fc.property(anyDay, (on) => {
      const { era, eraYear, month, day: dayOfMonth, weekday } = dayParts(on)
      expect(weekday).toBe(new Date(`${on}T00:00:00Z`).getUTCDay())
      if (era !== null) expect(dayOfEra({ era, eraYear, month, day: dayOfMonth })).toBe(on)
    }),
  )
})

test('an era date that never was names no day', () => {
  expect(dayOfEra({ era: 'heisei', eraYear: 31, month: 5, day: 1 })).toBeNull()
  expect(dayOfEra({ era: 'reiwa', eraYear: 1, month: 4, day: 30 })).toBeNull()
  expect(dayOfEra({ era: 'reiwa', eraYear: 8, month: 2, day: 29 })).toBeNull()
})

test('a resident reads days in both calendars', () => {
  expect(formatDay(day('2026-05-12'), 'ja')).toBe('令和8年（2026年）5月12日（火）')
  expect(formatDay(day('2026-05-12'), 'ja-easy')).toBe('2026年（令和8年）5月12日（火曜日）')
  expect(formatDay(day('2026-05-12'), 'en')).toBe('Tuesday, 12 May 2026 (Reiwa 8)')
  expect(formatDay(day('2019-05-01'), 'ja')).toBe('令和元年（2019年）5月1日（水）')
  expect(formatDay(day('1900-01-01'), 'ja')).toBe('1900年1月1日（月）')
  expect(formatShortDay(day('2026-05-12'), 'ja')).toBe('5月12日（火）')
  expect(formatShortDay(day('2026-05-12'), 'en')).toBe('Tue, 12 May')
})

test.each([
  ['13:30', '午後1時30分', '午後1時30分', '1:30 p.m.'],
  ['10:00', '午前10時', '午前10時', '10:00 a.m.'],
  ['12:00', '正午', '昼の12時', 'noon'],
  ['12:05', '午後0時5分', '午後0時5分', '12:05 p.m.'],
  ['00:00', '午前0時', '午前0時', '12:00 a.m.'],
])('the time %s is spoken %s / %s / %s', (at, ja, easy, en) => {
  expect([formatTime(time(at), 'ja'), formatTime(time(at), 'ja-easy'), formatTime(time(at), 'en')]).toEqual([
    ja,
    easy,
    en,
  ])
})

test('a range of times has から and まで, never a wave', () => {
  expect(formatTimeRange(time('13:30'), time('15:00'), 'ja')).toBe('午後1時30分から午後3時まで')
  expect(formatTimeRange(time('13:30'), time('15:00'), 'en')).toBe('1:30 p.m. to 3:00 p.m.')
  const held = { heldOn: day('2026-05-12'), startTime: time('10:00'), endTime: time('12:00') }
  expect(formatDayAndTimes(held, 'ja')).toBe('令和8年（2026年）5月12日（火）午前10時から正午まで')
  expect(formatDayAndTimes(held, 'en')).toBe('Tuesday, 12 May 2026 (Reiwa 8), 10:00 a.m. to noon')
  expect(formatInstant('2026-05-12T15:30:00.000Z' as Instant, 'ja')).toBe('令和8年（2026年）5月13日（水）午前0時30分')
})

test('no day or time ever shows a slash, a colon or a wave in Japanese', () => {
  fc.assert(
    fc.property(anyDay, anyTime, (heldOn, startTime) => {
      for (const language of ['ja', 'ja-easy'] as const) {
        expect(formatDayAndTimes({ heldOn, startTime, endTime: startTime }, language)).not.toMatch(/[/:〜～]|時0/)
      }
    }),
    { examples: [[day('2026-05-12'), time('13:00')]] },
  )
})

test('年度 is labelled as offices label it, in the year of two eras as well', () => {
  expect(formatFiscalYear(fiscalYear(2026), 'ja')).toBe('令和8年度（2026年度）')
  expect(formatFiscalYear(fiscalYear(2026), 'ja-easy')).toBe('2026年度（令和8年度）')
  expect(formatFiscalYear(fiscalYear(2026), 'en')).toBe('fiscal year 2026 (Reiwa 8)')
  expect(formatFiscalYear(fiscalYear(2019), 'ja')).toBe('令和元年度（2019年度）')
  expect(formatFiscalYear(fiscalYear(2018), 'ja')).toBe('平成30年度（2018年度）')
  expect(fiscalYearParts(fiscalYear(1988))).toMatchObject({ era: 'showa', eraYear: 63 })
})
