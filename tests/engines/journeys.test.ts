import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { InstructorId } from '#people/domain/instructor.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { bookByPhone, bookingStates } from '../make/booking-page.ts'
import { makeDistinctPeople, type Person } from '../make/names.ts'
import { makeCode, saveInstructor } from '../make/pairing.ts'
import { type Door, type RunningProduct, startProduct } from '../make/running-product.ts'
import { publishSession, signUp } from '../make/said-by-office.ts'
import { startChromium } from './chromium.ts'
import { type Engine, makeTab, type Tab } from './engine.ts'
import { startFirefox } from './firefox.ts'
import { startWebKit } from './webkit.ts'

const ENGINES = [
  { name: 'Chromium', start: startChromium },
  { name: 'Firefox', start: startFirefox },
  { name: 'WebKit', start: startWebKit },
] as const
/** With it, every engine is wanted, and one that is missing is a failure; without, Chromium alone, which every test of a browser needs. */
const ALL_WANTED = process.env['YOROZU_ENGINES'] === 'all'
const PIN = '314159'
const people = makeDistinctPeople()
const [listed, callers] = [people.slice(0, 6), people.slice(6, 30)]

let product: RunningProduct
let today: SessionId
let helper: InstructorId
const person = (): Person => callers.shift() ?? expect.fail('Nobody is left')

beforeAll(async () => {
  product = await startProduct()
  helper = await saveInstructor(product.kit, { name: '佐久間 直美', nameKana: 'さくま なおみ' })
  const teachers = [{ instructorId: helper, role: 'instructor' as const }]
  today = await publishSession(product, { title: '今日の教室', inDays: 0, capacity: 20, teachers })
  await signUp(product, today, listed)
  return () => product.stop()
})

for (const { name, start } of ALL_WANTED ? ENGINES : ENGINES.slice(0, 1)) {
  describe(`S3 in ${name}: the content policy refuses nothing of ours`, () => {
    let engine: Engine
    let tab: Tab
    let door: Door
    let url: string
    let [loads, refused] = [0, 0]
    beforeAll(async () => {
      engine = await start()
      return async () => {
        process.stdout.write(`${engine.version}: ${loads} pages loaded, ${refused} violations\n`)
        await engine.stop()
      }
    })
    const openTab = async (): Promise<void> => {
      tab = makeTab(await engine.open())
      door = await product.openDoor()
      url = door.url
    }
    afterEach(async () => {
      loads += tab.loads()
      await tab.close()
    })
    /** Takes the road, and asks what was refused on it. */
    const walk = async (road: () => Promise<void>): Promise<void> => {
      await openTab()
      await road()
      const violations = await tab.readViolations()
      refused += violations.length
      expect(violations).toEqual([])
    }
    const open = (path: string): Promise<void> => tab.goto(url + path)

    test('a resident browses, signs up and reads the answer', () =>
      walk(async () => {
        const title = `${name}の教室`
        const sessionId = await publishSession(product, { title })
        await open('/')
        await tab.click('main a', title)
        await fillSignUp(tab, person())
        await tab.waitForText('席がとれました')
        expect(await bookingStates(product, sessionId)).toEqual(['enrolled'])
      }))

    test('a resident looks at a booking and cancels it', () =>
      walk(async () => {
        const sessionId = await publishSession(product, { title: '写真の教室' })
        const { receipt, last4 } = await bookByPhone(product, sessionId, person())
        await open('/booking')
        await tab.waitFor(`document.querySelector('[name=receiptNumber]') !== null`)
        await tab.fill('[name=receiptNumber]', receipt)
        await tab.fill('[name=phoneLast4]', last4)
        await tab.click('button', '申し込みを確かめる')
        await tab.waitForText('席があります')
        await tab.click('button', 'この申し込みを取り消す')
        await tab.waitForText('この申し込みを取り消しますか')
        await tab.click('form button, dialog[open] button, main button', '取り消す')
        await tab.waitForText('申し込みを取り消しました')
        expect(await bookingStates(product, sessionId)).toEqual(['cancelled'])
      }))

    test('a sign-up without a network is kept, and sent when there is one', () =>
      walk(async () => {
        const sessionId = await publishSession(product, { title: '電波の教室' })
        await open(`/sessions/${sessionId}`)
        await untilReadyOffline(tab)
        await door.cut()
        await fillSignUp(tab, person())
        await tab.waitForText('お預かりしました')
        await open(`/sessions/${sessionId}`) // from the device
        expect(await countOutbox(tab)).toBe(1)
        await door.mend()
        await open('/device')
        await expect.poll(() => bookingStates(product, sessionId), { timeout: 20_000 }).toEqual(['enrolled'])
        await expect.poll(() => countOutbox(tab), { timeout: 20_000 }).toBe(0)
      }))

    test('a helper checks people in, with and without a network', () =>
      walk(async () => {
        await open(product.links.volunteer)
        await open('/hall')
        await tab.click('main a', '今日の教室')
        const [first, second] = listed.map((one) => one.name)
        await undoIfHere(tab, [first, second])
        await checkIn(tab, first)
        await untilReadyOffline(tab)
        await expect.poll(() => countOutbox(tab), { timeout: 20_000 }).toBe(0)
        await door.cut()
        await open(`/hall/${today}`)
        await checkIn(tab, second)
        expect(await countOutbox(tab)).toBe(1)
        await door.mend()
        await open(`/hall/${today}`)
        await expect.poll(() => countOutbox(tab), { timeout: 20_000 }).toBe(0)
      }))

    test('a phone is paired by digits, gets a PIN, and is unlocked after a reload', () =>
      walk(async () => {
        await open('/pair')
        await tab.waitFor(`document.querySelector('main input') !== null`)
        await tab.fill('main input', (await makeCode(product, helper)).code)
        await tab.click('button', '次へ')
        await tab.waitForText('さんの電話ですか')
        await tab.click('button', 'はい、')
        await tab.fill('[name=pin]', PIN)
        await tab.fill('[name=pinAgain]', PIN)
        await tab.click('button', 'これに決める')
        await tab.waitForText('今日の教室')
        await open('/hall')
        await tab.fill('#unlock input', PIN)
        await tab.click('#unlock button', '開く')
        await tab.waitForText('今日の教室')
        expect(await tab.evaluate(`document.querySelector('#unlock') === null`)).toBe(true)
      }))

    test('the office reads its list, a session with people, and a search', () =>
      walk(async () => {
        await open(product.links.organizer)
        await open('/office')
        await tab.waitForText('今日の教室')
        await open(`/office/sessions/${today}`)
        await tab.waitForText(listed[0]?.name ?? '')
        await open('/admin/people')
        await tab.fill('[name=query]', listed[0]?.phone ?? '')
        await tab.click('main [type=submit]')
        await tab.waitFor(`document.querySelector('main table a') !== null`)
        expect(await tab.evaluate(`document.querySelector('main table').innerText`)).toContain(listed[0]?.name)
      }))

    test('text cannot become a page, a secret key cannot be taken out, and the listener hears what is refused', async () => {
      await openTab()
      await open('/')
      expect(await tab.evaluate(TRY_KEY)).toBe('InvalidAccessError opened')
      expect(await tab.readViolations()).toEqual([])
      const hasTypes = await tab.evaluate(`'trustedTypes' in window`)
      expect(await tab.evaluate(TRY_HTML)).toBe(hasTypes === true ? 'TypeError' : 'taken')
      await tab.evaluate(TRY_SCRIPT)
      await tab.waitFor(`(sessionStorage.getItem('policy-violations') ?? '').includes('img-src')`)
      const heard = (await tab.readViolations()).join('\n')
      expect(heard).toContain('img-src')
      if (hasTypes === true) expect(heard).toContain('require-trusted-types-for')
    })
  })
}

const TRY_HTML = `(() => { try { document.createElement('div').innerHTML = '<b>'; return 'taken' } catch (error) { return error.name } })()`
const TRY_SCRIPT = `(() => { const one = document.createElement('img'); one.src = 'https://elsewhere.invalid/a.png'; document.body.append(one) })()`
const TRY_KEY = `(async () => {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const taken = await crypto.subtle.exportKey('raw', key).then(() => 'taken', (error) => error.name)
  const how = { name: 'AES-GCM', iv: crypto.getRandomValues(new Uint8Array(12)) }
  const sealed = await crypto.subtle.encrypt(how, key, new TextEncoder().encode('opened'))
  return taken + ' ' + new TextDecoder().decode(await crypto.subtle.decrypt(how, key, sealed))
})()`

async function fillSignUp(tab: Tab, { name, nameKana, phone }: Person): Promise<void> {
  await tab.waitFor(`document.querySelector('#answers') !== null`) // the page's program is awake
  await tab.fill('[name=name]', name)
  await tab.fill('[name=nameKana]', nameKana)
  await tab.fill('[name=phone]', phone)
  await tab.click('main [type=submit]', '申し込む')
}

const undoOf = (name = ''): string => `button[aria-label="${name}さんの受付を取り消す"]`

async function checkIn(tab: Tab, name = ''): Promise<void> {
  await tab.click('ul[aria-label=名簿] > li > button', name)
  await tab.waitFor(`document.querySelector('${undoOf(name)}') !== null`)
}

/** Another engine may have received them: each begins with people who are not here. */
async function undoIfHere(tab: Tab, names: readonly (string | undefined)[]): Promise<void> {
  await tab.waitForText(names[0] ?? '')
  for (const name of names) {
    if ((await tab.evaluate(`document.querySelector('${undoOf(name)}') === null`)) === true) continue
    await tab.click(undoOf(name))
    await tab.waitFor(`document.querySelector('${undoOf(name)}') === null`)
  }
}

async function untilReadyOffline(tab: Tab): Promise<void> {
  await tab.evaluate('navigator.serviceWorker.ready.then(() => true)')
}

async function countOutbox(tab: Tab): Promise<unknown> {
  return tab.evaluate(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('yorozu')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const counting = opening.result.transaction('outbox').objectStore('outbox').count()
      counting.onsuccess = () => { opening.result.close(); resolve(counting.result) }
      counting.onerror = () => reject(counting.error)
    }
  })`)
}
