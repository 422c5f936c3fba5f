import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import type { Network, Trip } from '../make/model-phone.ts'
import type { ModelTown } from '../make/model-town.ts'
import { expectedInCity, knownInCity } from '../make/model-view.ts'
import { type Choice, DEEDS, type Model } from './model-deeds.ts'
import type { Saying } from './model-sayings.ts'
import { type Phone, sync } from './model.ts'

/** One thing that happens, to the model and to the real town. */
export interface Move {
  readonly label: string
  /** What chance chose, for the words of a failure. */
  readonly chosen: readonly unknown[]
  /** The phones that may show something else afterwards. */
  readonly phones: readonly number[]
  readonly can?: (model: Readonly<Model>) => boolean
  /** Resolves to the fault that was met, if any. */
  readonly play: (model: Model, town: ModelTown) => Promise<string | undefined | void>
}

const DONE: Trip = { reached: true, taken: true }

export function at(model: Model, n: number): Phone {
  const phone = model.phones[n]
  if (phone === undefined) throw new Error(`There is no phone ${n}`)
  return phone
}

export function tell(what: Saying['do'], choice: Choice, network: Network): Move {
  return {
    label: what,
    chosen: [choice, network],
    phones: [choice.n],
    can: (model) => DEEDS[what](model, choice) !== null,
    async play(model, town) {
      expect(await keep(model, town, what, choice)).toBe(true)
      return at(model, choice.n).isOnline ? send(model, town, choice.n, network) : undefined
    },
  }
}

/** The page dies before the n-th thing it asks of its store. */
export function tellAndDie(what: Saying['do'], choice: Choice, request: number): Move {
  return {
    label: 'kill while saying',
    chosen: [what, choice, request],
    phones: [choice.n],
    can: (model) => DEEDS[what](model, choice) !== null,
    play: async (model, town) =>
      (await keep(model, town, what, choice, request)) ? 'killed after the tap' : 'killed before the tap was kept',
  }
}

/** Says it on the phone, and to the model if the phone has kept it. */
async function keep(
  model: Model,
  town: ModelTown,
  ...[what, choice, dieAt]: [Saying['do'], Choice, number?]
): Promise<boolean> {
  const [phone, real, n] = [at(model, choice.n), town.phone(choice.n), choice.n]
  const deed = DEEDS[what](model, choice)
  if (deed === null) throw new Error('Checked before')
  const id = `${n}:${phone.said.length + 1}`
  const tap = await deed.look({ town, id, n })
  const act = (): Promise<boolean> => real.act(tap)
  const isKept = await (dieAt === undefined ? act() : real.killAt(dieAt, act))
  if (!isKept) return false
  phone.said.push({ ...deed.saying, id })
  phone.outbox = [...phone.outbox, { ...deed.saying, id }]
  return true
}

/** One round trip. Resolves to what the network did to it. */
async function send(model: Model, town: ModelTown, n: number, network: Network = 'fine'): Promise<string | undefined> {
  const trip = await town.phone(n).sync(network)
  if (network === 'fine' || network === 'twice') expect(trip).toEqual(DONE)
  sync(model.city, at(model, n), trip)
  return network === 'fine' ? undefined : network
}

export const syncThrough = (n: number, network: Network): Move => ({
  label: 'sync',
  chosen: [n, network],
  phones: [n],
  can: (model) => at(model, n).isOnline,
  play: (model, town) => send(model, town, n, network),
})

export const goOffline = (n: number): Move => ({
  label: 'go offline',
  chosen: [n],
  phones: [],
  can: (model) => at(model, n).isOnline,
  play: async (model) => void (at(model, n).isOnline = false),
})

export const goOnline = (n: number): Move => ({
  label: 'go online',
  chosen: [n],
  phones: [n],
  can: (model) => !at(model, n).isOnline,
  play(model, town) {
    at(model, n).isOnline = true
    return send(model, town, n)
  },
})

export const syncAndDie = (n: number, request: number): Move => ({
  label: 'kill while sending',
  chosen: [n, request],
  phones: [n],
  can: (model) => at(model, n).isOnline,
  async play(model, town) {
    const phone = town.phone(n)
    const trip = await phone.killAt(request, () => phone.sync())
    sync(model.city, at(model, n), trip)
    if (trip.taken) return 'killed after the answer'
    return trip.reached ? 'killed between commit and answer' : 'killed before sending'
  },
})

export const syncTwoTabs = (n: number): Move => ({
  label: 'sync in two tabs',
  chosen: [n],
  phones: [n],
  can: (model) => at(model, n).isOnline,
  async play(model, town) {
    const trip = await town.phone(n).syncTwoTabs()
    expect(trip).toEqual(DONE)
    sync(model.city, at(model, n), trip)
  },
})

/** An answer that is older than what the phone knows, because another page was faster and another phone has spoken since. */
export const syncOvertaken = (n: number, other: number): Move => ({
  label: 'sync, answer overtaken',
  chosen: [n, other],
  phones: [n, other],
  can: (model) => n !== other && at(model, n).isOnline && at(model, other).isOnline,
  async play(model, town) {
    const trip = await town.phone(n).syncOvertaken(() => town.phone(other).sync())
    expect(trip).toEqual(DONE)
    sync(model.city, at(model, n), { reached: true, taken: false })
    sync(model.city, at(model, other), DONE)
    sync(model.city, at(model, n), DONE)
  },
})

/** Two phones at the same moment, through two processes. */
export const syncTogether = (n: number, other: number): Move => ({
  label: 'sync of two phones at once',
  chosen: [n, other],
  phones: [n, other],
  can: () => n !== other,
  play: (model, town) => sendTogether(model, town, [n, other]),
})

/** Two phones ask for a seat at the same moment, perhaps for the last one, perhaps for the same person. */
export const askTogether = (first: Choice, given: Choice): Move => {
  const second = { ...given, place: first.place }
  return {
    label: 'sign-ups at once',
    chosen: [first, second],
    phones: [first.n, second.n],
    can: () => first.n !== second.n,
    async play(model, town) {
      for (const choice of [first, second]) expect(await keep(model, town, 'signUp', choice)).toBe(true)
      await sendTogether(model, town, [first.n, second.n])
    },
  }
}

/** One of them is first: which, nobody can say. */
async function sendTogether(model: Model, town: ModelTown, [n, other]: readonly [number, number]): Promise<void> {
  for (const one of [n, other]) at(model, one).isOnline = true
  expect(await Promise.all([town.phone(n).sync(), town.phone(other).sync()])).toEqual([DONE, DONE])
  const known = await knownInCity(town)
  const isSo = (order: readonly number[]): boolean => isDeepStrictEqual(known, expectedInCity(synced(model, order)))
  const order = isSo([other, n]) ? [other, n] : [n, other]
  for (const one of order) sync(model.city, at(model, one), DONE)
  expect(known).toEqual(expectedInCity(model))
  for (const one of order) await send(model, town, one) // now each has heard of both
}

function synced(model: Model, order: readonly number[]): Model {
  const copy = structuredClone(model)
  for (const n of order) sync(copy.city, at(copy, n), DONE)
  return copy
}

/** A request that the server has had is delivered once more, however late. */
export const deliverAgain = (n: number, pick: number): Move => ({
  label: 'old request again',
  chosen: [n, pick],
  phones: [n],
  play: (_model, town) => town.phone(n).deliverAgain(pick),
})

export const reload = (n: number): Move => ({
  label: 'reload',
  chosen: [n],
  phones: [n],
  play: async (model, town) => {
    await town.phone(n).reload()
    if (at(model, n).isOnline) await send(model, town, n)
  },
})

export const jump = (n: number, days: number): Move => ({
  label: 'clock jumps',
  chosen: [n, days],
  phones: [n],
  play: async (_model, town) => town.phone(n).jump(days),
})

export const NEXT_DAY: Move = {
  label: 'next day',
  chosen: [],
  phones: [],
  can: ({ city }) => city.day === 0,
  play: async ({ city }, town) => {
    city.day = 1
    town.nextDay()
  },
}

export const EVERYBODY_ONLINE: Move = { label: 'everybody online', chosen: [], phones: [0, 1, 2], play: meetAll }

/** All phones come online. Then nothing waits any more, and the server knows what it has to. */
export async function meetAll(model: Model, town: ModelTown): Promise<void> {
  for (const phone of model.phones) phone.isOnline = true
  for (const n of [...model.phones.keys(), ...model.phones.keys()]) await send(model, town, n)
  expect(await knownInCity(town)).toEqual(expectedInCity(model))
}
