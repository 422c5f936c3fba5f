import type { Page } from 'playwright'
import type { State } from './page-states.ts'

const table = (page: Page) => page.locator('main table').first().waitFor()
const heading = (page: Page) => page.locator('main h1').waitFor()

/** /admin and below, as 管理者 see it. */
export const STAFF_STATES: readonly State[] = [
  { what: 'administration', path: () => '/admin', arrive: (page) => page.locator('main ul li').nth(6).waitFor() },
  { what: 'staff', path: () => '/admin/staff', arrive: table },
  {
    what: 'staff with one administrator, who is invited with problems',
    path: () => '/admin/staff',
    empty: true,
    arrive: async (page) => {
      await page.locator('main [class*=warning]').waitFor()
      await page.locator('main [type=submit]').click()
      await page.locator('#problems').waitFor()
    },
  },
  {
    what: 'colleague who was invited',
    path: () => '/admin/staff',
    arrive: table,
    act: async (page) => {
      await page.locator('[name=name]').fill('平野 のぞみ')
      await page.locator('[name=role]').first().check()
      await page.locator('main [type=submit]').click()
      await page.locator('main [data-link]').waitFor()
    },
  },
  {
    what: 'member of staff',
    path: (town) => `/admin/staff/${town.colleague}`,
    arrive: (page) => page.locator('#second-way-heading').waitFor(),
  },
  {
    what: 'member of staff with problems',
    path: (town) => `/admin/staff/${town.colleague}`,
    arrive: async (page) => {
      await page.locator('section:has(#role-heading) [type=submit]').click()
      await page.locator('#role-problems').waitFor()
    },
  },
  {
    what: 'member of staff about to be kept out',
    path: (town) => `/admin/staff/${town.colleague}`,
    arrive: (page) => page.locator('#disable-heading').waitFor(),
    act: async (page) => {
      await page.locator('[name=disableReason]').first().check()
      await page.locator('section:has(#disable-heading) [type=submit]').click()
      await page.locator('dialog[open]').waitFor()
    },
  },
  {
    what: 'sheet of the second way in',
    path: (town) => `/admin/staff/${town.colleague}`,
    arrive: (page) => page.locator('#second-way-heading').waitFor(),
    act: async (page) => {
      await page.locator('section:has(#second-way-heading) button').first().click()
      await page.locator('main svg[role=img]').waitFor()
      await page.locator('main [type=submit]').click()
      await page.locator('main [aria-invalid=true]').waitFor()
    },
  },
  {
    what: 'member of staff who is kept out',
    path: (town) => `/admin/staff/${town.keptOut}`,
    arrive: (page) => page.locator('main [class*=warning]').waitFor(),
  },
  {
    what: 'member of staff nobody knows',
    path: () => '/admin/staff/nobody',
    arrive: (page) => page.locator('main [class*=warning]').waitFor(),
  },
  {
    what: 'recovery of a colleague, and a request with problems',
    path: () => '/admin/recovery',
    arrive: async (page) => {
      await page.locator('section:has(#waiting) h3').waitFor()
      await page.locator('main [type=submit]').click()
      await page.locator('#problems').waitFor()
    },
  },
  {
    what: 'recovery that was approved',
    path: () => '/admin/recovery',
    arrive: (page) => page.locator('#waiting').waitFor(),
    act: async (page) => {
      await page.locator('section:has(#waiting) button').first().click()
      await page.locator('dialog[open] button').first().click()
      await page.locator('main [data-link]').waitFor()
    },
  },
]

/** What 閲覧 sees: sessions and totals, and nothing that the server would refuse. */
export const VIEWER_STATES: readonly State[] = [
  { what: 'office', path: () => '/office', arrive: table },
  {
    what: 'session',
    path: (town) => `/office/sessions/${town.full}`,
    arrive: (page) => page.locator('main dl').waitFor(),
  },
  {
    what: 'draft',
    path: (town) => `/office/sessions/${town.draft}`,
    arrive: (page) => page.locator('main dl').waitFor(),
  },
  {
    what: 'form that is not for them',
    path: () => '/office/sessions/new',
    arrive: (page) => page.locator('main [class*=info]').waitFor(),
  },
  {
    what: 'yearly figures',
    path: () => '/office/kpi',
    arrive: (page) => page.locator('main section').first().waitFor(),
  },
  { what: 'devices', path: () => '/office/devices', arrive: table },
  { what: 'administration', path: () => '/admin', arrive: (page) => page.locator('main ul li').first().waitFor() },
  {
    what: 'staff that are not for them',
    path: () => '/admin/staff',
    arrive: (page) => page.locator('main [class*=warning]').waitFor(),
  },
  { what: 'trainees that are not for them', path: () => '/office/training', arrive: heading },
]
