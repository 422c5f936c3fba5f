import { createHash } from 'node:crypto'
import type { EnrollmentId, ReceiptNumber } from '#enrollment/domain/enrollment.ts'
import { receiptCandidates } from '#enrollment/domain/receipt-number.ts'
import { invariant } from '#kernel/invariant.ts'
import type { ApplyContext } from '#server/apply.ts'

const ROUNDS_MAX = 50

/** The first 受付番号 nobody has, out of a series that depends on the enrollment alone. */
export async function freeReceiptNumber(
  enrollmentId: EnrollmentId,
  { sql, city }: ApplyContext,
): Promise<ReceiptNumber> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const candidates = receiptCandidates(createHash('sha256').update(`${enrollmentId}:${round}`).digest())
    const taken = await sql<{ receipt_number: string }>`
      select receipt_number from enrollments where city = ${city} and receipt_number = any(${candidates})`
    const free = candidates.find((candidate) => !taken.some((row) => row.receipt_number === candidate))
    if (free !== undefined) return free
  }
  invariant(false, 'a city has a free receipt number')
}
