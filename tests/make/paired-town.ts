import type { Page } from 'playwright'
import { expect } from 'vitest'
import type { Uuid } from '#kernel/uuid.ts'
import { endPairing } from '#login/server/pairings.ts'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { untilReadyOffline } from './inside-browser.ts'
import { confirmAndChoose } from './lock-page.ts'
import { makeDistinctPeople } from './names.ts'
import { makeCode, saveInstructor } from './pairing.ts'
import { makePhoneBrowser, type PhoneBrowser } from './phone-browser.ts'
import { type RunningProduct, startProduct } from './running-product.ts'
import { publishSession, signUp } from './said-by-office.ts'

/** A Tuesday at noon in Japan; today's class is from 13:30 to 15:00. */
export const NOON = '2026-12-01T03:00:00.000Z'
export const END_MIN = 3 * 60
export const afterNoon = (minutes: number): string => new Date(Date.parse(NOON) + minutes * 60_000).toISOString()
export const PIN = '314159'

const people = makeDistinctPeople().slice(0, 8)

/** A city with one class today, two people who teach it, and their phones. */
export interface PhoneTown {
  readonly product: RunningProduct
  readonly sessionId: SessionId
  readonly naomi: InstructorId
  readonly ken: InstructorId
  /** Those on the list. */
  readonly names: readonly string[]
  makePhone(): Promise<PhoneBrowser>
  /** A phone with its list, ready to start without a network. */
  pairedPhone(whose: InstructorId): Promise<PhoneBrowser>
  /** The office ends the pairing of everything this person holds. */
  revoke(whose: InstructorId): Promise<void>
  /** How many marks of the class have reached the server. */
  countMarks(): Promise<number>
  /** Deletes the phones; the server's clock is at noon again. */
  clear(): Promise<void>
}

export async function makePhoneTown(): Promise<PhoneTown> {
  const product = await startProduct({ now: NOON })
  const { kit } = product
  const phones: PhoneBrowser[] = []
  const naomi = await saveInstructor(kit, { name: '佐久間 直美', nameKana: 'さくま なおみ' })
  const ken = await saveInstructor(kit, { name: '上原 健', nameKana: 'うえはら けん' })
  const teachers = [naomi, ken].map((instructorId) => ({ instructorId, role: 'instructor' as const }))
  const sessionId = await publishSession(product, { title: '午後の教室', inDays: 0, teachers })
  await signUp(product, sessionId, people)

  async function makePhone(): Promise<PhoneBrowser> {
    const phone = await makePhoneBrowser(await product.openDoor())
    phones.push(phone)
    await phone.setNow(NOON)
    return phone
  }

  return {
    product,
    sessionId,
    naomi,
    ken,
    names: people.map(({ name }) => name),
    makePhone,
    async pairedPhone(whose) {
      const phone = await makePhone()
      const page = await phone.open(`/pair#${(await makeCode(product, whose)).token}`)
      await page.getByRole('button', { name: 'つなぐ', exact: true }).click()
      await confirmAndChoose(page, PIN)
      await page.getByRole('link', { name: '午後の教室' }).waitFor()
      await untilReadyOffline(page)
      return phone
    },
    async revoke(whose) {
      const nobody = { kind: 'resident', id: null, role: 'resident' } as const
      await kit.database.transaction(async (sql) => {
        const current = await sql<{ pairing_id: Uuid }>`
          select pairing_id from pairings where city = ${kit.city} and instructor_id = ${whose} and ended_at is null`
        for (const { pairing_id: pairingId } of current)
          await endPairing(sql, kit, { pairingId, reason: 'lost', by: null }, nobody)
      })
    },
    async countMarks() {
      const [row] = await kit.database.sql<{ count: number }>`
        select count(*)::int as count from attendance_marks where city = ${kit.city} and session_id = ${sessionId}`
      return row?.count ?? 0
    },
    async clear() {
      await Promise.all(phones.splice(0).map((phone) => phone.destroy()))
      product.setNow(NOON)
    },
  }
}

/** From the list of sessions to the desk. */
export async function openDesk(page: Page): Promise<Page> {
  await page.getByRole('link', { name: '午後の教室' }).click()
  await untilDesk(page)
  return page
}

/** Waits for the whole list. */
export async function untilDesk(page: Page): Promise<void> {
  await page.locator('[data-count=enrolled]').getByText(String(people.length)).waitFor()
}

export const rosterLines = (page: Page): Promise<string[]> => page.locator('ul[aria-label=名簿] > li').allInnerTexts()

/** Nobody's name is anywhere in the page, shown or hidden. */
export async function expectNoNames(page: Page): Promise<void> {
  const text = await page.content()
  expect(people.filter(({ name, nameKana }) => text.includes(name) || text.includes(nameKana))).toEqual([])
}
