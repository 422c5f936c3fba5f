import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Chance, makeChance } from '../make/chance.ts'
import { type Fault, type FaultGate, openFaultGate } from '../make/fault-gate.ts'

const BODY = 'a'.repeat(8000) // longer than any cut
let next: Fault = 'delay'
let gate: FaultGate
let seen: number[] = [] // lengths of whole requests

const server = createServer((asked, answer) => {
  text(asked).then(
    (body) => {
      seen.push(body.length)
      answer.end(BODY)
    },
    () => undefined, // cut in half
  )
})

beforeAll(async () => {
  const seeded = makeChance('gate')
  const chance = { ...seeded, happens: (probability: number) => probability > 0, pick: () => next } as unknown as Chance
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  gate = await openFaultGate(chance)
  gate.aim([(server.address() as AddressInfo).port])
})
beforeEach(() => {
  seen = []
  gate.trouble(1)
})
afterAll(async () => {
  await gate.close()
  server.close()
})

/** What came back; `null` when no whole answer did. */
function ask(waitMs = 10_000): Promise<string | null> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(waitMs)
    const sent = httpRequest(gate.url, { method: 'POST', agent: false, signal }, (answer) => {
      text(answer).then(resolve, () => resolve(null))
    })
    sent.on('error', () => resolve(null))
    sent.end(BODY)
  })
}

test('without trouble everything goes through', async () => {
  gate.trouble(0)
  expect(await ask()).toBe(BODY)
  expect(gate.counts.pass).toBe(1)
})

test('a delayed request is answered all the same', async () => {
  next = 'delay'
  expect(await ask()).toBe(BODY)
  expect(gate.counts.delay).toBe(1)
})

test('of a request that is cut the server never sees the end', async () => {
  next = 'cutRequest'
  expect(await ask()).toBeNull()
  await expect.poll(() => gate.counts.cutRequest).toBe(1)
  expect(seen).toEqual([])
})

test.each<Fault>(['cutAnswer', 'loseAnswer'])(
  '%s: the server has done its work, and the client does not know',
  async (fault) => {
    next = fault
    expect(await ask()).toBeNull()
    expect(seen).toEqual([BODY.length])
    await expect.poll(() => gate.counts[fault]).toBe(1)
  },
)

test('a stalled request is never answered', async () => {
  next = 'stall'
  expect(await ask(300)).toBeNull()
  expect(gate.counts.stall).toBe(1)
})

test('a late request arrives when its client has gone', async () => {
  next = 'late'
  expect(await ask()).toBeNull()
  expect(seen).toEqual([])
  await expect.poll(() => seen, { timeout: 10_000 }).toEqual([BODY.length])
})
