import { type Instant, instantOf } from '#kernel/time.ts'

/** Time and chance of this device. */
export interface Surroundings {
  readonly now: () => Instant
  /** So many random bytes. */
  readonly random: (count: number) => Uint8Array
}

/** Those of a real browser. */
export const browserSurroundings: Surroundings = {
  now: () => instantOf(Date.now()),
  random: (count) => crypto.getRandomValues(new Uint8Array(count)),
}
