import * as v from 'valibot'
import { type Indicator, SetIndicator } from '#kpi/domain/indicator.ts'

const R5 = 2023
const R8 = 2026

/** The five indicators of the city's plan, as the payloads of `plan.setIndicator`. The numbers are those the plan printed. */
export function makePlan(): readonly Indicator[] {
  return [
    flow(1, 'スマホ教室・講座参加人数', 'classAttendances', [40, 200]),
    flow(2, 'スマホよろず相談所利用者', 'helpDeskVisits', [0, 400]),
    stock(3, 'スマホ講師養成数', 'certifications', { unit: '人', from: 0, to: 15 }),
    stock(4, 'オンライン申請・申込対応数', 'procedures', { unit: '手続', from: 30, to: 200 }),
    stock(5, 'オンライン予約可能施設数', 'facilities', { unit: '施設', from: 0, to: 4 }),
  ]
}

/** The plan's indicator of one measure. */
export function makeIndicator(measure: Indicator['measure']): Indicator {
  const found = makePlan().find((indicator) => indicator.measure === measure)
  if (found === undefined) throw new Error(`The plan has no indicator of ${measure}`)
  return found
}

function flow(
  sort: number,
  name: string,
  measure: Indicator['measure'],
  [from, to]: readonly [number, number],
): Indicator {
  return indicator({ sort, name, measure, kind: 'flow', unit: '人', from, to })
}

function stock(
  sort: number,
  name: string,
  measure: Indicator['measure'],
  numbers: { readonly unit: string; readonly from: number; readonly to: number },
): Indicator {
  return indicator({ sort, name, measure, kind: 'stock', ...numbers })
}

type Line = Pick<Indicator, 'sort' | 'name' | 'measure' | 'kind' | 'unit'> & {
  readonly from: number
  readonly to: number
}

function indicator({ from, to, ...line }: Line): Indicator {
  return v.parse(SetIndicator, {
    indicatorId: `01900000-0000-7000-8000-00000000000${line.sort}`,
    ...line,
    baseline: { year: R5, value: from },
    targets: [{ year: R8, value: to }],
  })
}
