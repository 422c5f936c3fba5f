import { uuidv7, type Uuid } from '#kernel/uuid.ts'

/** Chance that comes out the same each time for the same seed. */
export interface Chance {
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number
  /** Whether something with this probability happens. */
  happens(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** `count` different ones in no order; all of them when there are not so many. */
  sample<Item>(items: readonly Item[], count: number): readonly Item[]
  /** An id made at this moment. */
  newId<Id extends Uuid>(epochMs: number): Id
}

export function makeChance(seed: string): Chance {
  let state = hashOf(seed)
  // mulberry32: 32 bits of state are plenty for a town.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    int,
    happens: (probability) => next() < probability,
    pick: (items) => itemAt(items, int(0, items.length - 1)),
    sample(items, count) {
      const left = [...items]
      return Array.from({ length: Math.min(count, items.length) }, () => {
        const [taken] = left.splice(int(0, left.length - 1), 1)
        return taken as (typeof left)[number]
      })
    },
    newId: <Id extends Uuid>(epochMs: number) =>
      uuidv7(
        epochMs,
        Uint8Array.from({ length: 10 }, () => int(0, 255)),
      ) as Id,
  }
}

/** The n-th of a list that starts again at its end. */
export function itemAt<Item>(items: readonly Item[], n: number): Item {
  const item = items[n % items.length]
  if (item === undefined) throw new Error('An empty list has no item')
  return item
}

/** FNV-1a. */
function hashOf(text: string): number {
  return Array.from(new TextEncoder().encode(text)).reduce(
    (hash, byte) => Math.imul(hash ^ byte, 0x01000193),
    0x811c9dc5,
  )
}
