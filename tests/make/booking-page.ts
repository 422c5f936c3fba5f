import type { Page } from 'playwright'
import { expect } from 'vitest'
import type { SessionId } from '#sessions/domain/session.ts'
import type { Person } from './names.ts'
import { readAxe, readKeyboardTrouble, readOverflow, readSmallTargets } from './page-checks.ts'
import type { RunningProduct } from './running-product.ts'
import { signUp } from './said-by-office.ts'

/** What opens a booking: its number, and the end of the phone number. */
export interface TypedKey {
  readonly receipt: string
  readonly last4: string
}

/** One booking by telephone. */
export async function bookByPhone(product: RunningProduct, sessionId: SessionId, who: Person): Promise<TypedKey> {
  const [enrollmentId = ''] = await signUp(product, sessionId, [who])
  const [row] = await product.kit.database.sql<{ receipt_number: string }>`
    select receipt_number from enrollments where city = ${product.kit.city} and enrollment_id = ${enrollmentId}`
  return { receipt: row?.receipt_number ?? '', last4: who.phone.slice(-4) }
}

/** The states of a session's bookings, in order of arrival. */
export async function bookingStates(product: RunningProduct, sessionId: SessionId): Promise<readonly string[]> {
  const rows = await product.kit.database.sql<{ state: string }>`
    select state from enrollments_now where city = ${product.kit.city} and session_id = ${sessionId} order by arrival`
  return rows.map((row) => row.state)
}

/** Types the key into the page of one's own booking. */
export async function askForBooking(page: Page, { receipt, last4 }: TypedKey): Promise<void> {
  await page.locator('[name=receiptNumber]').fill(receipt)
  await page.locator('[name=phoneLast4]').fill(last4)
  await page.getByRole('button', { name: '申し込みを確かめる' }).click()
}

/** Signs up on the page of a session, and waits for the seat. */
export async function signUpHere(page: Page, { name, nameKana, phone }: Person): Promise<void> {
  await page.getByLabel('氏名').fill(name)
  await page.getByLabel('ふりがな').fill(nameKana)
  await page.getByLabel('電話番号').fill(phone)
  await page.getByRole('button', { name: '申し込む' }).click()
  await page.getByText('席がとれました').waitFor()
}

/** Nothing to scroll sideways for, nothing too small to tap; with a program in the page also what axe and the keyboard say. */
export async function expectSound(page: Page, hasPrograms: boolean): Promise<void> {
  const found = {
    sideways: await readOverflow(page),
    small: await readSmallTargets(page),
    ...(hasPrograms && { axe: await readAxe(page), keyboard: await readKeyboardTrouble(page) }),
  }
  expect(Object.entries(found).filter(([, troubles]) => troubles.length > 0)).toEqual([])
}
