import type { FiscalYear } from '#kernel/fiscal-year.ts'
import type { Indicator } from '#kpi/domain/indicator.ts'
import { countedDays } from '#kpi/domain/kpi-page.ts'
import type { LateCorrection, YearClosing } from '#kpi/domain/year-closing.ts'
import type { Sql } from '#server/database.ts'

/** When a 年度 was closed and by whom; `null` while it is open. */
export async function readClosing(sql: Sql, city: string, year: FiscalYear): Promise<YearClosing | null> {
  const [closing] = await sql<YearClosing>`
    select y.closed_at as "closedAt", s.name as "closedBy"
      from year_closings y left join staff s on s.city = y.city and s.staff_id = y.staff_id
     where y.city = ${city} and y.fiscal_year = ${year}`
  return closing ?? null
}

/** 締後修正: by how many rows a closed year differs from what is known now. */
export async function readLateCorrection(
  sql: Sql,
  city: string,
  indicator: Indicator,
  year: FiscalYear,
): Promise<LateCorrection> {
  const days = countedDays(indicator, year)
  const [row] =
    days === null
      ? []
      : await sql<LateCorrection>`
          select count(*) filter (where change = 'added')::int as "addedCount",
                 count(*) filter (where change = 'gone')::int as "goneCount"
            from late_rows(${city}, ${year}, ${indicator.measure}, ${days.firstOn}, ${days.lastOn})`
  return row ?? { addedCount: 0, goneCount: 0 }
}
