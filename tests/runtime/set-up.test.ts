import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureBuilt } from '../make/built-product.ts'
import { CITY } from '../make/city.ts'
import { makeDatabase } from '../make/postgres.ts'
import { type ProductProcess, startProcess } from '../make/product-process.ts'
import { makeLogin, makeStaff } from '../make/staff.ts'

type OwnDatabase = Awaited<ReturnType<typeof makeDatabase>>
let database: OwnDatabase
let product: ProductProcess | null = null
let folder: string

beforeAll(async () => {
  await ensureBuilt()
  database = await makeDatabase()
  folder = await mkdtemp(join(tmpdir(), 'yorozu-set-up-'))
})
afterAll(async () => {
  await product?.stop()
  await database.drop()
  await rm(folder, { recursive: true })
})

const start = async (args: readonly string[] = []): Promise<ProductProcess> => {
  await product?.stop()
  return (product = await startProcess({ DATABASE_URL: database.url, DATA_DIR: folder }, args))
}
const linksIn = (said: string): readonly string[] => said.match(/http\S+\/sign-in\/join#\S+/g) ?? []
const isGood = async ({ url }: ProductProcess, link: string | undefined): Promise<number> => {
  const answer = await fetch(`${url}/api/join/options`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token: link?.split('#')[1] }),
  })
  return answer.status
}

test('an empty city has nobody who may come in, and says once how the first one does', async () => {
  const first = await start()
  const [link, ...more] = linksIn(first.said())
  expect(link).toMatch(/^http:\/\/localhost:\d+\/sign-in\/join#[A-Za-z0-9_-]{43}$/)
  expect(more).toEqual([])
  expect(first.said()).not.toContain('/demo/')
  const [counts] = await database.sql<object>`
    select (select count(*) from staff) as staff, (select count(*) from passkeys) as passkeys,
           (select count(*) from logins) as logins, (select count(*) from pairings) as pairings,
           (select count(*) from operations) as operations`
  expect(counts).toEqual({ staff: 0, passkeys: 0, logins: 0, pairings: 0, operations: 0 })
  expect(await isGood(first, link)).toBe(200)
})

test('each start without anybody prints a new link and takes the one before back; nothing was written about it elsewhere', async () => {
  const first = await start()
  const [old] = linksIn(first.said())
  const second = await start()
  const [link, ...more] = linksIn(second.said())
  expect({ isNew: link !== old, more }).toEqual({ isNew: true, more: [] })
  expect([await isGood(second, old), await isGood(second, link)]).toEqual([410, 200])
  expect(linksIn(second.said())).toEqual([link]) // being opened, it was written into no log
})

test('a role that a link of demo mode has opened is nothing outside of it', async () => {
  const demo = await start(['--demo'])
  const [, path = ''] = /(\/demo\/organizer\/\S+)/.exec(demo.said()) ?? []
  const opened = await fetch(demo.url + path, { redirect: 'manual' })
  const [cookie = ''] = (opened.headers.get('set-cookie') ?? '').split(';')
  const ask = (at: ProductProcess) => fetch(`${at.url}/api/training/trainees`, { headers: { Cookie: cookie } })
  expect((await ask(demo)).status).toBe(200)
  const real = await start()
  expect((await ask(real)).status).toBe(403)
  expect((await fetch(real.url + path, { redirect: 'manual' })).headers.get('set-cookie')).toBeNull()
})

test('once somebody works here, no link is printed any more, and who is in stays in', async () => {
  const kit = { database, city: CITY.code, now: () => new Date().toISOString() as never }
  const cookie = await makeLogin(kit, await makeStaff(kit, 'admin'), 'admin')
  const real = await start()
  expect(linksIn(real.said())).toEqual([])
  expect((await fetch(`${real.url}/api/account`, { headers: { Cookie: cookie } })).status).toBe(200)
})
