import type { Locator, Page } from 'playwright'
import { expect } from 'vitest'

// The desk's page as a helper's thumb uses it.

/** The row of a person who is not here yet is one large button. */
function personToCheckIn(page: Page, name: string): Locator {
  return page.locator('ul[aria-label=名簿] > li > button', { has: page.getByText(name, { exact: true }) })
}

/** Taps these names, each once it is on the disk. */
export async function checkIn(page: Page, who: readonly string[]): Promise<void> {
  for (const name of who) {
    await personToCheckIn(page, name).click()
    await page.locator(`button[aria-label="${name}さんの受付を取り消す"]`).waitFor()
  }
}

/** Takes these back. */
export async function undo(page: Page, who: readonly string[]): Promise<void> {
  for (const name of who) {
    await page.locator(`button[aria-label="${name}さんの受付を取り消す"]`).click()
    await personToCheckIn(page, name).waitFor()
  }
}

/** Receives people who came without signing up. */
export async function walkIn(page: Page, kana: readonly string[]): Promise<void> {
  for (const one of kana) {
    await page.getByRole('link', { name: '飛び込みの人を受け付ける' }).click()
    await page.getByLabel('ふりがな').fill(one)
    await page.getByRole('button', { name: 'この人を受け付ける' }).click()
    await page.locator(`button[aria-label="${one}さんの受付を取り消す"]`).waitFor()
  }
}

/** Each line of the list as it is read, those that are shown after a search. */
export function readList(page: Page): Promise<string[]> {
  return page.locator('ul[aria-label=名簿] > li').allInnerTexts()
}

/** Waits until the counts over the list are these. */
export async function expectCounts(page: Page, counts: Readonly<Record<string, number>>): Promise<void> {
  const read = () =>
    page
      .locator('[data-count]')
      .evaluateAll((all) =>
        Object.fromEntries(all.map((one) => [(one as HTMLElement).dataset['count'], Number(one.textContent)])),
      )
  await expect.poll(read, { timeout: 30_000 }).toEqual(counts)
}
