import type { State } from './page-states.ts'

/** /admin/phones and below, and what phones bring, as an organizer sees them. */
export const PHONE_STATES: readonly State[] = [
  {
    what: 'phones of helpers',
    path: () => '/admin/phones',
    arrive: (page) => page.locator('main table').first().waitFor(),
  },
  {
    what: 'phones of nobody yet',
    path: () => '/admin/phones',
    empty: true,
    arrive: (page) => page.locator('main h1').waitFor(),
  },
  {
    what: 'phone about to be stopped',
    path: () => '/admin/phones',
    arrive: (page) => page.locator('main table button').first().waitFor(),
    act: async (page) => {
      await page.locator('main table button').first().click()
      await page.locator('dialog[open] button').first().click()
      await page.locator('dialog[open] [aria-invalid=true]').waitFor()
    },
  },
  {
    what: 'phone being connected',
    path: (town) => `/admin/phones/connect/${town.helper}`,
    arrive: (page) => page.locator('main svg[role=img] path').waitFor(),
  },
  {
    what: 'file of a phone to be taken in',
    path: () => '/office/devices/file',
    arrive: (page) => page.locator('[name=file]').waitFor(),
  },
  {
    what: 'file of a phone that is none',
    path: () => '/office/devices/file',
    arrive: async (page) => {
      const file = { name: 'list.yorozu', mimeType: 'application/octet-stream', buffer: Buffer.from('name,day') }
      await page.locator('[name=file]').setInputFiles(file)
      await page.locator('main [class*=warning]').waitFor()
    },
  },
  {
    what: 'what was on a lost phone',
    path: (town) => `/admin/phones/held/${town.lostPhone}`,
    arrive: (page) => page.locator('main ol li').first().waitFor(),
  },
]
