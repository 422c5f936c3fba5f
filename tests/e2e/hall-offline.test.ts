import type { Browser, Page } from 'playwright'
import { beforeAll, expect, test } from 'vitest'
import { fiscalYearOf } from '#kernel/fiscal-year.ts'
import { localDateOf } from '#kernel/time.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { SyncAnswer, SyncRequest } from '#sync/domain/protocol.ts'
import { launchBrowser } from '../make/browser.ts'
import { checkIn, expectCounts, readList, undo, walkIn } from '../make/desk-page.ts'
import { countStored, untilReadyOffline } from '../make/inside-browser.ts'
import { makeDistinctPeople } from '../make/names.ts'
import { makeMark } from '../make/payloads.ts'
import { makePhoneBrowser, type PhoneBrowser } from '../make/phone-browser.ts'
import { makeIndicator } from '../make/plan.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { publishSession, setPlan, signUp } from '../make/said-by-office.ts'

// Two phones of 30 people with 12 in common meet 48 people: 40 with a seat, the others from the waitlist.
const SEATS = 40
const LISTED = 50
const EACH = 30
const COMMON = 12

/** What the script itself did, by the rule of the desk: a person is here while one mark stands, and an undo takes back the
 *  marks that its phone saw. Neither phone sees the other's marks while both are away. */
interface Done {
  readonly tapped: readonly string[]
  readonly undone: readonly string[]
  readonly walkedIn: readonly string[]
}

const people = makeDistinctPeople().slice(0, LISTED)
const names = people.map((person) => person.name)
const [firstHalf, secondHalf] = [names.slice(0, EACH), names.slice(EACH - COMMON, 2 * EACH - COMMON)]
const both = firstHalf.filter((name) => secondHalf.includes(name))
const onlyFirst = firstHalf.filter((name) => !both.includes(name))
const onlySecond = secondHalf.filter((name) => !both.includes(name))
// Each takes back one person that nobody else has marked, and one that the other phone has marked too.
const done: { readonly first: Done; readonly second: Done } = {
  first: {
    tapped: firstHalf,
    undone: pick(onlyFirst, 3, both, 2),
    walkedIn: ['くろき そら', 'ひだか うめ', 'わだ まもる'],
  },
  second: {
    tapped: secondHalf,
    undone: pick(onlySecond, 5, both, 7),
    walkedIn: ['あさひ けん', 'たに ふゆ', 'もり みつ'],
  },
}
const here = new Set(
  [done.first, done.second].flatMap(({ tapped, undone, walkedIn }) => [
    ...tapped.filter((name) => !undone.includes(name)),
    ...walkedIn,
  ]),
)
/** Who came to the other class of the same day, received on paper and keyed in by the office. */
const inTheMorning = names.slice(4, 14)

let product: RunningProduct
let sessionId: SessionId
let first: PhoneBrowser
let second: PhoneBrowser
let desktop: Browser
let office: Page

beforeAll(async () => {
  product = await startProduct()
  await setPlan(product)
  sessionId = await publishSession(product, { title: '午後の教室', inDays: 0, capacity: SEATS, teacherCount: 10 })
  await signUp(product, sessionId, people)
  await holdMorningClass()
  ;[first, second] = await Promise.all([openPhone(), openPhone()])
  desktop = await launchBrowser()
  office = await desktop.newPage({ locale: 'ja-JP', viewport: { width: 1280, height: 800 } })
  return async () => {
    await Promise.all([first.destroy(), second.destroy(), desktop.close()])
    await product.stop()
  }
})

test('two helpers check in a whole class without a network, and the year’s total is exact', async () => {
  expect(both).toHaveLength(COMMON)
  // Both have the list on the phone. The network goes; the browsers are closed and started anew.
  for (const phone of [first, second]) {
    await phone.close()
    await phone.goOffline()
    await phone.reopen(`/hall/${sessionId}`)
    await expectCounts(phone.page(), { present: 0, enrolled: SEATS, walkIns: 0 })
  }
  const reached = [first, second].map((phone) => phone.door.seen.length)

  await findByKana(first.page())
  await Promise.all([checkIn(first.page(), done.first.tapped), checkIn(second.page(), done.second.tapped)])
  await expectCounts(first.page(), { present: EACH, enrolled: SEATS, walkIns: 0 })

  // One phone dies in the helper's hand.
  await first.kill()
  await first.reopen(`/hall/${sessionId}`)
  await expectCounts(first.page(), { present: EACH, enrolled: SEATS, walkIns: 0 })
  expect(await countStored(first.page(), 'outbox')).toBe(EACH)

  for (const [phone, { undone, walkedIn }] of [
    [first, done.first],
    [second, done.second],
  ] as const) {
    await undo(phone.page(), undone)
    await walkIn(phone.page(), walkedIn)
    await expectCounts(phone.page(), { present: EACH - 2 + 3, enrolled: SEATS, walkIns: 3 })
    expect(await countStored(phone.page(), 'outbox')).toBe(EACH + 2 + 3)
    await phone
      .page()
      .getByRole('link', { name: `${EACH + 2 + 3}件 送信待ち` })
      .waitFor()
  }
  expect([first, second].map((phone) => phone.door.seen.length)).toEqual(reached) // not one request was needed

  // They come back one after the other.
  for (const phone of [second, first]) {
    await phone.goOnline()
    await phone.page().getByRole('link', { name: 'すべて送信しました' }).waitFor()
  }
  for (const phone of [first, second]) {
    await expectCounts(phone.page(), { present: here.size, enrolled: SEATS, walkIns: 6 })
    expect(await countStored(phone.page(), 'outbox')).toBe(0)
  }
  expect(await readList(first.page())).toEqual(await readList(second.page()))
  expect(await readList(first.page())).toHaveLength(LISTED + 6)
  for (const phone of [first, second]) {
    const page = await phone.open('/device')
    await page.getByText('送信待ちのものはありません。').waitFor()
    await page.getByText('確認が必要なものはありません。').waitFor()
  }

  expect(await readTotals()).toEqual({
    attendances: here.size + inTheMorning.length,
    people: new Set([...here, ...inTheMorning]).size,
  })
})

test('the same push, taken from the wire and sent a hundred times more, changes nothing', async () => {
  for (const { door } of [first, second]) {
    const sent = door.seen.find(({ body }) => body !== '' && (JSON.parse(body) as SyncRequest).push.length > 0)
    if (sent?.cookie == null) throw new Error('Nothing was pushed')
    const { outcomes } = JSON.parse(sent.answer) as SyncAnswer
    const headers = { 'Content-Type': 'application/json', Cookie: sent.cookie }
    const before = await readEverything()
    for (let time = 0; time < 100; time++) {
      const answer = await fetch(`${door.url}/api/sync`, { method: 'POST', body: sent.body, headers })
      expect(((await answer.json()) as SyncAnswer).outcomes).toEqual(outcomes)
    }
    expect(await readEverything()).toEqual(before)
  }
})

async function holdMorningClass(): Promise<void> {
  const morning = await publishSession(product, {
    title: '午前の教室',
    inDays: 0,
    startTime: '09:30',
    endTime: '11:00',
  })
  await signUp(product, morning, people.slice(4, 14))
  const keyed = product.device('organizer')
  const roster = (await keyed.pull()).flatMap((record) =>
    record.kind === 'rosterEntry' && record.bucket === `session:${morning}` && record.body ? [record.body] : [],
  )
  const marks = roster.map(({ learnerId }) => makeMark({ sessionId: morning, learnerId }))
  await keyed.push(...marks.map((mark) => keyed.op('attendance.mark', mark)))
}

async function openPhone(): Promise<PhoneBrowser> {
  const phone = await makePhoneBrowser(await product.openDoor())
  const page = await phone.open(product.links.volunteer)
  await page.getByRole('link', { name: '午後の教室' }).click()
  await page.locator('[data-count=enrolled]').getByText(String(SEATS)).waitFor()
  await untilReadyOffline(page)
  return phone
}

/** さとう = サトウ = ｻﾄｳ = さどう: whatever the keyboard gives, the same people are found. */
async function findByKana(page: Page): Promise<void> {
  const found = new Set<string>()
  for (const typed of ['たかはし', 'タカハシ', 'ﾀｶﾊｼ', 'たがはし']) {
    await page.getByLabel('名前を探す').fill(typed)
    await expect.poll(async () => (await readList(page)).length).toBe(2)
    found.add((await readList(page)).join())
  }
  expect([...found]).toHaveLength(1)
  await page.getByLabel('名前を探す').fill('')
}

/** 延べ and 実人数 as the organizer reads them on the page of this 年度. */
async function readTotals(): Promise<{ readonly attendances: number; readonly people: number }> {
  await office.goto(product.url + product.links.organizer)
  await office.goto(`${product.url}/office/kpi/${fiscalYearOf(localDateOf(product.kit.now()))}`)
  const classes = office.getByRole('region', { name: makeIndicator('classAttendances').name })
  const figure = async (label: string): Promise<number> =>
    parseInt(await classes.getByText(label, { exact: true }).locator('xpath=following-sibling::p').innerText(), 10)
  return { attendances: await figure('延べ'), people: await figure('実人数') }
}

/** Everything that a push could change. */
async function readEverything(): Promise<unknown> {
  const { database, city, now } = product.kit
  const rows = await database.sql`
    select version, (select count(*) from operations o where o.city = c.city) as operations,
           (select count(*) from attendance a where a.city = c.city) as attendances,
           (select count(*) from attendance_marks m where m.city = c.city) as marks,
           (select max(version) from device_records r where r.city = c.city) as newest
      from cities c where city = ${city}`
  await office.goto(`${product.url}/api/kpi/${fiscalYearOf(localDateOf(now()))}`)
  return { rows, kpi: await office.locator('body').innerText() }
}

function pick(own: readonly string[], ownAt: number, shared: readonly string[], sharedAt: number): readonly string[] {
  return [own.slice(ownAt, ownAt + 1), shared.slice(sharedAt, sharedAt + 1)].flat()
}
