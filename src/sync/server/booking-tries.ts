import type { Context } from 'hono'
import * as v from 'valibot'
import type { RateLimits } from '#server/rate-limits.ts'
import { Operation, type Outcome } from '#sync/domain/protocol.ts'

/** Looked at first, so that nothing else of a push is read twice. */
const Named = v.looseObject({ name: v.literal('enrollment.withdraw') })

interface Counted {
  /** `null`: a fault of ours; none of them was answered. */
  readonly settle: (outcomes: readonly Outcome[] | null) => Promise<void>
}

/** Tries at bookings that came in a push count like those on the page. Answers how many seconds to wait when there were too many, or
 *  what to do once it is known which were right: those cost nothing. Nor do those that a fault of ours kept from being looked at: the
 *  phone sends them again by itself. */
export async function countTries(
  c: Context,
  { tryBooking }: RateLimits,
  push: readonly unknown[],
): Promise<{ readonly restS: number } | Counted> {
  const giveBack = new Map<string, () => Promise<void>>()
  const settle: Counted['settle'] = async (outcomes) => {
    if (outcomes === null) for (const give of giveBack.values()) await give()
    else for (const outcome of outcomes) if (!isWrong(outcome)) await giveBack.get(outcome.id)?.()
  }
  for (const raw of push) {
    const read = v.is(Named, raw) ? v.safeParse(Operation, raw) : null
    if (!read?.success || read.output.name !== 'enrollment.withdraw') continue // what cannot be read tells nobody anything
    const tried = await tryBooking(c, read.output.payload.receiptNumber)
    if (tried.restS !== null) return { restS: tried.restS }
    giveBack.set(read.output.id, tried.giveBack)
  }
  return { settle }
}

function isWrong(outcome: Outcome): boolean {
  return outcome.status === 'held' || (outcome.status === 'refused' && outcome.refusal.code === 'booking_unknown')
}
