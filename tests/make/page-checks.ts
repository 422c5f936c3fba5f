import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TWICE_THE_TEXT = '200%' // of the browser's own 16px: everything is measured in rem
const TAP_MIN_PX = 48
const TAP_PRIMARY_PX = 56
/** What a person can act on. Doubles that are kept from keyboard and screen reader stand for nobody. */
const CONTROLS = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
  .split(', ')
  .map((one) => `${one}:not([aria-hidden=true])`)
  .join(', ')
const TOLERANCE_PX = 0.5 // layout works in fractions of a pixel

/** What axe finds wrong, in one line each. With `rules`, only those. */
export async function readAxe(page: Page, rules: readonly string[] = []): Promise<readonly string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE) // not a script of the page: its policy stays as it is
  return page.evaluate(async (only) => {
    interface Axe {
      run(options: object): Promise<{ violations: { id: string; nodes: { target: unknown; html: string }[] }[] }>
    }
    const { axe } = window as unknown as { axe: Axe }
    const { violations } = await axe.run({
      resultTypes: ['violations'],
      ...(only.length > 0 && { runOnly: { type: 'rule', values: only } }),
    })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
  }, rules)
}

/** What sticks out sideways at 320px with text twice as large. A table may scroll inside its own box. */
export async function readOverflow(page: Page): Promise<readonly string[]> {
  const before = page.viewportSize()
  await page.setViewportSize({ width: 320, height: 800 })
  const found = await page.evaluate((size) => {
    document.documentElement.style.fontSize = size
    const { scrollWidth, clientWidth } = document.documentElement
    const scrolls = (one: Element | null): boolean =>
      one !== null && (getComputedStyle(one).overflowX === 'auto' || scrolls(one.parentElement))
    const wide = [...document.querySelectorAll('body *')].filter(
      (one) => one.getBoundingClientRect().right > clientWidth + 1 && !scrolls(one.parentElement),
    )
    document.documentElement.style.fontSize = ''
    return scrollWidth > clientWidth
      ? [`${scrollWidth}px wide`, ...wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 160))]
      : []
  }, TWICE_THE_TEXT)
  if (before) await page.setViewportSize(before)
  return found
}

/** What a finger could miss: lower than 48px, or 56px for what sends a form. Words inside a sentence are as tall as the sentence. */
export function readSmallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    ({ min, primary, selector }) => {
      const isInSentence = (one: Element): boolean =>
        one.matches(':is(p, li, td, dd, span) > a') && !one.matches('nav a')
      const isStretched = (one: Element): boolean => getComputedStyle(one, '::after').position === 'absolute' // over its card
      const tapped = (one: Element): Element => {
        if (one instanceof HTMLElement && isStretched(one)) return one.offsetParent ?? one
        return one.matches('[type=radio], [type=checkbox]') ? (one.closest('label') ?? one) : one
      }
      return [...document.querySelectorAll(selector)]
        .filter((one) => one.checkVisibility() && !isInSentence(one) && !one.matches('[href="#main"]'))
        .flatMap((one) => {
          const { height, width } = tapped(one).getBoundingClientRect()
          const wanted = one.matches('[type=submit]') ? primary : min
          return height < wanted || width < min ? [`${Math.round(width)}×${Math.round(height)}: ${one.outerHTML}`] : []
        })
        .map((line) => line.slice(0, 200))
    },
    { min: TAP_MIN_PX - TOLERANCE_PX, primary: TAP_PRIMARY_PX - TOLERANCE_PX, selector: CONTROLS },
  )
}

/** What a keyboard cannot reach, and what does not show that it was reached. Walks the page with Tab from its beginning;
 *  in a dialog that is open, only there. */
export async function readKeyboardTrouble(page: Page): Promise<readonly string[]> {
  const wanted = await page.evaluate((selector) => {
    const place = document.querySelector('dialog[open]') ?? document
    const seen = [...place.querySelectorAll<HTMLElement>(selector)].filter((one) => one.checkVisibility())
    for (const one of seen) one.dataset['walk'] = 'missed'
    addEventListener('focusin', ({ target: one }) => {
      if (!(one instanceof HTMLElement) || one.dataset['walk'] === undefined) return
      const around = one.closest('label') ?? one.closest('li') // a choice, or the card that a link is stretched over
      const looks = [getComputedStyle(one), getComputedStyle(one, '::after')]
      if (around) looks.push(getComputedStyle(around))
      const isSeen = looks.some((look) => look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2)
      one.dataset['walk'] = isSeen ? 'seen' : 'unseen'
    })
    ;(document.activeElement as HTMLElement | null)?.blur()
    getSelection()?.setPosition(document.body, 0) // Tab goes on from here
    return seen.length
  }, CONTROLS)
  let trouble: readonly string[] = []
  for (let round = 0; round < 2; round++) {
    for (let step = 0; step < wanted + 2; step++) await page.keyboard.press('Tab')
    trouble = await readWalk(page)
    if (trouble.length === 0) break // else once more: the page itself may have moved the focus in the middle of the first round
  }
  return trouble
}

function readWalk(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    // One radio button stands for its group: the arrow keys choose among them.
    const radios = [...document.querySelectorAll<HTMLInputElement>('[type=radio][data-walk]')]
    const groups = new Set(radios.filter((one) => one.dataset['walk'] !== 'missed').map((one) => one.name))
    return [...document.querySelectorAll<HTMLElement>('[data-walk]:not([data-walk=seen])')]
      .filter((one) => !(one instanceof HTMLInputElement && one.type === 'radio' && groups.has(one.name)))
      .map((one) => one.outerHTML.slice(0, 200))
  })
}

/** Everything the browser complains about from now on while a page is used: errors, the policy, other hosts. */
export async function collectComplaints(page: Page): Promise<readonly string[]> {
  const complaints: string[] = []
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`) // heard below
    })
  })
  page.on('console', (message) => {
    const isOwnAnswer = message.text().startsWith('Failed to load resource') // a 404 page is answered with 404
    if (message.type() === 'error' && !isOwnAnswer) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') complaints.push(`another host: ${request.url()}`)
  })
  return complaints
}
