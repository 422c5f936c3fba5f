import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import { localDateOf } from '#kernel/time.ts'
import { assessIndicator, type KpiLine, type KpiPage, type KpiRefusal, type KpiRows } from '#kpi/domain/kpi-page.ts'
import { fiscalYear } from '#kpi/domain/indicator.ts'
import { auditView } from '#server/audit.ts'
import type { ServerKit } from '#server/kit.ts'
import { readInsideBaselineCount, readLateRows, readReviewRows, readRows } from './actual-rows.ts'
import { readActual, readActuals, readIndicators, readReviewCount } from './actuals.ts'
import { readUnreported } from './unreported.ts'
import { readClosing, readLateCorrection } from './year-closings.ts'

const STATUS = {
  not_permitted: 403,
  year_unknown: 404,
  indicator_unknown: 404,
} as const satisfies Record<KpiRefusal['code'], number>

/** GET /api/kpi/:year and /api/kpi/:year/:indicatorId, for the office only: the rows carry names. */
export function kpiRoute(kit: ServerKit): Hono {
  const app = new Hono()
  app.use('/api/kpi/*', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    return next()
  })
  app.get('/api/kpi/:year', async (c) => {
    const year = readYear(c.req.param('year'))
    return year === null ? refuse(c, 'year_unknown') : c.json(await readKpiPage(kit, year))
  })
  app.get('/api/kpi/:year/:indicatorId', async (c) => {
    const year = readYear(c.req.param('year'))
    if (year === null) return refuse(c, 'year_unknown')
    const rows = await readKpiRows(kit, year, c.req.param('indicatorId'))
    if (rows === null) return refuse(c, 'indicator_unknown')
    await auditView(c, kit, { object: `indicator:${rows.counted.indicator.indicatorId}`, count: countPeople(rows) })
    return c.json(rows)
  })
  return app
}

async function readKpiPage({ database, city, now }: ServerKit, year: FiscalYear): Promise<KpiPage> {
  const today = localDateOf(now())
  return database.transaction(async (sql) => {
    await sql`set transaction isolation level repeatable read read only`
    const counted = await readActuals(sql, city, year)
    const reviewCount = await readReviewCount(sql, city)
    const unreported = await readUnreported(sql, city, { year, now: now() })
    const closing = await readClosing(sql, city, year)
    const lines: KpiLine[] = []
    for (const line of counted) {
      const lateCorrection = closing && (await readLateCorrection(sql, city, line.indicator, year))
      lines.push({ ...assessIndicator(line, year, today), lateCorrection })
    }
    return { year, today, lines, reviewCount, unreported, closing }
  })
}

/** One snapshot for the number and its rows, so that they agree while phones are sending. `null`: no such indicator. */
async function readKpiRows(
  { database, city, now }: ServerKit,
  year: FiscalYear,
  indicatorId: string,
): Promise<KpiRows | null> {
  const today = localDateOf(now())
  return database.transaction(async (sql) => {
    await sql`set transaction isolation level repeatable read read only`
    const indicator = (await readIndicators(sql, city)).find((one) => one.indicatorId === indicatorId)
    if (indicator === undefined) return null
    return {
      year,
      today,
      counted: await readActual(sql, city, indicator, year),
      baseline: indicator.kind === 'stock' ? indicator.baseline : null,
      rows: await readRows(sql, city, indicator, year),
      insideBaselineCount: await readInsideBaselineCount(sql, city, indicator),
      closing: await readClosing(sql, city, year),
      late: await readLateRows({ sql, city, indicator, year }),
      reviewRows: countsPeopleWhoCame(indicator.measure) ? await readReviewRows(sql, city) : [],
    }
  })
}

/** People whose names are among the rows; the register holds none. */
function countPeople({ rows, reviewRows, late }: KpiRows): number {
  const people = [...rows, ...reviewRows, ...late.added, ...late.gone].flatMap((row) =>
    'person' in row ? [row.person.learnerId] : [],
  )
  return new Set(people).size
}

function countsPeopleWhoCame(measure: string): boolean {
  return measure === 'classAttendances' || measure === 'helpDeskVisits'
}

function readYear(text: string): FiscalYear | null {
  const read = /^\d{4}$/.test(text) ? v.safeParse(fiscalYear, Number(text)) : null
  return read?.success === true ? read.output : null
}

function refuse(c: Context, code: KpiRefusal['code']): Response {
  return c.json({ code } satisfies KpiRefusal, STATUS[code])
}
