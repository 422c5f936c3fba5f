import type { Context, MiddlewareHandler } from 'hono'
import type { AddressOf } from './client-address.ts'
import { type Budget, createLimiter, type Limiter } from './limiter.ts'
import { answerTooMany } from './too-many.ts'
import type { TryLimiter } from './tries.ts'

/** What one address or device may ask for. Why these numbers: docs/rules.md#rate-limits */
export const BUDGETS = {
  /** Of an address: everything but the program's own files. */
  everything: { points: 600, seconds: 10 },
  /** Of an address: pages, plain forms, and what the office reads. */
  pages: { points: 48, seconds: 10 },
  /** Of an address: plain forms sent. */
  forms: { points: 100, seconds: 300 },
  /** Of an address: streams of news opened. */
  streams: { points: 48, seconds: 10 },
  /** Of an address: devices that were not heard of there for ten minutes, and whatever names no device. */
  newcomers: { points: 48, seconds: 10 },
  /** Of a device: round trips. */
  roundTrips: { points: 40, seconds: 10 },
  /** Of a 受付番号: wrong last digits. This and the next: docs/rules.md#own-booking */
  triesOfReceipt: { points: 5, seconds: 3600 },
  /** Of an address: wrong pairs of 受付番号 and last digits. */
  triesOfAddress: { points: 20, seconds: 3600 },
  /** Of one member of staff: wrong answers at sign-in. This and the next: docs/rules.md#sign-in */
  signInsOfStaff: { points: 10, seconds: 3600 },
  /** Of an address: wrong answers at sign-in, and links of invitation that are not good. */
  signInsOfAddress: { points: 30, seconds: 3600 },
  /** Of a staff number: wrong tries at the second way in. This and the next: docs/rules.md#second-way */
  triesOfStaffNumber: { points: 5, seconds: 3600 },
  /** Of an address: wrong tries at the second way in. */
  secondWaysOfAddress: { points: 20, seconds: 3600 },
  /** Of the whole city: wrong digits for a phone. This and the next: docs/rules.md#pairing */
  pairingsOfCity: { points: 5, seconds: 720 },
  /** Of an address: the same. */
  pairingsOfAddress: { points: 5, seconds: 3600 },
} as const satisfies Readonly<Record<string, Budget>>

const KNOWN = { points: 1, seconds: 600 } as const

/** What guards a secret: counted for all processes together, where it is wanted (docs/decisions/035-many-machines.md). */
const TRIES = [
  'triesOfReceipt',
  'triesOfAddress',
  'signInsOfStaff',
  'signInsOfAddress',
  'triesOfStaffNumber',
  'secondWaysOfAddress',
  'pairingsOfCity',
  'pairingsOfAddress',
] as const satisfies readonly (keyof typeof BUDGETS)[]
type TryName = (typeof TRIES)[number]
type FloodName = Exclude<keyof typeof BUDGETS, TryName> | 'known'

/** A try at somebody's booking or sign-in, counted before it is looked at. A right one costs nothing. */
export type Try = { readonly restS: null; readonly giveBack: () => Promise<void> } | { readonly restS: number }

export interface RateLimits {
  /** Stands before every route but the files: lets a request through or answers 429. */
  readonly guard: MiddlewareHandler
  /** For one round trip of a device; `null` lets it through, else how many seconds to wait. */
  restOfDevice(c: Context, deviceId: string | null): Promise<number | null>
  tryBooking(c: Context, receiptNumber: string): Promise<Try>
  /** `key`: what stands for the person, such as the name of a passkey; `null` where nobody is named. */
  trySignIn(c: Context, key: string | null): Promise<Try>
  /** For the digits that pair a phone. */
  tryPairing(c: Context): Promise<Try>
  trySecondWay(c: Context, staffNumber: string): Promise<Try>
  /** How many keys are held in memory, over all budgets. */
  size(): number
}

export interface RateLimitOptions {
  /** Nobody is counted by where they come from without it. */
  readonly addressOf?: AddressOf
  readonly phone?: string
  /** Where tries are counted; in this process alone, if left out. */
  readonly countTries?: (name: TryName, budget: Budget) => TryLimiter
}

/** Floods are counted by each process for itself: several behind one proxy multiply the limits, and do not lose them. */
export function createRateLimits({
  addressOf = () => null,
  phone = '',
  countTries = (_, budget) => createLimiter(budget),
}: RateLimitOptions = {}): RateLimits {
  const limiters = Object.fromEntries(
    Object.entries({ ...BUDGETS, known: KNOWN }).map(([name, budget]) => [name, createLimiter(budget)]),
  ) as Record<FloodName, Limiter>
  const tries = Object.fromEntries(TRIES.map((name) => [name, countTries(name, BUDGETS[name])])) as Record<
    TryName,
    TryLimiter
  >

  async function restOfDevice(c: Context, deviceId: string | null): Promise<number | null> {
    const address = addressOf(c)
    if (address === null) return null
    if (deviceId === null) return limiters.newcomers.spend(address)
    const device = `${address} ${deviceId}` // what somebody says elsewhere in this device's name costs it nothing
    if (!(await limiters.known.isNew(device))) return limiters.roundTrips.spend(device)
    const restS = await limiters.newcomers.spend(address)
    if (restS !== null) await limiters.known.forget(device)
    return restS
  }

  /** In the order given, and no further than to the first that is used up: an address that is out must not use up anybody else's. */
  async function spendAll(tried: Readonly<Partial<Record<TryName, string | null>>>): Promise<Try> {
    const counted = Object.entries(tried).flatMap(([name, key]) =>
      key === null ? [] : [{ limiter: tries[name as TryName], key }],
    )
    for (const { limiter, key } of counted) {
      const restS = await limiter.spend(key)
      if (restS !== null) return { restS }
    }
    return {
      restS: null,
      giveBack: async () => void (await Promise.all(counted.map(({ limiter, key }) => limiter.giveBack(key)))),
    }
  }

  async function tryPairing(c: Context): Promise<Try> {
    const own = await spendAll({ pairingsOfAddress: addressOf(c) }) // first: one address alone must not shut out the city
    if (own.restS !== null) return own
    const all = await spendAll({ pairingsOfCity: 'all' })
    if (all.restS === null) return { restS: null, giveBack: async () => (await own.giveBack(), all.giveBack()) }
    await own.giveBack() // not looked at
    return all
  }

  const guard: MiddlewareHandler = async (c, next) => {
    const address = addressOf(c)
    if (address === null) return next()
    for (const name of budgetsOf(c)) {
      const restS = await limiters[name].spend(address)
      if (restS !== null) return answerTooMany(c, { restS, phone })
    }
    return next()
  }

  return {
    guard,
    restOfDevice,
    tryBooking: (c, receiptNumber) => spendAll({ triesOfAddress: addressOf(c), triesOfReceipt: receiptNumber }),
    trySignIn: (c, key) => spendAll({ signInsOfAddress: addressOf(c), signInsOfStaff: key }),
    tryPairing,
    trySecondWay: (c, number) => spendAll({ secondWaysOfAddress: addressOf(c), triesOfStaffNumber: number }),
    size: () => Object.values(limiters).reduce((sum, one) => sum + one.size(), 0),
  }
}

/** The narrowest first: what it refuses does not use up the rest. */
function budgetsOf({ req: { path, method } }: Context): readonly FloodName[] {
  if (path === '/api/sync') return ['everything'] // then each device by itself, once its name is read
  if (path === '/api/poke') return ['streams', 'everything']
  return method === 'POST' ? ['pages', 'forms', 'everything'] : ['pages', 'everything']
}
