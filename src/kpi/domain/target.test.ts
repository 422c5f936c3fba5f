import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import { achievementRatio, finalTarget, percentOf, targetFor } from './target.ts'

const year = (value: number): FiscalYear => value as FiscalYear
const at = (value: number, count: number) => ({ year: year(value), value: count })
const classes = { baseline: at(2023, 40), targets: [at(2026, 200)] }

describe('the target of a year', () => {
  it('is what the plan says for that year', () => {
    expect(targetFor(classes, year(2026))).toEqual({ value: 200, basis: 'promised' })
  })

  it('lies on the straight line in between, rounded up to whole people', () => {
    expect(targetFor(classes, year(2024))).toEqual({ value: 94, basis: 'interim' }) // 40 + 160/3 = 93.3…
    expect(targetFor(classes, year(2025))).toEqual({ value: 147, basis: 'interim' }) // 40 + 320/3 = 146.6…
  })

  it('does not round up what is whole already', () => {
    const trainees = { baseline: at(2023, 0), targets: [at(2026, 15)] }
    expect(targetFor(trainees, year(2024))).toEqual({ value: 5, basis: 'interim' })
    expect(targetFor(trainees, year(2025))).toEqual({ value: 10, basis: 'interim' })
  })

  it('is none in the year of the baseline and before: nothing had been promised', () => {
    expect(targetFor(classes, year(2023))).toBeNull()
    expect(targetFor(classes, year(2019))).toBeNull()
  })

  it('stays at the last promise after the plan, and says so', () => {
    expect(targetFor(classes, year(2027))).toEqual({ value: 200, basis: 'lastPlan' })
  })

  it('follows each stretch of a plan with several targets, in whatever order they were written', () => {
    const plan = { baseline: at(2023, 0), targets: [at(2029, 400), at(2025, 100)] }
    expect(targetFor(plan, year(2024))).toEqual({ value: 50, basis: 'interim' })
    expect(targetFor(plan, year(2027))).toEqual({ value: 250, basis: 'interim' })
    expect(finalTarget(plan)).toEqual(at(2029, 400))
  })

  it('never leaves the stretch between baseline and target, and never falls while the plan rises', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), fc.integer({ min: 1, max: 20 }), (from, rise, years) => {
        const plan = { baseline: at(2023, from), targets: [at(2023 + years, from + rise)] }
        let before = from
        for (let passed = 1; passed <= years + 3; passed++) {
          const value = targetFor(plan, year(2023 + passed))?.value ?? Number.NaN
          expect(value).toBeGreaterThanOrEqual(before)
          expect(value).toBeLessThanOrEqual(from + rise)
          expect(Number.isInteger(value)).toBe(true)
          before = value
        }
        expect(before).toBe(from + rise)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the achievement', () => {
  it('is unknown, not zero and not infinite, without a target or with a target of 0', () => {
    expect(achievementRatio(5, 0)).toBeNull()
    expect(achievementRatio(0, 0)).toBeNull()
    expect(achievementRatio(5, null)).toBeNull()
    expect(achievementRatio(null, 200)).toBeNull()
    expect(achievementRatio(0, 200)).toBe(0)
  })

  it('says 100 % exactly when the target is met, and otherwise the whole per cent below', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 100_000 }), (actual, target) => {
        const percent = percentOf(achievementRatio(actual, target) ?? Number.NaN)
        expect(percent).toBe(Number((BigInt(actual) * 100n) / BigInt(target)))
        expect(percent >= 100).toBe(actual >= target)
      }),
      { numRuns: 2000 },
    )
  })
})
