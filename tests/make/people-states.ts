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
    what: 'record about to be put together with another, both side by side',
    path: PEOPLE,
    arrive: async (page) => {
      await openRecord(page)
      const section = page.locator('section[aria-labelledby=same]')
      await section.locator('> button').click()
      await section.locator('[name=same-query]').fill('さ')
      await section.locator('[type=submit]').click()
      await section.locator('[name=same-other]').first().check({ force: true })
      await section.locator('table').last().waitFor()
    },
  },
  {
    what: 'record with another one of the same person, about to be taken apart',
    path: PEOPLE,
    arrive: async (page) => {
      await search(page, makePeople()[1]?.phone ?? '')
      await page.locator('main table a').first().click()
      await page.locator('section[aria-labelledby=same] table button').first().click()
      await page.locator('dialog[open]').waitFor()
    },
  },
  {
    what: 'how long personal data is kept',
    path: () => '/admin/privacy',
    arrive: (page) => page.locator('main table').nth(1).waitFor(),
  },
]
