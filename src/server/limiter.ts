import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** So many points in so many seconds. */
export interface Budget {
  readonly points: number
  readonly seconds: number
}

/** Counts by key, in this process's memory. */
export interface Limiter {
  /** Takes a point. `null` when there was one, else how many whole seconds to wait for the next. */
  spend(key: string): Promise<number | null>
  giveBack(key: string): Promise<void>
  /** Notes a key. `true` when it was not known for `seconds`. */
  isNew(key: string): Promise<boolean>
  forget(key: string): Promise<void>
  /** How many keys are held. */
  size(): number
}

/** A memory that anybody can fill from outside has an end: beyond it, everything is forgotten and counting begins anew. */
export const KEYS_MAX = 20_000

export function createLimiter({ points, seconds }: Budget, keysMax = KEYS_MAX): Limiter {
  const memory = new RateLimiterMemory({ points, duration: seconds })
  let named = 0 // keys begun since it was last known how many there are: never fewer than there are

  async function consume(key: string): Promise<{ readonly result: RateLimiterRes; readonly isOver: boolean }> {
    try {
      const result = await memory.consume(key)
      if (result.isFirstInDuration) await begin()
      return { result, isOver: false }
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      return { result: error, isOver: true }
    }
  }

  async function begin(): Promise<void> {
    named += 1
    if (named <= keysMax) return
    const keys = memory.dump().storage.map((one) => String(one.key))
    named = keys.length
    if (named <= keysMax) return
    for (const key of keys) await memory.delete(key)
    named = 0
  }

  return {
    async spend(key) {
      const { result, isOver } = await consume(key)
      return isOver ? Math.max(1, Math.ceil(result.msBeforeNext / 1000)) : null
    },
    async giveBack(key) {
      await memory.reward(key)
    },
    isNew: async (key) => (await consume(key)).result.isFirstInDuration,
    async forget(key) {
      await memory.delete(key)
    },
    size: () => memory.dump().storage.length,
  }
}
