import type { FiscalYear } from '#kernel/fiscal-year.ts'
import type { Indicator } from './indicator.ts'

/** 目標値 of one 年度. `promised`: written in the plan. `interim`: our own straight line between what is written.
 *  `lastPlan`: the plan has ended; its last target, until the next plan sets one. */
export interface Target {
  readonly value: number
  readonly basis: 'promised' | 'interim' | 'lastPlan'
}

type YearValue = Indicator['baseline']
type Promised = Pick<Indicator, 'baseline' | 'targets'>

/** What was promised for a year, or the straight line towards it; `null` up to and including the baseline's year.
 *  An interim value is rounded up: a whole person is missing until one has come. Source: docs/rules.md#kpi-target */
export function targetFor(indicator: Promised, year: FiscalYear): Target | null {
  const exact = indicator.targets.find((target) => target.year === year)
  if (exact !== undefined) return { value: exact.value, basis: 'promised' }
  if (year <= indicator.baseline.year) return null
  const points = [indicator.baseline, ...indicator.targets].sort((a, b) => a.year - b.year)
  const before = points.filter((point) => point.year < year).at(-1) ?? indicator.baseline
  const after = points.find((point) => point.year > year)
  if (after === undefined) return { value: before.value, basis: 'lastPlan' }
  return { value: Math.ceil(withoutNoise(onLine(before, after, year))), basis: 'interim' }
}

/** The plan's last promise: what everything is measured against in the end. */
export function finalTarget(indicator: Pick<Indicator, 'targets' | 'baseline'>): YearValue {
  return indicator.targets.reduce((last, target) => (target.year > last.year ? target : last), indicator.baseline)
}

/** 達成率, 1 = 100 %. `null` where a share means nothing: no target, a target of 0, or nothing known. Not the same as 0. */
export function achievementRatio(actual: number | null, target: number | null): number | null {
  return actual === null || target === null || target === 0 ? null : actual / target
}

/** A ratio as whole per cent, rounded down: 199 of 200 is 99 %, never 100 %. */
export function percentOf(ratio: number): number {
  return Math.floor(withoutNoise(ratio * 100))
}

function onLine(before: YearValue, after: YearValue, year: FiscalYear): number {
  return before.value + ((after.value - before.value) * (year - before.year)) / (after.year - before.year)
}

/** Without the last bits of a binary fraction: 0.29 × 100 is 28.999…96 to a machine and 29 to a council. */
function withoutNoise(value: number): number {
  return Number(value.toFixed(6))
}
