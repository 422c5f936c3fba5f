import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Instant } from '#kernel/time.ts'
import type { ServerKit } from '#server/kit.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { makeOutboxFile } from '#sync/client/make-outbox-file.ts'
import { browserSurroundings } from '#sync/client/surroundings.ts'
import type { OutboxFile, OutboxFileTaken } from '#sync/domain/outbox-file.ts'
import { outboxFileRoute } from '#sync/server/outbox-file-route.ts'
import { makeIdentity } from '../make/device.ts'
import { type FilePhone, makeFilePhone } from '../make/file-phone.ts'
import { makeMark, makeSession, makeWalkIn } from '../make/payloads.ts'
import { makePhone, readKept } from '../make/phone.ts'
import { answerOf, makePhoneTown, type PhoneTown } from '../make/phone-town.ts'
import { makeStaffLogin } from '../make/staff.ts'

const START = '2026-05-12T04:30:00.000Z' as Instant

let phones: PhoneTown
let kit: ServerKit
let sessionId: SessionId
let server: Hono
beforeAll(async () => {
  phones = await makePhoneTown({ start: START })
  kit = phones.kit
  sessionId = await phones.publishClass([phones.naomi])
  return () => phones.town.close()
})
beforeEach(() => {
  server = phones.begin()
})

/** The organizer opens a file. */
async function bring(file: unknown): Promise<[number, unknown]> {
  const office = new Hono().route('/', outboxFileRoute({ ...kit, whoIs: async () => makeIdentity('organizer') }))
  const headers = { 'Content-Type': 'application/json' }
  const body = typeof file === 'string' ? file : JSON.stringify(file)
  return answerOf(office.request('/api/office/outbox-file', { method: 'POST', headers, body }))
}

async function take(file: string): Promise<OutboxFileTaken> {
  const [status, taken] = await bring(file)
  expect(status).toBe(200)
  return taken as OutboxFileTaken
}

const resultsOf = ({ rows }: OutboxFileTaken): string[] => rows.map(({ result, code }) => code ?? result)

/** A phone that has been in contact, and has said this since, without a network. */
async function unsentPhone({ marks = 2 } = {}): Promise<FilePhone> {
  const phone = await makeFilePhone({ town: phones, server, whose: phones.naomi })
  await phone.sync()
  phones.later(7)
  for (let index = 0; index < marks; index += 1) await phone.record('attendance.mark', makeMark({ sessionId }))
  return phone
}

function readSaid({ deviceId }: FilePhone) {
  return kit.database.sql<{ id: string; seq: number; role: string; device_at: Instant }>`
    select id, seq, role, device_at from operations
     where city = ${kit.city} and device_id = ${deviceId} order by seq`
}

describe('a file of a phone that cannot send', () => {
  test('is taken as if the phone had sent it: its ids, numbers, times and role', async () => {
    const phone = await unsentPhone()
    const { outbox } = await readKept(phone.db)
    expect(resultsOf(await take(await phone.makeFile()))).toEqual(['taken', 'taken'])
    const said = outbox.map(({ operation: { id, seq, at } }) => ({ id, seq, role: 'volunteer', device_at: at }))
    expect(await readSaid(phone)).toEqual(said)
  })

  test('leaves everything on the phone, and counts once when the phone sends it all the same', async () => {
    const phone = await unsentPhone()
    await phone.record('attendance.walkIn', makeWalkIn({ sessionId }))
    const file = await phone.makeFile()
    expect((await readKept(phone.db)).outbox).toHaveLength(3)
    await take(file)
    await phone.sync()
    expect((await readKept(phone.db)).outbox).toEqual([])
    expect(await readSaid(phone)).toHaveLength(3)
  })

  test('says of what was there already that it was, file after phone and file after file', async () => {
    const phone = await unsentPhone()
    const file = await phone.makeFile()
    await phone.sync()
    expect(resultsOf(await take(file))).toEqual(['known', 'known'])
    const other = await unsentPhone({ marks: 1 })
    const second = await other.makeFile()
    expect(resultsOf(await take(second))).toEqual(['taken'])
    expect(resultsOf(await take(second))).toEqual(['known'])
    expect(await readSaid(other)).toHaveLength(1)
  })

  test('never says more than the phone may, whoever brings it', async () => {
    const phone = await unsentPhone({ marks: 1 })
    await phone.record('session.create', makeSession())
    expect(resultsOf(await take(await phone.makeFile()))).toEqual(['taken', 'not_permitted'])
  })

  test('of somebody of the office is taken with their role, and with none once they have left', async () => {
    const { cookie, staffId } = await makeStaffLogin(kit, 'organizer')
    const phone = await makeFilePhone({ town: phones, server, whose: null, cookie })
    await phone.sync()
    await phone.record('session.create', makeSession())
    expect(resultsOf(await take(await phone.makeFile()))).toEqual(['taken'])
    await phone.record('session.create', makeSession())
    await kit.database.sql`
      update staff set disabled_at = ${START} where city = ${kit.city} and staff_id = ${staffId}`
    expect(resultsOf(await take(await phone.makeFile()))).toEqual(['known', 'not_permitted'])
  })

  test('of a phone that was stopped brings its facts, and nothing once it had handed in everything', async () => {
    const phone = await unsentPhone({ marks: 1 })
    await phones.endPairing(server, phone.deviceId)
    expect(resultsOf(await take(await phone.makeFile()))).toEqual(['taken'])
    await phone.sync() // hears of it, with nothing left
    await phone.record('attendance.mark', makeMark({ sessionId }))
    expect(resultsOf(await take(await phone.makeFile()))).toEqual(['not_permitted'])
  })

  test('with a record that cannot be read names its row, and keeps the good ones', async () => {
    const phone = await unsentPhone({ marks: 3 })
    await phone.db.write(['outbox'], async (tx) => {
      const [, second] = await tx.objectStore('outbox').getAll()
      const operation = { ...second?.operation, payload: { odd: true } }
      await tx.objectStore('outbox').put({ ...second, operation } as never)
    })
    const { rows } = await take(await phone.makeFile())
    expect(rows.map(({ row, name, result }) => [row, name, result])).toEqual([
      [1, 'attendance.mark', 'taken'],
      [2, null, 'unreadable'],
      [3, 'attendance.mark', 'taken'],
    ])
  })

  test('larger than one push is taken whole', async () => {
    const phone = await unsentPhone({ marks: 230 })
    expect(new Set(resultsOf(await take(await phone.makeFile())))).toEqual(new Set(['taken']))
    expect(await readSaid(phone)).toHaveLength(230)
  })

  test("leaves one line of who brought whose file and how much was in it, with nobody's name", async () => {
    const phone = await unsentPhone()
    await take(await phone.makeFile())
    const lines = await kit.database.sql<{ actor: string; count: number }>`
      select role as actor, count from audit_log
       where city = ${kit.city} and action = 'outboxFile.taken' and object = ${`device:${phone.deviceId}`}`
    expect(lines).toEqual([{ actor: 'organizer', count: 2 }])
  })
})

describe('nobody else', () => {
  test('reads it: neither names nor secrets are in it', async () => {
    const phone = await unsentPhone({ marks: 0 })
    const walkIn = makeWalkIn({ sessionId, name: '飛入 花子', nameKana: 'とびいり はなこ' })
    await phone.record('attendance.walkIn', walkIn)
    const file = await phone.makeFile()
    const { secret } = (await phone.db.read(['meta'], (tx) => tx.objectStore('meta').get('device'))) as {
      secret: string
    }
    const hash = createHash('sha256').update(secret, 'hex')
    for (const word of ['飛入', 'とびいり', walkIn.learnerId, secret, hash.digest('hex')])
      expect(file).not.toContain(word)
    expect(Object.keys(JSON.parse(file) as object)).toEqual(['yorozu', 'version', 'deviceId', 'nonce', 'sealed'])
  })

  test('changes it, or brings it as that of another phone, unnoticed', async () => {
    const [phone, other] = [await unsentPhone(), await unsentPhone()]
    const file = JSON.parse(await phone.makeFile()) as OutboxFile
    const flip = (text: string): string => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
    for (const odd of [
      { ...file, sealed: flip(file.sealed) },
      { ...file, sealed: file.sealed.slice(0, -4) },
      { ...file, sealed: 'AAAA' },
      { ...file, nonce: flip(file.nonce) },
      { ...file, deviceId: other.deviceId },
    ])
      expect(await bring(odd)).toEqual([400, { code: 'file_damaged' }])
    expect(await readSaid(phone)).toEqual([])
    expect(await readSaid(other)).toEqual([])
  })
})

describe('what is no file of ours is refused in a code', () => {
  test('garbled, newer, too large, or of a phone never met', async () => {
    const phone = await unsentPhone()
    const file = JSON.parse(await phone.makeFile()) as OutboxFile
    for (const odd of ['', 'text', '[]', '{}', 'null', { ...file, more: 1 }, { ...file, sealed: 5 }])
      expect(await bring(odd)).toEqual([400, { code: 'file_unreadable' }])
    expect(await bring({ ...file, version: 2, cipher: 'later' })).toEqual([409, { code: 'file_newer' }])
    expect(await bring({ ...file, sealed: 'A'.repeat(5_000_000) })).toEqual([413, { code: 'file_too_large' }])
    expect(await bring({ ...file, deviceId: phones.town.newId() })).toEqual([409, { code: 'device_unknown' }])
  })

  test('a phone without anything unsent, or that was never in contact, makes none and says why', async () => {
    const surroundings = { ...browserSurroundings, now: () => phones.now() }
    const { db, recorder } = makePhone().open()
    expect(await makeOutboxFile(db, surroundings)).toEqual({ ok: false, error: { code: 'nothing_unsent' } })
    await recorder.record('attendance.mark', makeMark({ sessionId }))
    expect(await makeOutboxFile(db, surroundings)).toEqual({ ok: false, error: { code: 'never_met' } })
  })
})
