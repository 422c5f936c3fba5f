import type { Browser, BrowserContext, Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { readOwnProgram } from '#server/own-program.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { OwnProgram } from '#sync/domain/device-ledger.ts'
import { launchBrowser } from '../make/browser.ts'
import { collectComplaints, readAxe, readOverflow, readSmallTargets } from '../make/page-checks.ts'
import { makeHttpPhone, pairPhone, saveInstructor } from '../make/pairing.ts'
import { makeMark } from '../make/payloads.ts'
import { PHONE } from '../make/phone-browser.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { publishSession, setPlan } from '../make/said-by-office.ts'

const NOON = '2026-12-01T03:00:00.000Z' // a Tuesday; the class ends at 15:00 in Japan
const EVENING = '2026-12-01T08:30:00.000Z'
const NAME = '川畑 直美'

let browser: Browser
let own: OwnProgram
beforeAll(async () => {
  ;[browser, own] = await Promise.all([launchBrowser(), readOwnProgram('dist/client')])
  return () => browser.close()
})

describe.each([
  ['a phone', { width: 360, height: 800 }],
  ['a desk', { width: 1280, height: 800 }],
] as const)('an organizer at %s', (_what, viewport) => {
  let product: RunningProduct
  let context: BrowserContext
  beforeAll(async () => {
    product = await startProduct({ now: NOON })
    context = await browser.newContext({ ...PHONE, viewport, reducedMotion: 'reduce' })
    await (await context.newPage()).goto(product.url + product.links.organizer)
    return async () => {
      await context.close()
      await product.stop()
    }
  })

  test('sees by name whose phone has not come in, is told what to do, and sees it come', async () => {
    const phone = makeHttpPhone(product.fetch)
    const naomi = await saveInstructor(product.kit, { name: NAME, nameKana: 'かわばた なおみ' })
    await setPlan(product)
    const sessionId = await publishSession(product, {
      title: '午後の教室',
      inDays: 0,
      teachers: [{ instructorId: naomi, role: 'instructor' }],
    })
    await pairPhone(product, phone.device, naomi)
    const marks = Array.from({ length: 4 }, () => phone.op('attendance.mark', makeMark({ sessionId })))
    await phone.sync(marks.slice(0, 1), 3, { lastSeq: 4, oldestUnsentAt: product.kit.now(), program: own.name })
    const page = await context.newPage()
    const complaints = await collectComplaints(page)
    const show = (path: string) => page.goto(product.url + path)

    await show(`/office/sessions/${sessionId}`)
    await page.getByText(`この回の名簿がある電話：${NAME}さん`).waitFor()

    product.setNow(EVENING)
    await page.reload()
    await page.getByText(`まだ届いていない電話：${NAME}さん`).waitFor()
    await expectSound(page)
    await page.getByRole('link', { name: '端末のようすを見る' }).click()
    await page.getByText(`${NAME}さんの電話：3件がまだ届いていません`).waitFor()
    await page.getByText('電波のある所で「よろず」を開いてもらってください').first().waitFor()
    await expectSound(page)
    await show('/office/kpi')
    await page.getByText('未着 3件／端末 1台').waitFor()
    await expectSound(page)

    await phone.sync(marks.slice(1), 0, { lastSeq: 4, program: own.name })
    await show(`/office/sessions/${sessionId}`)
    await page.getByText('1台すべて届きました').waitFor()
    await show('/office/devices')
    await page.getByText('すべて届いています').waitFor()
    await show('/office/kpi')
    await page.getByText('端末からの記録は、すべて届いています').waitFor()
    await expectMarks(sessionId, marks.length)
    expect(await readPrograms()).toEqual([own.name]) // the browser names its build as the server does
    expect(complaints).toEqual([])
  })

  async function expectMarks(sessionId: SessionId, count: number): Promise<void> {
    const { database, city } = product.kit
    const rows = await database.sql`select 1 from attendance_marks where city = ${city} and session_id = ${sessionId}`
    expect(rows.length).toBe(count)
  }

  async function readPrograms(): Promise<readonly (string | null)[]> {
    const { database, city } = product.kit
    const rows = await database.sql<{ program: string | null }>`
      select distinct program from devices where city = ${city}`
    return rows.map(({ program }) => program)
  }
})

async function expectSound(page: Page): Promise<void> {
  expect(await readOverflow(page)).toEqual([])
  expect(await readSmallTargets(page)).toEqual([])
  expect(await readAxe(page)).toEqual([])
}
