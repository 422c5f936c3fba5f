import { type Instant, instantAt, instantOf, type LocalDate, type LocalTime } from '#kernel/time.ts'
import type { OperationName, PayloadOf } from '#sync/domain/protocol.ts'
import type { Chance } from './chance.ts'

/** Who speaks: the office, a helper's phone in the hall, or a device at somebody's home. */
export type Speaker = 'office' | `phone ${number}` | `home ${string}`

/** Something that was said in the town, before it has a number. */
export type Act = { [Name in OperationName]: ActOf<Name> }[OperationName]
interface ActOf<Name extends OperationName> extends Said {
  readonly name: Name
  readonly payload: PayloadOf<Name>
}
interface Said {
  readonly by: Speaker
  readonly at: Instant
  /** When it reaches the server: a phone in a hall without signal sends later. */
  readonly sentAt: Instant
}

export function act<Name extends OperationName>(
  { by, at, sentAt = at }: { by: Speaker; at: Instant; sentAt?: Instant },
  name: Name,
  payload: PayloadOf<Name>,
): Act {
  return { by, at, sentAt, name, payload } as unknown as Act // name and payload belong together by their types
}

/** A time of that day in Japan, and up to `spreadMin` minutes later: people do not act on the full minute. */
export function aroundTime(chance: Chance, on: LocalDate, from: string, spreadMin: number): Instant {
  return instantOf(Date.parse(instantAt(on, from as LocalTime)) + chance.int(0, spreadMin * 60_000))
}

export function earliest<Text extends string>(first: Text, ...others: readonly Text[]): Text {
  return others.reduce((least, other) => (other < least ? other : least), first)
}
