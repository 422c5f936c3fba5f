import type { SimPhone } from './phone.ts'
import type { Storages } from './storage.ts'
import type { SimTown } from './town.ts'

/** A request on its way. */
export interface Letter {
  readonly phone: SimPhone
  readonly body: string
}

/** An answer that takes its time, while a page waits for it. */
export interface HeldAnswer {
  readonly arrive: () => void
  readonly lose: () => void
  /** How the round trip ended. */
  readonly done: Promise<string>
}

/** One run of a seed: the town, what is on its way, and what has happened so far. */
export interface World {
  readonly town: SimTown
  readonly storages: Storages
  /** Requests that a phone has given up, and that arrive all the same. */
  readonly underway: Letter[]
  readonly held: Map<SimPhone, HeldAnswer>
  /** Which process of the server is reached at the moment. */
  serverIndex: number
  /** Something was planned to go wrong on the server: only then may it fail. */
  mayFail: boolean
  /** Answers that held something because of a fault. Their version may have nothing to show. */
  failedPushes: number
  readonly seats: SeatsSeen
  readonly faults: Map<string, number>
  /** What was found to be wrong, in words. */
  readonly problems: string[]
}

/** The seats when they were last looked at, by session. */
export interface SeatsSeen {
  readonly taken: Map<string, number>
  readonly seats: Map<string, number>
  /** The largest that was asked for in between, in either of both processes. */
  largest: number
}

export function countFault({ faults }: World, name: string): void {
  faults.set(name, (faults.get(name) ?? 0) + 1)
}

export function makeWorld(town: SimTown, storages: Storages): World {
  return {
    town,
    storages,
    underway: [],
    held: new Map(),
    serverIndex: 0,
    mayFail: false,
    failedPushes: 0,
    seats: { taken: new Map(), seats: new Map(), largest: 0 },
    faults: new Map(),
    problems: [],
  }
}
