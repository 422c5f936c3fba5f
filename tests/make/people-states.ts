import type { Page } from 'playwright'
import { makePeople } from './names.ts'
import type { State } from './page-states.ts'

const search = async (page: Page, query: string): Promise<void> => {
  await page.locator('[name=query]').fill(query)
  await page.locator('main [type=submit]').click()
}
/** Opens the record of the first person of the town, who signed up and came. */
const openRecord = async (page: Page): Promise<void> => {
  await search(page, makePeople()[0]?.phone ?? '')
  await page.locator('main table a').first().click()
  await page.locator('#facts').waitFor()
}
/** Presses one of the buttons that stand for what may be done: 訂正, 利用停止, 消去. */
const press = (nth: number) => async (page: Page) => {
  await openRecord(page)
  await page.locator('main button').nth(nth).click()
}
const PEOPLE = () => '/admin/people'

/** What the office sees of the people it holds, and of how long. */
export const PEOPLE_STATES: readonly State[] = [
  { what: 'search for a person', path: PEOPLE, arrive: (page) => page.locator('[name=query]').waitFor() },
  {
    what: 'people who were found',
    path: PEOPLE,
    arrive: async (page) => {
      await search(page, 'さ')
      await page.locator('main table').waitFor()
    },
  },
  { what: 'record of a person', path: PEOPLE, arrive: openRecord },
  {
    what: 'record about to be corrected, with problems',
    path: PEOPLE,
    arrive: async (page) => {
      await press(0)(page)
      await page.locator('[name=phone]').fill('12')
      await page.locator('main [type=submit]').click()
      await page.locator('#problems').waitFor()
    },
  },
  {
    what: 'record about to be erased, without a reason yet',
    path: PEOPLE,
    arrive: async (page) => {
      await press(2)(page)
      await page.locator('dialog[open] button').first().click()
      await page.locator('#erase-reason-error').waitFor()
    },
  },
  {
    what: 'how long personal data is kept',
    path: () => '/admin/privacy',
    arrive: (page) => page.locator('main table').nth(1).waitFor(),
  },
]
