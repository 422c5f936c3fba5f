import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { createKeyring } from '#client/keyring.ts'
import { type LocalDbOptions, openLocalDb } from '#client/local-db.ts'
import { UPGRADES } from '#client/local-schema.ts'
import { createSealedDb } from '#client/sealed-db.ts'
import { troubleOf } from '#client/storage-trouble.ts'
import { createRecorder } from '#sync/client/outbox.ts'
import { browserSurroundings } from '#sync/client/surroundings.ts'
import { syncOnce } from '#sync/client/sync-once.ts'
import { readDisk } from '../make/list-on-phone.ts'
import { makePhone, makeTap, type Page, readKept } from '../make/phone.ts'
import { installWriteFaults, WRITE_FAULTS, type WriteFault } from '../make/write-faults.ts'
import { NOON, type WritePath } from '../make/write-path.ts'
import { HANDED_ON, WRITE_PATHS } from '../make/write-paths.ts'

const ROOT = join(import.meta.dirname, '../..')
const faults = installWriteFaults()
const v2 = [
  ...UPGRADES,
  (db: { createObjectStore(name: never): unknown }) => void db.createObjectStore('later' as never),
]
let injected = 0

beforeAll(async () => {
  await import('#client/sealing.ts') // so that no test counts its loading
  const derive = crypto.subtle.deriveKey.bind(crypto.subtle) // what a PIN costs to try is no matter here
  vi.spyOn(crypto.subtle, 'deriveKey').mockImplementation((how, ...rest) =>
    derive({ ...(how as Pbkdf2Params), iterations: 1 }, ...rest),
  )
  return () => console.log(`write paths: ${WRITE_PATHS.length}, faults injected: ${injected}`)
})

/** A page of this phone, perhaps of another version of the program. */
function openPage(name: string, options: LocalDbOptions = {}): Page {
  const disk = openLocalDb({ name, ...options })
  const keyring = createKeyring(disk)
  const db = createSealedDb(disk, keyring)
  const surroundings = { ...browserSurroundings, now: () => NOON }
  const recorder = createRecorder({ db, ...surroundings })
  return { db, disk, keyring, recorder, sync: (send, more = {}) => syncOnce({ db, send, ...surroundings, ...more }) }
}

/** How a write ends for the page: kept, or with what it can say to the person. */
async function endOf(writing: Promise<unknown>, page: Page): Promise<string | null> {
  try {
    await writing
    return null
  } catch (error) {
    const trouble = troubleOf(error)
    if (trouble === null) throw error
    expect(page.db.trouble.current).toBe(trouble) // what pages show
    return trouble
  }
}

describe('the list of places where the phone writes', () => {
  test('names every one there is in the program', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .map((file) => join('src', file))
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('server'))
    const found = files.flatMap((file) => {
      const calls = readFileSync(join(ROOT, file), 'utf8').match(/(?<!process\.std\w+)\.write\(/g) ?? []
      return calls.map(() => file)
    })
    expect(found.sort()).toEqual([...WRITE_PATHS.map(({ file }) => file), ...HANDED_ON].sort())
  })
})

/** The write with one fault, at one of its requests. Answers whether it has so many. */
async function tryOnce(path: WritePath, fault: WriteFault, request: number): Promise<boolean> {
  const page = openPage(crypto.randomUUID())
  const write = await path.prepare(page)
  const before = await readDisk(page.disk)
  faults.plan(fault, request)
  const end = await endOf(write(page), page)
  if (!faults.heal()) return false
  injected += 1
  expect(end, `at request ${request}`).toBe(WRITE_FAULTS[fault])
  if (end !== null) {
    expect(await readDisk(page.disk)).toBe(before)
    expect(await endOf(write(page), page)).toBeNull() // the person does it again
  }
  expect(await path.isDone(page), `done, after request ${request}`).toBe(true)
  page.disk.close()
  return true
}

const AT_MOST: Partial<Record<WriteFault, number>> = { 'the connection does not come back': 3 } // each takes its time

describe.each(WRITE_PATHS.map((path) => [`${path.what} (${path.file})`, path] as const))('%s', (_name, path) => {
  test.each(Object.keys(WRITE_FAULTS) as WriteFault[])('is kept, or the page can say why not: %s', async (fault) => {
    let request = 1
    while (request <= (AT_MOST[fault] ?? 40) && (await tryOnce(path, fault, request))) request += 1
    expect(request).toBeGreaterThan(1)
  })

  test('waits while another tab does not let go of an older store: the page can say so, and it is kept after that', async () => {
    const name = crypto.randomUUID()
    const older = openPage(name)
    const write = await path.prepare(older)
    older.disk.close()
    const stubborn = await openStubborn(name)
    const page = openPage(name, { upgrades: v2, openLimitMs: 30 })
    expect(await endOf(write(page), page)).toBe('blocked')
    stubborn.close()
    injected += 1
    await expect.poll(() => endOf(write(page), page)).toBeNull()
    expect(await path.isDone(page)).toBe(true)
    page.disk.close()
  })

  test('is refused on a page that is older than the store, with nothing changed, and is kept after a reload', async () => {
    const name = crypto.randomUUID()
    const page = openPage(name)
    const write = await path.prepare(page)
    const newer = openPage(name, { upgrades: v2 })
    const before = await readDisk(newer.disk)
    injected += 1
    expect(await endOf(write(page), page)).toBe('newer')
    expect(await readDisk(newer.disk)).toBe(before)
    await write(newer)
    expect(await path.isDone(newer)).toBe(true)
    newer.disk.close()
  })

  test('goes on after the browser has emptied the store below the page', async () => {
    const phone = makePhone(() => NOON)
    const page = phone.open()
    const write = await path.prepare(page)
    await phone.clear()
    injected += 1
    if (path.isNew) {
      expect(await endOf(write(page), page)).toBeNull()
      expect(await path.isDone(page)).toBe(true)
    } else await write(page).catch(() => {}) // what it was about is gone
    await page.recorder.record('attendance.mark', makeTap())
    expect((await readKept(page.db)).outbox).toHaveLength(path.what === 'a tap at the desk' ? 2 : 1)
    page.disk.close()
  })

  test.each(['torn', 'without its bytes'])(
    'goes on beside values that are %s, and what waits among them stays',
    async (how) => {
      const page = openPage(crypto.randomUUID())
      const write = await path.prepare(page)
      await page.keyring.deviceKey()
      await putBroken(page, how === 'torn' ? { by: 'device', iv: new Uint8Array(12), data: new ArrayBuffer(20) } : {})
      injected += 1
      expect(await endOf(write(page), page)).toBeNull()
      expect(await path.isDone(page)).toBe(true)
      const [waits] = (await readKept(page.db)).outbox.filter(({ operation }) => operation.seq === BROKEN_SEQ)
      expect(waits).toMatchObject({ state: 'attention', outcome: { status: 'held', reason: 'unreadable' } })
      page.disk.close()
    },
  )
})

function openStubborn(name: string): Promise<IDBDatabase> {
  return new Promise((resolve) => {
    const asked = indexedDB.open(name, UPGRADES.length)
    asked.onupgradeneeded = () => {
      for (const upgrade of UPGRADES) upgrade(asked.result as never, asked.transaction as never)
    }
    asked.onsuccess = () => resolve(asked.result)
  })
}

const BROKEN_SEQ = 900

/** One value in each store that names people, as a bad disk leaves it. */
async function putBroken(page: Page, sealed: object): Promise<void> {
  const operation = { id: '018f0000-0000-7000-8000-00000000dead', seq: BROKEN_SEQ, name: 'attendance.mark', at: NOON }
  await page.disk.write(['outbox', 'answers', 'forms', 'records'], async (tx, touch) => {
    touch('office')
    await tx.objectStore('outbox').put({ operation, state: 'waiting', queuedAt: NOON, sealed } as never)
    await tx.objectStore('answers').put({ operation, answeredAt: NOON, seen: false, sealed } as never)
    await tx.objectStore('forms').put({ form: 'broken', sealed } as never, 'broken')
    await tx.objectStore('records').put({ bucket: 'office', kind: 'instructor', id: 'b', version: 1, sealed } as never)
  })
}
