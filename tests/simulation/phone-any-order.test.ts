import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Send } from '#sync/client/sync-once.ts'
import { makeMemoryServer, type MemoryServer } from '../make/memory-server.ts'
import { makePhone, makeTap, type Page, readKept } from '../make/phone.ts'
import { installStorageFaults } from '../make/storage-faults.ts'

const storage = installStorageFaults()

type Step =
  | { readonly do: 'tap'; readonly tab: number; readonly killAt: number | null }
  | {
      readonly do: 'sync'
      readonly tab: number
      readonly network: keyof typeof networks
      readonly killAt: number | null
    }
  | { readonly do: 'syncTogether' }
  | { readonly do: 'reload'; readonly tab: number }
  | { readonly do: 'elsewhere' }

const networks = {
  fine: (server) => server.send,
  away: () => () => Promise.reject(new TypeError('Failed to fetch')),
  answerLost: (server) => (request) => (server.handle(request), Promise.reject(new TypeError('lost'))),
  half: (server) => async (request) => {
    const text = await (await server.send(request)).text()
    return new Response(text.slice(0, text.length / 2))
  },
  broken: () => () => Promise.resolve(new Response('', { status: 503 })),
  hotel: () => () => Promise.resolve(new Response('<html>')),
} satisfies Record<string, (server: MemoryServer) => Send>

const tab = fc.nat(1)
const killAt = fc.option(fc.integer({ min: 1, max: 25 }), { freq: 4 })
const anySteps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('tap' as const), tab, killAt }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('sync' as const),
        tab,
        network: fc.constantFrom(...(Object.keys(networks) as (keyof typeof networks)[])),
        killAt,
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('syncTogether' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const), tab }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('elsewhere' as const) }) },
  ),
  { maxLength: 25 },
)

/** One phone with two tabs, its server, and what the person at the desk believes to have tapped. */
function makeDesk() {
  const phone = makePhone()
  const tabs = [phone.open(), phone.open()]
  const server = makeMemoryServer({ pageSize: 4 })
  const kept: string[] = []
  const pageOf = (index: number): Page => tabs[index] ?? phone.open()

  async function tap(step: Extract<Step, { do: 'tap' }>): Promise<void> {
    if (step.killAt !== null) storage.killAt(step.killAt)
    const operation = await pageOf(step.tab)
      .recorder.record('attendance.mark', makeTap())
      .catch(() => null)
    storage.heal()
    if (operation !== null) kept.push(operation.id)
  }

  async function take(step: Step): Promise<unknown> {
    if (step.do === 'tap') return tap(step)
    if (step.do === 'syncTogether') return Promise.all(tabs.map((page) => page.sync(server.send)))
    if (step.do === 'elsewhere') return server.put('public', crypto.randomUUID(), { markId: 'of another phone' })
    if (step.do === 'reload') return (tabs[step.tab] = phone.open())
    if (step.killAt !== null) storage.killAt(step.killAt)
    await pageOf(step.tab)
      .sync(networks[step.network](server))
      .catch(() => null)
    return storage.heal()
  }

  async function heal(): Promise<Page> {
    const page = phone.open()
    let end = await page.sync(server.send)
    while (end.kind === 'done' && end.more) end = await page.sync(server.send)
    return page
  }

  return { server, kept, take, heal }
}

test('whatever happens to network, tabs and battery: once all is well, the outbox is empty and each tap is on the server once', async () => {
  await fc.assert(
    fc.asyncProperty(anySteps, async (steps) => {
      const { server, kept, take, heal } = makeDesk()
      for (const step of steps) await take(step)
      const page = await heal()
      const found = await readKept(page.db)
      expect(found.outbox).toEqual([])
      expect(found.records).toEqual(server.held())
      expect(server.operations.map(({ id }) => id).sort()).toEqual([...kept].sort())
      const numbers = server.operations.map(({ seq }) => seq)
      expect(numbers).toEqual(Array.from({ length: kept.length }, (_, index) => index + 1))
    }),
    { numRuns: Number(process.env['RUNS'] ?? 100) },
  )
}, 120_000)

test('a page killed at any point of a sync loses nothing and doubles nothing', async () => {
  let isMet = true
  let request = 0
  while (isMet) {
    request += 1
    const phone = makePhone()
    const page = phone.open()
    const server = makeMemoryServer()
    server.granted.add('office')
    server.put('office', 'gone soon', { name: '佐藤' })
    await page.sync(server.send)
    server.granted.delete('office')
    for (let tap = 0; tap < 3; tap += 1) await page.recorder.record('attendance.mark', makeTap())
    await page.recorder.record('enrollment.cancel', { enrollmentId: page.recorder.newId() } as never)
    storage.killAt(request)
    await page.sync(server.send).catch(() => null)
    isMet = storage.heal()
    const reopened = phone.open()
    await reopened.sync(server.send)
    expect(server.operations.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    expect(await readKept(reopened.db)).toMatchObject({ outbox: [], records: server.held(), answers: { length: 1 } })
  }
  expect(request).toBeGreaterThan(20)
})
