import type { Page } from 'playwright'
import { beforeAll, expect, test } from 'vitest'
import { choosePin, tryPin, typeCode, untilLocked } from '../make/lock-page.ts'
import { readAxe, readKeyboardTrouble, readOverflow, readSmallTargets } from '../make/page-checks.ts'
import { makePhoneTown, type PhoneTown, PIN } from '../make/paired-town.ts'
import { makeCode } from '../make/pairing.ts'

let town: PhoneTown
beforeAll(async () => {
  town = await makePhoneTown()
  return async () => {
    await town.clear()
    await town.product.stop()
  }
})

/** Sound for everybody: words that fit, targets that a thumb hits, what a screen reader and a keyboard need, in the dark too. */
async function expectSound(page: Page, what: string): Promise<void> {
  await page.locator('main h1').waitFor()
  const found: Record<string, readonly string[]> = {
    sideways: await readOverflow(page),
    targets: await readSmallTargets(page),
    axe: await readAxe(page),
    keyboard: await readKeyboardTrouble(page),
  }
  await page.emulateMedia({ colorScheme: 'dark' })
  found['axe in the dark'] = await readAxe(page, ['color-contrast'])
  await page.emulateMedia({ colorScheme: 'light' })
  expect(Object.fromEntries(Object.entries(found).filter(([, lines]) => lines.length > 0)), what).toEqual({})
}

test('a volunteer’s phone is sound on every step: pairing, PIN, lock, pause, stopped', async () => {
  const phone = await town.makePhone()
  const page = await phone.open('/pair')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expectSound(page, 'the number to type')
  await page.getByRole('button', { name: '次へ' }).click()
  await page.locator('[aria-invalid=true]').waitFor()
  await expectSound(page, 'no number typed')
  await typeCode(page, (await makeCode(town.product, town.naomi)).code)
  await expectSound(page, 'the name')
  await page.getByRole('button', { name: 'はい、' }).click()
  await page.getByLabel('もう一度、同じ番号').waitFor()
  await expectSound(page, 'a PIN to choose')
  await choosePin(page, '111111')
  await page.locator('[aria-invalid=true]').first().waitFor()
  await expectSound(page, 'a PIN that is too easy')
  await choosePin(page, PIN)
  await page.getByRole('link', { name: '午後の教室' }).waitFor()
  await expectSound(page, 'the phone of somebody')
  await page.reload()
  await untilLocked(page)
  await expectSound(page, 'locked')
  await tryPin(page, '271828')
  await page.getByText('番号がちがいます').waitFor()
  await expectSound(page, 'a wrong PIN')
  for (let tries = 0; tries < 4; tries++) await tryPin(page, '271828')
  await page.getByText('あと5分たってから').waitFor()
  await expectSound(page, 'a pause')
  await town.revoke(town.naomi)
  await page.reload()
  await page.getByText('この電話のつながりは、事務所で止められました').first().waitFor()
  await expectSound(page, 'stopped')
})

test.each(['en', 'ja-easy'])('its words fit in %s, with large letters on a small screen', async (language) => {
  const phone = await town.pairedPhone(town.ken)
  const page = phone.page()
  await page.goto(`${phone.door.url}/language/${language}?back=/hall`)
  await untilLocked(page)
  expect(await readOverflow(page)).toEqual([])
  await page.goto(`${phone.door.url}/pair`)
  await page.locator('main h1').waitFor()
  expect(await readOverflow(page)).toEqual([])
})
