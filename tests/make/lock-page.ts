import type { Page } from 'playwright'
import { expect } from 'vitest'

// Pairing and the lock of a volunteer's phone, as a hand uses them.

/** Types the number that the organizer gave, and stands before the name. */
export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('つなぐための番号').fill(code)
  await page.getByRole('button', { name: '次へ' }).click()
  await page.getByRole('heading', { name: 'さんの電話ですか' }).waitFor()
}

/** Says that it is one's own name, and chooses a PIN. */
export async function confirmAndChoose(page: Page, pin: string): Promise<void> {
  await page.getByRole('button', { name: 'はい、' }).click()
  await choosePin(page, pin)
}

export async function choosePin(page: Page, pin: string, again = pin): Promise<void> {
  await page.getByLabel('暗証番号（6けたの数字）').fill(pin)
  await page.getByLabel('もう一度、同じ番号').fill(again)
  await page.getByRole('button', { name: 'これに決める' }).click()
}

/** Tries a PIN at the lock, and waits for what becomes of it. */
export async function tryPin(page: Page, pin: string): Promise<void> {
  await page.getByLabel('暗証番号').fill(pin)
  await page.getByRole('button', { name: '開く', exact: true }).click()
  const isOver = (): Promise<boolean> =>
    page.evaluate(() => (document.querySelector<HTMLInputElement>('#unlock input')?.value ?? '') === '')
  await expect.poll(isOver, { timeout: 20_000 }).toBe(true)
}

/** Waits for the lock; nothing of a list is on the page behind it. */
export async function untilLocked(page: Page): Promise<void> {
  await page.locator('#unlock').waitFor()
}
