import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysOf, type FiscalYear, fiscalYearOf } from '#kernel/fiscal-year.ts'
import { type LocalDate, plusDays } from '#kernel/time.ts'
import { FORECAST_FROM_DAYS, pace } from './pace.ts'

const R8 = 2026 as FiscalYear
const on = (day: string): LocalDate => day as LocalDate

describe('the pace of a yearly count', () => {
  it('is nothing before the year begins', () => {
    expect(pace({ count: 0, target: 200 }, R8, on('2026-03-31'))).toBeNull()
  })

  it('compares with a straight line and forecasts the end of the year', () => {
    expect(pace({ count: 120, target: 200 }, R8, on('2026-11-22'))).toEqual({
      state: 'underway',
      elapsedRatio: 236 / 365,
      expectedByNow: 129, // 200 × 236 / 365 = 129.3
      forecast: 185, // 120 × 365 / 236 = 185.6
      standing: 'behind',
    })
    expect(pace({ count: 130, target: 200 }, R8, on('2026-11-22'))).toMatchObject({
      standing: 'onTrack',
      forecast: 201,
    })
    expect(pace({ count: 200, target: 200 }, R8, on('2026-11-22'))).toMatchObject({ standing: 'reached' })
  })

  it('forecasts nothing in the first month, when one class would become a hundred', () => {
    const day30 = plusDays(daysOf(R8).firstOn, FORECAST_FROM_DAYS - 1)
    expect(pace({ count: 12, target: 200 }, R8, plusDays(day30, -1))).toMatchObject({ forecast: null })
    expect(pace({ count: 12, target: 200 }, R8, day30)).toMatchObject({ forecast: 146 })
  })

  it('is decided once the year has ended', () => {
    expect(pace({ count: 199, target: 200 }, R8, on('2027-04-01'))).toEqual({ state: 'over', standing: 'short' })
    expect(pace({ count: 200, target: 200 }, R8, on('2027-04-01'))).toEqual({ state: 'over', standing: 'reached' })
    expect(pace({ count: 200, target: null }, R8, on('2027-04-01'))).toEqual({ state: 'over', standing: null })
  })

  it('counts the leap day, reaches the whole year on its last day, and forecasts there what was counted', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2001, max: 2099 }),
        fc.nat(2000),
        fc.integer({ min: 1, max: 500 }),
        (y, count, target) => {
          const year = y as FiscalYear
          const seen = pace({ count, target }, year, daysOf(year).lastOn)
          expect(seen).toEqual({
            state: 'underway',
            elapsedRatio: 1,
            expectedByNow: target,
            forecast: count,
            standing: count >= target ? 'reached' : 'behind',
          })
        },
      ),
    )
  })

  it('never forecasts less than has been counted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 364 }), fc.nat(2000), (days, count) => {
        const today = plusDays(daysOf(R8).firstOn, days)
        expect(fiscalYearOf(today)).toBe(R8)
        const seen = pace({ count, target: 200 }, R8, today)
        if (seen?.state !== 'underway') throw new Error('a day of the year is under way')
        expect(seen.forecast ?? count).toBeGreaterThanOrEqual(count)
        expect(seen.elapsedRatio).toBeGreaterThan(0)
        expect(seen.elapsedRatio).toBeLessThanOrEqual(1)
      }),
    )
  })
})
