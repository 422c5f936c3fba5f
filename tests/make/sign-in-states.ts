import type { State } from './page-states.ts'

let visits = 0
/** Another address each time: what is behind the `#` alone does not open a page anew. */
const visit = (link: string): string => link.replace('#', `?${++visits}#`)

/** How staff come in, as anybody sees it. */
export const SIGN_IN_STATES: readonly State[] = [
  { what: 'sign-in', path: () => '/sign-in', arrive: (page) => page.locator('#volunteers').waitFor() },
  {
    what: 'sign-in where there are no passkeys',
    path: () => '/sign-in',
    arrive: async (page) => {
      await page.locator('main button').first().click()
      await page.locator('main [class*=warning]').waitFor() // the tests open the product by its number, not by its name
    },
  },
  {
    what: 'sign-in by the numbers on paper',
    path: () => '/sign-in',
    arrive: async (page) => {
      await page.locator('section:has(#second-way-in) button').click()
      await page.locator('#second-way').waitFor()
    },
  },
  {
    what: 'invitation',
    path: (town) => visit(town.invitation),
    arrive: (page) => page.locator('main form').waitFor(),
  },
  {
    what: 'set-up without a name',
    path: (town) => visit(town.setUp),
    arrive: async (page) => {
      await page.locator('main [type=submit]').click()
      await page.locator('main [aria-invalid=true]').waitFor()
    },
  },
  {
    what: 'invitation that is not good',
    path: () => visit('/sign-in/join#nobody'),
    arrive: (page) => page.locator('main [class*=warning]').waitFor(),
  },
  {
    what: 'office after the sign-in ran out',
    path: () => '/office',
    arrive: (page) => page.locator('main a[href^="/sign-in?to="]').waitFor(),
  },
]

/** What whoever is in sees of their own ways in. */
export const ACCOUNT_STATES: readonly State[] = [
  { what: 'own ways in', path: () => '/admin/account', arrive: (page) => page.locator('#logins').waitFor() },
  {
    what: 'own passkey about to be taken away',
    path: () => '/admin/account',
    arrive: (page) => page.locator('#logins').waitFor(),
    act: async (page) => {
      await page.locator('section:has(#passkeys) table button').first().click()
      await page.locator('dialog[open]').waitFor()
    },
  },
  {
    what: 'own passkey that is the last way in',
    path: () => '/admin/account',
    arrive: (page) => page.locator('#logins').waitFor(),
    act: async (page) => {
      await page.locator('section:has(#passkeys) table button').first().click()
      await page.locator('dialog[open] button').first().click()
      await page.locator('main [class*=warning]').waitFor()
    },
  },
]
