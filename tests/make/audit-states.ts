import type { Page } from 'playwright'
import type { State } from './page-states.ts'

const AUDIT = () => '/admin/audit'
const lines = (page: Page) => page.locator('main table').waitFor()
const find = async (page: Page): Promise<void> => page.locator('section:has(#search) [type=submit]').click()

/** The audit, as 管理者 see it. */
export const AUDIT_STATES: readonly State[] = [
  { what: 'audit', path: AUDIT, arrive: lines },
  { what: 'audit of a city that just began', path: AUDIT, empty: true, arrive: lines },
  {
    what: 'audit that was checked',
    path: AUDIT,
    arrive: lines,
    act: async (page) => {
      await page.locator('section:has(#check) button').click()
      await page.getByText('欠けも書き換えもありません').waitFor()
    },
  },
  {
    what: 'audit where nothing was found',
    path: AUDIT,
    arrive: async (page) => {
      await lines(page)
      await page.locator('[name=until]').fill('2020-01-01')
      await find(page)
      await page.locator('#lines [role=status]').waitFor()
    },
  },
  {
    what: 'audit searched for days in the wrong order',
    path: AUDIT,
    arrive: async (page) => {
      await lines(page)
      await page.locator('[name=from]').fill('2026-05-02')
      await page.locator('[name=until]').fill('2026-05-01')
      await find(page)
      await page.locator('#until-error').waitFor()
    },
  },
  {
    what: 'older lines of the audit',
    path: AUDIT,
    arrive: lines,
    act: async (page) => {
      await page.locator('#lines button').first().click()
      await page.locator('#lines button[class*=text]').waitFor()
      await lines(page)
    },
  },
]
