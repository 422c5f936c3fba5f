import { daysOf, type FiscalYear, fiscalYearOf } from '#kernel/fiscal-year.ts'
import { instantOf, localDateOf, plusDays } from '#kernel/time.ts'
import type { State } from './page-states.ts'
import { makeItem } from './payloads.ts'
import { makeIndicator } from './plan.ts'
import type { RunningProduct } from './running-product.ts'

const THIS_YEAR = fiscalYearOf(localDateOf(instantOf(Date.now())))
const OPEN = (THIS_YEAR - 1) as FiscalYear
const CLOSED = (THIS_YEAR - 2) as FiscalYear

/** The year before last is closed, and then something of it arrives. */
export async function closeYearBeforeLast(product: RunningProduct): Promise<void> {
  const office = product.device('organizer')
  await office.push(
    office.op('plan.closeYear', { fiscalYear: CLOSED }),
    office.op('plan.recordItem', makeItem({ startedOn: plusDays(daysOf(CLOSED).firstOn, 40) })),
  )
}

/** What the office sees of a 年度 that is over: provisional, about to be closed, closed. */
export const YEAR_STATES: readonly State[] = [
  {
    what: 'figures of a year that is over and not closed',
    path: () => `/office/kpi/${OPEN}`,
    arrive: (page) => page.locator('#closing').waitFor(),
  },
  {
    what: 'year about to be closed',
    path: () => `/office/kpi/${OPEN}`,
    arrive: async (page) => {
      await page.locator('section[aria-labelledby=closing] button').first().click()
      await page.locator('dialog[open]').waitFor()
    },
  },
  {
    what: 'figures of a closed year with a later correction',
    path: () => `/office/kpi/${CLOSED}`,
    arrive: (page) => page.locator('main a[href$="#late"]').waitFor(),
  },
  {
    what: 'rows that came after the year was closed',
    path: () => `/office/kpi/${CLOSED}/${makeIndicator('procedures').indicatorId}`,
    arrive: (page) => page.locator('section[aria-labelledby=late] table').waitFor(),
  },
]
