import { expect, test } from 'vitest'
import type { Operation, SyncRequest } from '#sync/domain/protocol.ts'
import { PUSH_MAX } from '#sync/domain/limits.ts'
import { readAnswers } from '#client/answers.ts'
import { tidyUp } from '#sync/client/tidy-up.ts'
import type { Send } from '#sync/client/sync-once.ts'
import { readCounts } from '#sync/client/sync-status.ts'
import { makeClock, makeMemoryServer, type MemoryServer } from '../make/memory-server.ts'
import { makePhone, makeTap, type Page, readKept } from '../make/phone.ts'

async function tapTimes(page: Page, count: number): Promise<readonly Operation[]> {
  const drafts = Array.from({ length: count }, () => ({ name: 'attendance.mark' as const, payload: makeTap() }))
  return page.recorder.recordAll(drafts)
}

test('what was sent leaves the outbox, and its record is there in the same moment', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  const operations = await tapTimes(page, 3)
  const watched: unknown[] = []
  page.db.onChange((change) => watched.push(change))
  expect(await page.sync(server.send)).toEqual({ kind: 'done', more: false })
  expect(server.operations).toEqual(operations)
  expect(await readKept(page.db)).toMatchObject({ outbox: [], records: server.held(), answers: [] })
  expect(watched).toContainEqual(
    expect.objectContaining({ stores: expect.arrayContaining(['records', 'outbox']), buckets: ['public'] }),
  )
})

test('more than one request carries goes out in order, in as many as it takes', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  await tapTimes(page, PUSH_MAX + 5)
  expect(await page.sync(server.send)).toEqual({ kind: 'done', more: true })
  while (await page.sync(server.send).then((end) => end.kind === 'done' && end.more));
  expect(server.operations.map(({ seq }) => seq)).toEqual(Array.from({ length: PUSH_MAX + 5 }, (_, index) => index + 1))
  expect(server.requests[0]).toMatchObject({ device: { unsentCount: PUSH_MAX + 5 } })
  expect(await readKept(page.db)).toMatchObject({ outbox: [], records: { length: PUSH_MAX + 5 } })
})

test('long operations travel in requests that a server accepts', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  const note = '持ち物'.repeat(330)
  const drafts = Array.from({ length: 200 }, () => ({
    name: 'session.create' as const,
    payload: { sessionId: page.recorder.newId(), fields: { title: note, note, teachers: [] }, source: null },
  }))
  await page.recorder.recordAll(drafts as never)
  while (await page.sync(server.send).then((end) => end.kind === 'done' && end.more));
  expect(server.operations).toHaveLength(200)
  const sizes = server.requests.map((request) => Buffer.byteLength(JSON.stringify(request)))
  expect(Math.max(...sizes)).toBeLessThan(1024 * 1024)
})

const noUse: readonly [string, (server: MemoryServer) => Send][] = [
  ['no network', () => () => Promise.reject(new TypeError('Failed to fetch'))],
  [
    'an answer lost on its way',
    (server) => (request) => (server.handle(request), Promise.reject(new TypeError('lost'))),
  ],
  [
    'an answer cut in half',
    (server) => (request) => {
      const text = JSON.stringify(server.handle(request))
      return Promise.resolve(new Response(text.slice(0, text.length / 2)))
    },
  ],
  ['the page of a hotel’s Wi-Fi', () => () => Promise.resolve(new Response('<html>Welcome</html>'))],
  ['the refusal of somebody else', () => () => Promise.resolve(new Response('Forbidden', { status: 403 }))],
  [
    'an answer without its cursors',
    (server) => (request) => Promise.resolve(Response.json({ ...server.handle(request), cursors: undefined })),
  ],
  [
    'an answer with a broken record',
    (server) => (request) =>
      Promise.resolve(Response.json({ ...server.handle(request), changes: [{ bucket: 'public', kind: 'mark' }] })),
  ],
  ['an empty answer', () => () => Promise.resolve(new Response(null, { status: 204 }))],
  ['a fault of the server', () => () => Promise.resolve(Response.json({ code: 'fault' }, { status: 500 }))],
  [
    'a body that never ends',
    () => () =>
      Promise.resolve(
        new Response(new ReadableStream({ start: (body) => body.enqueue(new TextEncoder().encode('{')) })),
      ),
  ],
]
test.each(noUse)('%s changes nothing here; the same is sent again, and counts once', async (_name, sendOver) => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  await tapTimes(page, 3)
  const before = await readKept(page.db)
  expect(await page.sync(sendOver(server), { answerLimitMs: 50 })).toEqual({ kind: 'unreachable', restMs: 0 })
  expect(await readKept(page.db)).toEqual(before)
  await page.sync(server.send)
  expect(server.operations).toHaveLength(3)
  expect(await readKept(page.db)).toMatchObject({ outbox: [], records: server.held() })
})

test('a busy server is left alone for as long as it asks', async () => {
  const page = makePhone().open()
  const busy =
    (header: string): Send =>
    () =>
      Promise.resolve(new Response('', { status: 503, headers: { 'Retry-After': header } }))
  expect(await page.sync(busy('7'))).toEqual({ kind: 'unreachable', restMs: 7000 })
  expect(await page.sync(busy('99999999'))).toEqual({ kind: 'unreachable', restMs: 600_000 })
  expect(await page.sync(busy('soon'))).toEqual({ kind: 'unreachable', restMs: 0 })
})

test.each([
  ['device_unknown', 403],
  ['protocol_too_new', 409],
  ['unreadable_request', 400],
] as const)('a server that says %s keeps everything where it is, and a person is told', async (code, status) => {
  const page = makePhone().open()
  await tapTimes(page, 1)
  expect(await page.sync(() => Promise.resolve(Response.json({ code }, { status })))).toEqual({
    kind: 'stopped',
    reason: code,
  })
  expect((await readKept(page.db)).outbox).toHaveLength(1)
})

test('what the server cannot take stays, is shown, does not block the rest, and is tried again at the next start', async () => {
  const phone = makePhone()
  const page = phone.open()
  const server = makeMemoryServer()
  const [first] = await tapTimes(page, 3)
  server.answerWith(first?.id as never, { status: 'held', reason: 'unreadable' } as never)
  await page.sync(server.send)
  await page.sync(server.send)
  expect(server.operations.map(({ seq }) => seq)).toEqual([2, 3])
  expect(server.requests[1]?.push).toEqual([])
  expect(server.requests[1]?.device.unsentCount).toBe(1)
  expect(await readCounts(page.db)).toMatchObject({ waiting: 0, attention: 1 })
  expect((await readKept(page.db)).outbox).toMatchObject([{ state: 'attention', outcome: { reason: 'unreadable' } }])
  server.answerWith(first?.id as never, { status: 'accepted', value: null, concern: null } as never)
  const reopened = phone.open()
  await tidyUp(reopened.db, makeClock()())
  await reopened.sync(server.send)
  expect(server.operations.map(({ seq }) => seq)).toEqual([2, 3, 1])
  expect((await readKept(reopened.db)).outbox).toEqual([])
})

test('a record of another program in the outbox does not block the taps behind it', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  await page.db.write(['outbox'], (tx) =>
    tx.objectStore('outbox').put({ operation: { seq: 0 }, state: 'waiting' } as never),
  )
  await tapTimes(page, 2)
  const readsOneByOne: Send = (request) => {
    const readable = (request.push as Operation[]).filter((operation) => operation.id !== undefined)
    return server.send({ ...request, push: readable })
  }
  expect(await page.sync(readsOneByOne)).toEqual({ kind: 'done', more: false })
  expect(server.operations.map(({ seq }) => seq)).toEqual([1, 2])
})

test('a decision is answered where it was asked, and a refusal asks for a person until it is put aside', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  const ask = { enrollmentId: page.recorder.newId() } as never
  const [yes, no] = [
    await page.recorder.record('enrollment.cancel', ask),
    await page.recorder.record('enrollment.cancel', ask),
  ]
  server.answerWith(no.id, { status: 'refused', refusal: { code: 'already_cancelled' } } as never)
  await page.sync(server.send)
  expect(await readAnswers(page.db)).toMatchObject([
    { operation: { id: no.id }, outcome: { status: 'refused', refusal: { code: 'already_cancelled' } }, seen: false },
    { operation: { id: yes.id }, outcome: { status: 'accepted' }, seen: false },
  ])
  expect(await readCounts(page.db)).toMatchObject({ waiting: 0, attention: 1 })
})

test('a bucket that is no longer granted leaves nothing behind on the phone', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  const mine = 'session:018f0000-0000-7000-8000-000000000001' as never
  const alike = 'session:018f0000-0000-7000-8000-0000000000011' as never
  server.granted.add(mine).add(alike)
  for (const bucket of [mine, alike, 'public' as const]) server.put(bucket, crypto.randomUUID(), { name: '佐藤' })
  await page.sync(server.send)
  expect((await readKept(page.db)).records).toHaveLength(3)
  server.granted.delete(mine)
  await page.sync(server.send)
  const { records } = await readKept(page.db)
  expect(records.map((record) => record.bucket)).toEqual(['public', alike])
  server.granted.add(mine)
  await page.sync(server.send)
  expect((await readKept(page.db)).records).toHaveLength(3)
})

test('what was deleted on the server is deleted here, and an older answer that comes late does not bring it back', async () => {
  const phone = makePhone()
  const [slow, quick] = [phone.open(), phone.open()]
  const server = makeMemoryServer()
  server.put('public', 'a', { title: '一' })
  await slow.sync((request) => {
    const late = server.handle(request)
    server.put('public', 'a', null)
    server.put('public', 'b', { title: '二' })
    return quick
      .sync(server.send)
      .then(() => quick.sync(server.send))
      .then(() => Response.json(late))
  })
  expect((await readKept(slow.db)).records).toEqual(server.held())
  await slow.sync(server.send)
  expect((await readKept(slow.db)).records.map(({ id }) => id)).toEqual(['b'])
})

test('an answer put aside stays aside when the same answer arrives once more', async () => {
  const phone = makePhone()
  const [slow, quick] = [phone.open(), phone.open()]
  const server = makeMemoryServer()
  await slow.recorder.record('enrollment.cancel', { enrollmentId: slow.recorder.newId() } as never)
  await slow.sync(async (request: SyncRequest) => {
    const late = server.handle(request)
    await quick.sync(server.send)
    await quick.db.write(['answers'], (tx) => tx.objectStore('answers').clear())
    return Response.json(late)
  })
  expect(await readAnswers(slow.db)).toEqual([])
  expect(server.operations).toHaveLength(1)
})
