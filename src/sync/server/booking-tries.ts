import type { Context } from 'hono'
import * as v from 'valibot'
import type { RateLimits } from '#server/rate-limits.ts'
import { Operation, type Outcome } from '#sync/domain/protocol.ts'

/** Looked at first, so that nothing else of a push is read twice. */
const Named = v.looseObject({ name: v.literal('enrollment.withdraw') })

/** Tries at bookings that came in a push count like those on the page. Answers how many seconds to wait when there were too many, or
 *  what to do once it is known which were right: those cost nothing. */
export async function countTries(
  c: Context,
  { tryBooking }: RateLimits,
  push: readonly unknown[],
): Promise<{ readonly restS: number } | { readonly settle: (outcomes: readonly Outcome[]) => Promise<void> }> {
  const giveBack = new Map<string, () => Promise<void>>()
  for (const raw of push) {
    const read = v.is(Named, raw) ? v.safeParse(Operation, raw) : null
    if (!read?.success || read.output.name !== 'enrollment.withdraw') continue // what cannot be read tells nobody anything
    const tried = await tryBooking(c, read.output.payload.receiptNumber)
    if (tried.restS !== null) return { restS: tried.restS }
    giveBack.set(read.output.id, tried.giveBack)
  }
  return {
    async settle(outcomes) {
      for (const outcome of outcomes) if (!isWrong(outcome)) await giveBack.get(outcome.id)?.()
    },
  }
}

function isWrong(outcome: Outcome): boolean {
  return outcome.status === 'held' || (outcome.status === 'refused' && outcome.refusal.code === 'booking_unknown')
}
