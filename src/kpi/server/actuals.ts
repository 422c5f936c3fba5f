import type { FiscalYear } from '#kernel/fiscal-year.ts'
import { daysOf } from '#kernel/fiscal-year.ts'
import type { Actual, Indicator } from '#kpi/domain/indicator.ts'
import { type CountedIndicator, countedDays } from '#kpi/domain/kpi-page.ts'
import type { Sql } from '#server/database.ts'

/** The indicators of the city's plan, in the plan's order. */
export async function readIndicators(sql: Sql, city: string): Promise<readonly Indicator[]> {
  const rows = await sql<{ body: Indicator }>`
    select body from indicators where city = ${city} order by (body ->> 'sort')::int, indicator_id`
  return rows.map((row) => row.body)
}

/** Source: docs/rules.md#kpi-count and #kpi-fiscal-year.
 *  実績値: what was counted for every indicator in a 年度. Of a closed year the rows that were closed,
 *  else a query over facts each time; nothing is ever incremented. */
export async function readActuals(sql: Sql, city: string, year: FiscalYear): Promise<readonly CountedIndicator[]> {
  const counted: CountedIndicator[] = []
  for (const indicator of await readIndicators(sql, city)) counted.push(await readActual(sql, city, indicator, year))
  return counted
}

/** What was counted for one indicator in a 年度. */
export async function readActual(
  sql: Sql,
  city: string,
  indicator: Indicator,
  year: FiscalYear,
): Promise<CountedIndicator> {
  const days = countedDays(indicator, year)
  if (days === null) return { indicator, actual: null, thisYearCount: 0 }
  const [facts] = await sql<{ count: number; people: number; this_year: number }>`
    select count(*)::int as count, count(distinct learner_id)::int as people,
           count(*) filter (where counted_on >= ${daysOf(year).firstOn})::int as this_year
      from kpi_rows(${city}, ${year}, ${indicator.measure}, ${days.firstOn}, ${days.lastOn}, 'counted')`
  const { count = 0, people = 0, this_year: thisYearCount = 0 } = facts ?? {}
  const baseline = indicator.kind === 'stock' ? indicator.baseline.value : 0
  return { indicator, actual: actualOf(indicator, count + baseline, people + baseline), thisYearCount }
}

/** 要確認: how many people came whom no year can count yet. */
export async function readReviewCount(sql: Sql, city: string): Promise<number> {
  const [row] = await sql<{ count: number }>`select count(*)::int as count from kpi_review where city = ${city}`
  return row?.count ?? 0
}

function actualOf(indicator: Indicator, count: number, people: number): Actual {
  const ofPeople = indicator.measure !== 'procedures' && indicator.measure !== 'facilities'
  return { count, uniqueLearners: ofPeople ? people : null }
}
