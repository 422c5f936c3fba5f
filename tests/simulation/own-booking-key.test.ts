import { expect, test } from 'vitest'
import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import { forgetPastDigits, keepDigits, readDigits } from '#enrollment/client/own-booking-key.ts'
import type { Instant } from '#kernel/time.ts'
import type { HeldRecord } from '#client/local-schema.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import { makePhone } from '../make/phone.ts'
import { newId } from '../make/signed-in.ts'

const ENDS_AT = '2026-05-12T06:00:00.000Z' as Instant

test('the last digits stay with a booking until its session is over, and are then forgotten; nothing more of the number is kept', async () => {
  const phone = makePhone()
  const { db } = phone.open()
  const [enrollmentId, sessionId] = [newId() as EnrollmentId, newId() as SessionId]
  const body = { sessionId, endsAt: ENDS_AT }
  const record = { bucket: 'public', kind: 'publicSession', id: sessionId, version: 1, body } as unknown as HeldRecord
  await db.write(['records'], async (tx) => void (await tx.objectStore('records').put(record)))
  await keepDigits(db, { enrollmentId, sessionId, phone: '0996331234' })
  const again = phone.open().db
  expect(await readDigits(again, enrollmentId)).toBe('1234')
  expect(await readDigits(again, newId() as EnrollmentId)).toBeNull()
  await forgetPastDigits(again, ENDS_AT)
  expect(await readDigits(again, enrollmentId)).toBe('1234')
  await forgetPastDigits(again, '2026-05-12T06:00:00.001Z' as Instant)
  expect(await readDigits(again, enrollmentId)).toBeNull()
  const left = await again.read(['forms'], (tx) => tx.objectStore('forms').getAllKeys())
  expect(left).toEqual([])
})

test('of a session this phone does not know the end of, nothing is kept: the page asks instead', async () => {
  const { db } = makePhone().open()
  const enrollmentId = newId() as EnrollmentId
  await keepDigits(db, { enrollmentId, sessionId: newId() as SessionId, phone: '0996331234' })
  expect(await readDigits(db, enrollmentId)).toBeNull()
})
