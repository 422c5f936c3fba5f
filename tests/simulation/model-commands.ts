import fc from 'fast-check'
import { expect } from 'vitest'
import { type Network, NETWORKS } from '../make/model-phone.ts'
import type { ModelTown } from '../make/model-town.ts'
import { expectedOn, shownBy } from '../make/model-view.ts'
import { type Choice, DEEDS, isDesk, MAY, type Model, ROLES } from './model-deeds.ts'
import * as moves from './model-moves.ts'
import type { Place, Saying } from './model-sayings.ts'

type Command = fc.AsyncCommand<Model, ModelTown, true>

/** How often what was done, and what went wrong meanwhile. */
export interface Tally {
  readonly commands: Map<string, number>
  readonly faults: Map<string, number>
}

/** Everything that can happen in the town, the usual more often than the rare. */
export function makeCommands(tally: Tally): fc.Arbitrary<Command>[] {
  const weighted: readonly (readonly [number, fc.Arbitrary<moves.Move>])[] = [
    ...ALL_DEEDS.map((what) => [OFTEN[what], anyTelling(what).map((given) => moves.tell(...given))] as const),
    [
      2,
      fc.tuple(anyDeed, upTo(TAP_REQUESTS)).map(([[what, choice], request]) => moves.tellAndDie(what, choice, request)),
    ],
    [2, anyPhone.map(moves.goOffline)],
    [3, anyPhone.map(moves.goOnline)],
    [3, fc.tuple(anyPhone, fc.constantFrom(...NETWORKS)).map((given) => moves.syncThrough(...given))],
    [1, fc.tuple(anyPhone, upTo(TRIP_REQUESTS)).map((given) => moves.syncAndDie(...given))],
    [1, anyPhone.map(moves.syncTwoTabs)],
    [1, fc.tuple(anyPhone, anyPhone).map((given) => moves.syncOvertaken(...given))],
    [1, fc.tuple(anyPhone, anyPhone).map((given) => moves.syncTogether(...given))],
    [2, fc.tuple(choiceOf('signUp'), choiceOf('signUp')).map((given) => moves.askTogether(...given))],
    [1, fc.tuple(anyPhone, fc.nat(9)).map((given) => moves.deliverAgain(...given))],
    [1, anyPhone.map(moves.reload)],
    [1, fc.tuple(anyPhone, fc.integer({ min: -400, max: 400 })).map((given) => moves.jump(...given))],
    [1, fc.constant(moves.NEXT_DAY)],
    [1, fc.constant(moves.EVERYBODY_ONLINE)],
  ]
  return weighted.flatMap(([weight, move]) =>
    Array.from({ length: weight }, () => move.map((one) => toCommand(one, tally))),
  )
}

// What a tap or a round trip asks of the store, at most: a page is killed before any of it.
const TAP_REQUESTS = 8
const TRIP_REQUESTS = 25
const OFTEN: Readonly<Record<Saying['do'], number>> = {
  signUp: 5,
  cancel: 2,
  withdraw: 2,
  walkIn: 2,
  checkIn: 5,
  undo: 3,
  merge: 2,
  separate: 2,
  closeYear: 1,
}
const ALL_DEEDS = Object.keys(DEEDS) as readonly Saying['do'][]

const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max })
const anyPhone = fc.nat(ROLES.length - 1)
const anyDeed = fc.constantFrom(...ALL_DEEDS).chain((what) => fc.tuple(fc.constant(what), choiceOf(what)))

/** Mostly a good line; when it is not, something waits, and perhaps the server has it. */
const anyNetwork = fc.oneof({ weight: 6, arbitrary: fc.constant<Network>('fine') }, fc.constantFrom(...NETWORKS))
const anyTelling = <What extends Saying['do']>(what: What) => fc.tuple(fc.constant(what), choiceOf(what), anyNetwork)

function choiceOf(what: Saying['do']): fc.Arbitrary<Choice> {
  return fc.record({
    n: fc.constantFrom(...MAY[what]),
    person: fc.nat(4),
    place: fc.constantFrom<Place>(0, 1, 2),
    pick: fc.nat(5),
  })
}

function toCommand({ label, chosen, phones, can = () => true, play }: moves.Move, tally: Tally): Command {
  return {
    check: async (model) => can(model),
    async run(model, town) {
      count(tally.commands, label)
      const fault = await play(model, town)
      if (fault !== undefined) count(tally.faults, fault)
      for (const n of phones) expect(await shownBy(town, n)).toEqual(expectedOn(moves.at(model, n), isDesk(n)))
    },
    toString: () => `${label}(${chosen.map((one) => JSON.stringify(one)).join(', ')})`,
  }
}

function count(into: Map<string, number>, what: string): void {
  into.set(what, (into.get(what) ?? 0) + 1)
}
