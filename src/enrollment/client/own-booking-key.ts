import { useEffect, useRef } from 'preact/hooks'
import { keepForm, readForm } from '#client/forms.ts'
import type { LocalDb } from '#client/local-db.ts'
import { usePage } from '#client/page-context.tsx'
import { readRecord } from '#client/records.ts'
import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import type { Instant } from '#kernel/time.ts'
import type { SessionId } from '#sessions/domain/session.ts'

const PREFIX = 'own-booking'

interface SignedUp {
  readonly enrollmentId: EnrollmentId
  readonly sessionId: SessionId
  /** Digits. */
  readonly phone: string
}

/** Keeps the last four digits of the phone number with a sign-up made here, until its session is over: it can be taken back here
 *  without typing them. */
export async function keepDigits(db: LocalDb, { enrollmentId, sessionId, phone }: SignedUp): Promise<void> {
  const session = (await readRecord(db, 'public', 'publicSession', sessionId))?.body
  if (session === undefined) return // nobody could tell when they have to go
  await keepForm(db, `${PREFIX} ${enrollmentId} ${session.endsAt}`, { phoneLast4: phone.slice(-4) })
}

/** `null`: they are not here, and the page of the booking asks for them. */
export async function readDigits(db: Pick<LocalDb, 'read'>, enrollmentId: EnrollmentId): Promise<string | null> {
  const names = await db.read(['forms'], (tx) => tx.objectStore('forms').getAllKeys())
  const name = names.find((one) => one.startsWith(`${PREFIX} ${enrollmentId} `))
  return name === undefined ? null : ((await readForm(db, name))?.['phoneLast4'] ?? null)
}

/** Whenever a page about signing up or one's booking is opened, the digits of sessions that are over are forgotten. */
export function useForgetPastDigits(db: LocalDb): void {
  const opened = useRef(usePage().now).current
  useEffect(() => void forgetPastDigits(db, opened).catch(() => {}), [db, opened]) // else the next time
}

/** Forgets the digits of sessions that ended before `now`. */
export function forgetPastDigits(db: LocalDb, now: Instant): Promise<void> {
  return db.write(['forms'], async (tx) => {
    const forms = tx.objectStore('forms')
    for (const name of await forms.getAllKeys()) {
      const [prefix, , endsAt = ''] = name.split(' ')
      if (prefix === PREFIX && endsAt < now) await forms.delete(name)
    }
  })
}
