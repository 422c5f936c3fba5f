import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LocalDb, openLocalDb } from '#client/local-db.ts'
import type { WriteTx } from '#client/local-schema.ts'
import { LIST } from '../make/list-on-phone.ts'
import { makePhone } from '../make/phone.ts'

const STORES = ['outbox', 'answers', 'forms', 'records'] as const
type Tried = (typeof STORES)[number]

type Step =
  | { readonly do: 'put' | 'add'; readonly store: Tried; readonly id: number; readonly text: string }
  | { readonly do: 'delete' | 'get' | 'byId'; readonly store: Tried; readonly id: number }
  | { readonly do: 'getAll' | 'getAllKeys' | 'clear'; readonly store: Tried }
  | { readonly do: 'fail' }

const store = fc.constantFrom(...STORES)
const id = fc.integer({ min: 0, max: 4 })
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('put', 'put', 'add'), store, id, text: fc.string({ unit: 'grapheme' }) }),
  fc.record({ do: fc.constantFrom('delete', 'get', 'get', 'byId'), store, id }),
  fc.record({ do: fc.constantFrom('getAll', 'getAll', 'getAllKeys', 'clear'), store }),
  fc.constant({ do: 'fail' as const }),
)

const KINDS = ['rosterEntry', 'mark', 'booking', 'instructor', 'session']

function makeValue(at: number, text: string): Readonly<Record<Tried, unknown>> {
  const operation = { id: `o${at}`, seq: at, name: 'attendance.walkIn', at: '2026-05-12', payload: { name: text } }
  return {
    outbox: { operation, state: at % 2 ? 'waiting' : 'attention', queuedAt: text },
    answers: { operation, outcome: { status: 'accepted', value: text }, answeredAt: text, seen: false },
    forms: { name: text, sealed: text },
    records: { bucket: LIST, kind: KINDS[at], id: `r${at}`, version: at, body: { name: text } },
  }
}

function makeKey(at: number): Readonly<Record<Tried, unknown>> {
  return { outbox: at, answers: `o${at}`, forms: `f${at}`, records: [LIST, KINDS[at], `r${at}`] }
}

type Methods = Readonly<Record<string, (...given: unknown[]) => Promise<unknown>>>

async function playStep(tx: WriteTx<Tried[]>, step: Step): Promise<unknown> {
  if (step.do === 'fail') throw new RangeError('our own')
  if (step.do === 'byId') return tx.objectStore('outbox').index('byId').get(`o${step.id}`)
  const methods = tx.objectStore(step.store) as unknown as Methods
  const key = 'id' in step ? [makeKey(step.id)[step.store]] : []
  if (!('text' in step)) return methods[step.do]?.(...key)
  await methods[step.do]?.(makeValue(step.id, step.text)[step.store], ...(step.store === 'forms' ? key : []))
  return null // what `put` gives back is nobody's business here
}

/** One transaction: what each step saw, or how it failed. */
function play(db: LocalDb, steps: readonly Step[]): Promise<unknown> {
  const work = async (tx: WriteTx<Tried[]>): Promise<unknown> => {
    const seen: unknown[] = []
    for (const step of steps) seen.push(await playStep(tx, step))
    return seen
  }
  return db.write<Tried[], unknown>([...STORES], work).catch((error: Error) => error.name)
}

test('whatever is read and written, the sealed store says and keeps exactly what one without seals would', async () => {
  const run = fc.asyncProperty(
    fc.array(fc.array(anyStep, { maxLength: 8 }), { maxLength: 6 }),
    async (transactions) => {
      const plain = openLocalDb({ name: crypto.randomUUID() })
      const phone = makePhone()
      const tabs = [phone.open(), phone.open()]
      for (const [index, steps] of transactions.entries()) {
        expect(await play(tabs[index % 2]?.db as LocalDb, steps)).toEqual(await play(plain, steps))
      }
      const all: Step[] = STORES.map((one) => ({ do: 'getAll', store: one }))
      expect(await play(phone.open().db, all)).toEqual(await play(plain, all))
      for (const { db } of [...tabs, { db: plain }]) db.close()
    },
  )
  await fc.assert(run, { numRuns: 150 })
})
