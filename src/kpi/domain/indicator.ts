import * as v from 'valibot'
import { localDate, reference, words } from '#kernel/schema.ts'
import type { FiscalYear } from '#kernel/fiscal-year.ts'

/** What an indicator counts. Which of them a city promised, and how much, is data. */
export const MEASURES = ['classAttendances', 'helpDeskVisits', 'certifications', 'procedures', 'facilities'] as const
export type Measure = (typeof MEASURES)[number]

/** A 年度 as the wire has it; this product knows those of 2000 to 2100. */
export const fiscalYear = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(2000),
  v.maxValue(2100),
  v.transform((year) => year as FiscalYear),
)
const YearValue = v.strictObject({ year: fiscalYear, value: v.pipe(v.number(), v.minValue(0)) })

/** 指標: one line of the city's plan. `flow` is counted per 年度; `stock` is a running total that starts from the baseline. */
export const SetIndicator = v.strictObject({
  indicatorId: reference<'indicator'>(),
  name: words(60),
  measure: v.picklist(MEASURES),
  kind: v.picklist(['flow', 'stock']),
  /** 人, 手続, 施設 … */
  unit: words(10),
  sort: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9999)),
  baseline: YearValue,
  targets: v.pipe(v.array(YearValue), v.minLength(1), v.maxLength(30)),
})
export type Indicator = v.InferOutput<typeof SetIndicator>

export const ITEM_NAME_MAX = 80

/** One procedure that went online, or one facility that can be booked online: a row of the city's register. */
export const RecordItem = v.strictObject({
  itemId: reference<'item'>(),
  measure: v.picklist(['procedures', 'facilities']),
  name: words(ITEM_NAME_MAX),
  startedOn: localDate,
})
export type RegisterItem = v.InferOutput<typeof RecordItem>
export type RecordItemRefusal = { readonly code: 'item_exists' } | { readonly code: 'started_in_future' }

/** What was counted for one indicator up to now. */
export interface Actual {
  /** 延べ: the headline. */
  readonly count: number
  /** 実人数; `null` where people are not what is counted. */
  readonly uniqueLearners: number | null
}
