import { daysOf, type FiscalYear } from '#kernel/fiscal-year.ts'
import { type LocalDate, localDateOf } from '#kernel/time.ts'
import { type Indicator, MEASURES } from '#kpi/domain/indicator.ts'
import { countedDays } from '#kpi/domain/kpi-page.ts'
import { assessClosing } from '#kpi/domain/year-closing.ts'
import { ACCEPTED, type Apply, oneByOne, refused } from '#server/apply.ts'
import { readIndicators } from './actuals.ts'

/** 年度の締め: keeps the rows that the year's numbers are made of as they stand. The city's lock lets nothing in between. */
export const applyCloseYear: Apply<'plan.closeYear'> = oneByOne(async ({ operation, actor }, { sql, city, now }) => {
  const { fiscalYear } = operation.payload
  const closings = await sql`select 1 from year_closings where city = ${city} and fiscal_year = ${fiscalYear}`
  const refusal = assessClosing(fiscalYear, { today: localDateOf(now), closed: closings.length > 0 })
  if (refusal !== null) return refused(refusal)
  await sql`
    insert into year_closings (city, fiscal_year, closed_at, staff_id)
    values (${city}, ${fiscalYear}, ${now}, ${actor.staffId})`
  const indicators = await readIndicators(sql, city)
  const kept = MEASURES.map((measure) => ({ measure, first_on: firstDayKept(measure, indicators, fiscalYear) }))
  await sql`
    insert into year_rows (city, fiscal_year, row, measure, counted_on, learner_id, source_id, learner_ids)
    select ${city}, ${fiscalYear}, row_number() over (order by k.measure, f.counted_on, f.source_id, f.learner_id),
           k.measure, f.counted_on, f.learner_id, f.source_id, f.learner_ids
      from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as k(measure text, first_on date)
     cross join lateral (select * from kpi_facts
                          where city = ${city} and measure = k.measure
                            and counted_on between k.first_on and ${daysOf(fiscalYear).lastOn}) f`
  return ACCEPTED
})

/** Its own first day; earlier, where a running total of the plan is made of earlier days as well. */
function firstDayKept(measure: Indicator['measure'], indicators: readonly Indicator[], year: FiscalYear): LocalDate {
  return indicators
    .filter((indicator) => indicator.measure === measure)
    .flatMap((indicator) => countedDays(indicator, year)?.firstOn ?? [])
    .reduce((first, other) => (other < first ? other : first), daysOf(year).firstOn)
}
