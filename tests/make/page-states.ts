import type { Page } from 'playwright'
import { expect } from 'vitest'
import { fiscalYearOf } from '#kernel/fiscal-year.ts'
import { instantOf, localDateOf } from '#kernel/time.ts'
import type { LinkedRole } from '#login/server/demo-links.ts'
import { AUDIT_STATES } from './audit-states.ts'
import { makePeople } from './names.ts'
import { PEOPLE_STATES } from './people-states.ts'
import { PHONE_STATES } from './phone-states.ts'
import { makeIndicator } from './plan.ts'
import type { ShownTown } from './shown-town.ts'
import { STAFF_STATES, VIEWER_STATES } from './staff-states.ts'
import { ACCOUNT_STATES, SIGN_IN_STATES } from './sign-in-states.ts'
import { YEAR_STATES } from './year-states.ts'

/** A page in a state, and how to get there, in no language: by names of fields and kinds of buttons. */
export interface State {
  readonly what: string
  readonly path: (town: ShownTown) => string
  readonly empty?: true
  /** Brings the page into its state, and waits until it is there. */
  readonly arrive?: (page: Page) => Promise<unknown>
  /** As above, but it changes something: done once only. */
  readonly act?: (page: Page) => Promise<unknown>
}

const NOBODY = '01990000-0000-7000-8000-000000000000'
const heading = (page: Page) => page.locator('main h1').waitFor()
const submit = (page: Page) => page.locator('main [type=submit]').last().click()
const problems = async (page: Page) => {
  await submit(page)
  await page.locator('#problems').waitFor()
}
/** Signs the n-th person of the town up, and waits for a banner of this look. */
export const sends = (nth: number, look: 'success' | 'info' | 'error') => async (page: Page) => {
  const { name, nameKana, phone } = makePeople()[nth] ?? { name: '', nameKana: '', phone: '' }
  await page.locator('[name=name]').fill(name)
  await page.locator('[name=nameKana]').fill(nameKana)
  await page.locator('[name=phone]').fill(phone)
  await submit(page)
  await page.locator(`#answers [class*=${look}]`).first().waitFor()
}
export const alive = (page: Page) => page.locator('#answers').waitFor({ state: 'attached' })

/** Who looks: a resident, whoever opened a link, or a member of staff who signed in. */
export type ShownRole = 'resident' | LinkedRole | 'staff' | 'viewer'

/** Every page in every state, by who sees it. */
export const STATES: Readonly<Record<ShownRole, readonly State[]>> = {
  resident: [
    { what: 'first page', path: () => '/' },
    { what: 'first page with nothing on', path: () => '/', empty: true },
    { what: 'session with seats', path: (town) => `/sessions/${town.open}`, arrive: alive },
    { what: 'session with few seats', path: (town) => `/sessions/${town.few}`, arrive: alive },
    { what: 'full session', path: (town) => `/sessions/${town.full}`, arrive: alive },
    { what: 'closed session', path: (town) => `/sessions/${town.closed}`, arrive: alive },
    { what: 'cancelled session', path: (town) => `/sessions/${town.cancelled}`, arrive: alive },
    { what: 'session that is over', path: (town) => `/sessions/${town.over}`, arrive: alive },
    { what: 'no such session', path: () => `/sessions/${NOBODY}`, arrive: heading },
    { what: 'no such page', path: () => '/nowhere', arrive: heading },
    {
      what: 'sign-up with problems',
      path: (town) => `/sessions/${town.open}`,
      arrive: async (page) => (await alive(page), problems(page)),
    },
    {
      what: 'sign-up with a seat',
      path: (town) => `/sessions/${town.open}`,
      arrive: alive,
      act: sends(100, 'success'),
    },
    {
      what: 'sign-up on the waitlist',
      path: (town) => `/sessions/${town.full}`,
      arrive: alive,
      act: sends(101, 'info'),
    },
    { what: 'sign-up refused', path: (town) => `/sessions/${town.full}`, arrive: alive, act: sends(0, 'error') },
    {
      what: 'first page with sign-ups of one’s own',
      path: () => '/',
      arrive: (page) => page.locator('#my-bookings').waitFor(),
    },
    ...SIGN_IN_STATES,
    { what: 'what was sent', path: () => '/device', arrive: (page) => page.locator('#sent').waitFor() },
  ],
  viewer: VIEWER_STATES,
  staff: [...STAFF_STATES, ...AUDIT_STATES, ...ACCOUNT_STATES],
  volunteer: [
    { what: 'hall', path: () => '/hall', arrive: (page) => page.locator('#today').waitFor() },
    { what: 'hall with no lists', path: () => '/hall', empty: true, arrive: heading },
    {
      what: 'desk',
      path: (town) => `/hall/${town.today}`,
      arrive: (page) => page.locator('[data-count]').first().waitFor(),
    },
    {
      what: 'desk after a tap and an undo',
      path: (town) => `/hall/${town.today}`,
      arrive: (page) => page.locator('[data-count]').first().waitFor(),
      act: async (page) => {
        const rows = page.locator('main ul li')
        await page.locator('main ul li button[class*=tap]').first().click()
        await page.locator('main ul li:not(:has(button[class*=tap])) button').last().click()
        await expect.poll(() => rows.count()).toBeGreaterThan(10)
      },
    },
    {
      what: 'desk where nobody was found',
      path: (town) => `/hall/${town.today}`,
      arrive: async (page) => {
        await page.locator('[name=search]').fill('ゐゑ')
        await expect.poll(() => page.locator('main ul li').count()).toBe(0)
      },
    },
    {
      what: 'walk-in',
      path: (town) => `/hall/${town.today}/walk-in`,
      arrive: (page) => page.locator('[name=nameKana]').waitFor(),
    },
    { what: 'walk-in with problems', path: (town) => `/hall/${town.today}/walk-in`, arrive: problems },
    { what: 'list that is not on this device', path: () => `/hall/${NOBODY}`, arrive: heading },
    { what: 'figures that are not for a helper', path: () => '/office/kpi', arrive: heading },
  ],
  organizer: [
    ...PEOPLE_STATES,
    { what: 'office', path: () => '/office', arrive: (page) => page.locator('main table').first().waitFor() },
    { what: 'office with nothing yet', path: () => '/office', empty: true, arrive: heading },
    {
      what: 'new session',
      path: () => '/office/sessions/new',
      arrive: (page) => page.locator('[name=title]').waitFor(),
    },
    { what: 'new session with problems', path: () => '/office/sessions/new', arrive: problems },
    {
      what: 'session being changed',
      path: (town) => `/office/sessions/${town.open}/edit`,
      arrive: (page) => page.locator('[name=title]').waitFor(),
    },
    { what: 'draft', path: (town) => `/office/sessions/${town.draft}`, arrive: heading },
    {
      what: 'session with people',
      path: (town) => `/office/sessions/${town.full}`,
      arrive: (page) => page.locator('main table').first().waitFor(),
    },
    { what: 'devices', path: () => '/office/devices', arrive: (page) => page.locator('main table').waitFor() },
    { what: 'devices of nobody yet', path: () => '/office/devices', empty: true, arrive: heading },
    {
      what: 'session of today with the phones that have its list',
      path: (town) => `/office/sessions/${town.today}`,
      arrive: (page) => page.locator('#phones').waitFor(),
    },
    { what: 'cancelled session of the office', path: (town) => `/office/sessions/${town.cancelled}`, arrive: heading },
    { what: 'import', path: () => '/office/import', arrive: (page) => page.locator('[name=file]').waitFor() },
    {
      what: 'import with a preview',
      path: () => '/office/import',
      arrive: async (page) => {
        await page.locator('[name=file]').setInputFiles('tests/data/municipal-smartphone-classes-2022.csv')
        await page.locator('main table').first().waitFor()
      },
    },
    {
      what: 'yearly figures',
      path: () => '/office/kpi',
      arrive: (page) => page.locator('main section').first().waitFor(),
    },
    ...YEAR_STATES,
    { what: 'yearly figures with no plan', path: () => '/office/kpi', empty: true, arrive: heading },
    {
      what: 'rows of the classes',
      path: () => rowsPath('classAttendances'),
      arrive: (page) => page.locator('main table').first().waitFor(),
    },
    {
      what: 'rows of the procedures',
      path: () => rowsPath('procedures'),
      arrive: (page) => page.locator('[name=name]').waitFor(),
    },
    {
      what: 'trainee about to be certified',
      path: () => '/office/training',
      arrive: (page) => page.locator('main table').first().waitFor(),
      act: async (page) => {
        await page.locator('main table button').first().click()
        await page.locator('main form').waitFor()
      },
    },
    {
      what: 'session about to be cancelled',
      path: (town) => `/office/sessions/${town.few}`,
      arrive: (page) => page.locator('main h1').waitFor(),
      act: async (page) => {
        await page.getByRole('button', { name: '中止する' }).click()
        await page.locator('dialog[open]').waitFor()
      },
    },
    ...PHONE_STATES,
    {
      what: 'trainees',
      path: () => '/office/training',
      arrive: (page) => page.locator('main table').first().waitFor(),
    },
  ],
}

function rowsPath(measure: 'classAttendances' | 'procedures'): string {
  return `/office/kpi/${fiscalYearOf(localDateOf(instantOf(Date.now())))}/${makeIndicator(measure).indicatorId}`
}
