import { afterEach, expect, test } from 'vitest'
import { type Observable } from '#client/observable.ts'
import { backOffMs } from '#sync/client/back-off.ts'
import type { NewsStream } from '#sync/client/news.ts'
import { type LoopOptions, startSync, type SyncLoop } from '#sync/client/sync-loop.ts'
import type { Send } from '#sync/client/sync-once.ts'
import { browserSurroundings } from '#sync/client/surroundings.ts'
import { makeMemoryServer } from '../make/memory-server.ts'
import { makePhone, makeTap, type Page, readKept } from '../make/phone.ts'

const loops: SyncLoop[] = []
afterEach(() => {
  for (const loop of loops.splice(0)) loop.stop()
})

/** A browser window that can be put aside and looked at again. */
function makeWindow() {
  const window = new EventTarget()
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  return {
    window,
    document,
    show(visibilityState: 'visible' | 'hidden') {
      document.visibilityState = visibilityState
      document.dispatchEvent(new Event('visibilitychange'))
    },
  }
}

function start({ db }: Page, send: Send, options: Partial<LoopOptions> = {}): SyncLoop {
  const quiet = { openNews: () => Promise.resolve(null), page: null, chance: () => 0 }
  const loop = startSync({ db, send, ...browserSurroundings, ...quiet, ...options })
  loops.push(loop)
  return loop
}

function until<Value>(source: Observable<Value>, isSo: (value: Value) => boolean): Promise<Value> {
  return new Promise((resolve) => {
    const look = (value: Value): void => {
      if (!isSo(value)) return
      stop()
      resolve(value)
    }
    const stop = source.subscribe(look)
    queueMicrotask(() => look(source.current))
  })
}

const away: Send = () => Promise.reject(new TypeError('Failed to fetch'))

test('a tap is sent without anybody asking', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  const { status } = start(page, server.send)
  await until(status, (now) => now.state === 'idle' && now.lastContactAt !== null)
  const tap = await page.recorder.record('attendance.mark', makeTap())
  await until(status, (now) => now.waiting === 1)
  await until(status, (now) => now.waiting === 0 && now.state === 'idle')
  expect(server.operations).toEqual([tap])
})

test('two tabs never sync at the same time, and each tap goes out once', async () => {
  const phone = makePhone()
  const tabs = [phone.open(), phone.open()]
  const server = makeMemoryServer()
  let [atOnce, most, pushed] = [0, 0, 0]
  const send: Send = async (request) => {
    most = Math.max(most, (atOnce += 1))
    pushed += request.push.length
    await new Promise((resolve) => setTimeout(resolve, 5))
    atOnce -= 1
    return server.send(request)
  }
  const statuses = tabs.map((tab) => start(tab, send).status)
  for (let index = 0; index < 20; index += 1) await tabs[index % 2]?.recorder.record('attendance.mark', makeTap())
  await Promise.all(statuses.map((status) => until(status, (now) => now.waiting === 0 && now.state === 'idle')))
  expect(server.operations.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  expect({ most, pushed }).toEqual({ most: 1, pushed: 20 })
})

test('without a network it says so, keeps everything, and goes on by itself when the network is back', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  let send = away
  await page.recorder.record('attendance.mark', makeTap())
  const { status } = start(page, (request, signal) => send(request, signal))
  expect(await until(status, (now) => now.state === 'unreachable')).toMatchObject({ waiting: 1, lastContactAt: null })
  send = server.send
  await until(status, (now) => now.waiting === 0 && now.state === 'idle' && now.lastContactAt !== null)
  expect(server.operations).toHaveLength(1)
})

test.each([
  [
    'the phone says that the network is back',
    (page: ReturnType<typeof makeWindow>) => page.window.dispatchEvent(new Event('online')),
  ],
  ['the page comes back from where the browser had put it', (page) => page.window.dispatchEvent(new Event('pageshow'))],
  ['somebody looks at the page again', (page) => page.show('visible')],
] as [string, (page: ReturnType<typeof makeWindow>) => void][])('%s: no rest is waited for', async (_name, happens) => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  const window = makeWindow()
  let failures = 0
  const stalled: Send = (request) => {
    failures += 1
    return failures < 4 ? Promise.reject(new TypeError('Failed to fetch')) : server.send(request)
  }
  await page.recorder.record('attendance.mark', makeTap())
  const { status } = start(page, stalled, { page: window, chance: () => 1000 }) // rests of minutes
  for (let expected = 1; expected < 4; expected += 1) {
    await until(status, (now) => now.state === 'unreachable' && failures === expected)
    happens(window)
  }
  await until(status, (now) => now.waiting === 0 && now.state === 'idle')
  expect(server.operations).toHaveLength(1)
})

test('a server that asks for a rest gets it, whatever happens on the phone', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  const times: number[] = []
  const send: Send = (request) => {
    times.push(Date.now())
    if (times.length > 1) return server.send(request)
    return Promise.resolve(new Response('', { status: 503, headers: { 'Retry-After': '1' } }))
  }
  const { status, wake } = start(page, send)
  await until(status, (now) => now.state === 'unreachable')
  wake()
  await page.recorder.record('attendance.mark', makeTap())
  await until(status, (now) => now.waiting === 0 && now.state === 'idle' && now.lastContactAt !== null)
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990)
})

test('a device that the server does not know waits for a person, keeps everything, and tries again when somebody looks', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  const window = makeWindow()
  let send: Send = () => Promise.resolve(Response.json({ code: 'device_unknown' }, { status: 403 }))
  await page.recorder.record('attendance.mark', makeTap())
  const { status } = start(page, (request, signal) => send(request, signal), { page: window })
  expect(await until(status, (now) => now.state === 'stopped')).toMatchObject({
    waiting: 1,
    stoppedBy: 'device_unknown',
  })
  send = server.send
  window.show('visible')
  expect(await until(status, (now) => now.waiting === 0 && now.state === 'idle')).toMatchObject({ stoppedBy: null })
})

test('what the server held back is tried again when the page is opened anew', async () => {
  const phone = makePhone()
  const page = phone.open()
  const server = makeMemoryServer()
  const tap = await page.recorder.record('attendance.mark', makeTap())
  server.answerWith(tap.id, { status: 'held', reason: 'not_permitted' } as never)
  const first = start(page, server.send)
  await until(first.status, (now) => now.attention === 1 && now.state === 'idle')
  first.stop()
  server.answerWith(tap.id, { status: 'accepted', value: null, concern: null } as never)
  await until(
    start(phone.open(), server.send).status,
    (now) => now.lastContactAt !== null && now.waiting + now.attention === 0,
  )
  expect(server.operations).toEqual([tap])
})

test('news from the server is fetched at once; a page in the background holds no connection; a broken one is opened again', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  const window = makeWindow()
  const streams: (EventTarget & { readyState: number })[] = []
  const openNews = () => {
    const stream = Object.assign(new EventTarget(), { readyState: 1, close: () => (stream.readyState = 2) })
    streams.push(stream)
    return Promise.resolve(stream as unknown as NewsStream)
  }
  const { status } = start(page, server.send, { page: window, openNews })
  await until(status, (now) => now.state === 'idle' && now.lastContactAt !== null)
  server.put('public', 'a', { title: '一' })
  const arrived = new Promise((resolve) => page.db.onChange((change) => change.buckets.length > 0 && resolve(change)))
  streams[0]?.dispatchEvent(new Event('news'))
  await arrived
  expect((await readKept(page.db)).records).toEqual(server.held())

  window.show('hidden')
  expect(streams.map((stream) => stream.readyState)).toEqual([2])
  window.show('visible')
  await expect.poll(() => streams.length).toBe(2)

  const broken = streams[1]
  if (broken) broken.readyState = 2
  broken?.dispatchEvent(new Event('error'))
  await expect.poll(() => streams.length, { timeout: 3000 }).toBe(3)
  await until(status, (now) => now.state === 'idle')
  server.put('public', 'b', { title: '二' })
  const missed = new Promise((resolve) => page.db.onChange((change) => change.buckets.length > 0 && resolve(change)))
  streams[2]?.dispatchEvent(new Event('hello')) // what happened while nobody listened is fetched
  await missed
})

test('a phone that cannot store says so and asks nothing of the server', async () => {
  const page = makePhone().open()
  const server = makeMemoryServer()
  const real = globalThis.indexedDB
  Reflect.deleteProperty(globalThis, 'indexedDB')
  try {
    const { status } = start(page, server.send)
    await until(status, (now) => now.state === 'storageUnavailable')
    await expect(page.recorder.record('attendance.mark', makeTap())).rejects.toMatchObject({ trouble: 'absent' })
    expect(server.requests).toEqual([])
  } finally {
    globalThis.indexedDB = real
  }
})

test('rests grow from one second to one minute, and half of each is left to chance', () => {
  const rests = [1, 2, 3, 4, 5, 6, 7, 8, 50].map((failures) => [
    backOffMs(failures, () => 0),
    backOffMs(failures, () => 1),
  ])
  expect(rests[0]).toEqual([500, 1000])
  expect(rests[3]).toEqual([4000, 8000])
  expect(rests.slice(6)).toEqual([
    [30_000, 60_000],
    [30_000, 60_000],
    [30_000, 60_000],
  ])
})
