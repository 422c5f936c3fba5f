import { describe, expect, it } from 'vitest'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import type { LocalDate } from '#kernel/time.ts'
import type { Indicator } from './indicator.ts'
import { assessIndicator, countedDays } from './kpi-page.ts'

const year = (value: number): FiscalYear => value as FiscalYear
const shared = { name: '指標', unit: '人', sort: 1, targets: [{ year: year(2026), value: 200 }] }
const indicatorId = '01900000-0000-7000-8000-000000000001' as Indicator['indicatorId']
const flow: Indicator = {
  ...shared,
  indicatorId,
  measure: 'classAttendances',
  kind: 'flow',
  baseline: { year: year(2023), value: 40 },
}
const stock: Indicator = {
  ...shared,
  indicatorId,
  measure: 'procedures',
  kind: 'stock',
  baseline: { year: year(2023), value: 30 },
}
const today = '2026-11-22' as LocalDate

describe('the days behind a number', () => {
  it('are one 年度 for what is counted per year', () => {
    expect(countedDays(flow, year(2026))).toEqual({ firstOn: '2026-04-01', lastOn: '2027-03-31' })
  })

  it('are all since the baseline for a running total, which holds what came before', () => {
    expect(countedDays(stock, year(2026))).toEqual({ firstOn: '2024-04-01', lastOn: '2027-03-31' })
    expect(countedDays(stock, year(2022))).toBeNull()
  })

  it('are none in the year of the baseline itself: the baseline says it all', () => {
    const { firstOn, lastOn } = countedDays(stock, year(2023)) ?? {}
    expect(String(firstOn) > String(lastOn)).toBe(true)
  })
})

describe('a line of the KPI page', () => {
  it('sets what was counted beside target, share and pace', () => {
    const counted = { indicator: flow, actual: { count: 50, uniqueLearners: 20 }, thisYearCount: 50 }
    expect(assessIndicator(counted, year(2026), today)).toMatchObject({
      target: { value: 200, basis: 'promised' },
      ratio: 0.25,
      pace: { state: 'underway', standing: 'behind' },
    })
  })

  it('gives a running total no pace, and nothing unknown a share', () => {
    const known = { indicator: stock, actual: { count: 100, uniqueLearners: null }, thisYearCount: 3 }
    expect(assessIndicator(known, year(2026), today)).toMatchObject({ ratio: 0.5, pace: null })
    const unknown = { indicator: stock, actual: null, thisYearCount: 0 }
    expect(assessIndicator(unknown, year(2022), today)).toMatchObject({ target: null, ratio: null, pace: null })
  })
})
