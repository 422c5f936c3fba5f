import { CITY, insertCity } from './city.ts'
import { makeEnrollment, makeSession, makeVenue } from './payloads.ts'
import { makeKit, makeTestDevice } from './server-kit.ts'
import type { Town } from './town.ts'

/** A booking in another city of the same database, and a number that nobody in this city has. */
export async function bookElsewhere({ kit }: Pick<Town, 'kit'>) {
  const { database } = kit
  const city = await insertCity(database, { ...CITY, code: '131016' } as unknown as typeof CITY)
  const office = makeTestDevice(makeKit({ database, now: kit.now(), city }), { role: 'organizer' })
  const venue = makeVenue()
  const session = makeSession({ heldOn: '2026-05-20', venueId: venue.venueId })
  const { sessionId } = session
  const request = makeEnrollment({ sessionId, phone: '09087654321' })
  await office.push(
    office.op('venue.save', venue),
    office.op('session.create', session),
    office.op('session.publish', { sessionId }),
    office.op('enrollment.request', request),
  )
  const rows = await database.sql<{ receipt_number: string; city: string }>`
    select receipt_number, city from enrollments where city = any(${[city, kit.city]})`
  const taken = new Set(rows.map((row) => row.receipt_number))
  const unused = ['700001', '700002', '700003'].find((number) => !taken.has(number)) ?? ''
  const receiptNumber = rows.find((row) => row.city === city)?.receipt_number ?? ''
  return { receiptNumber, phoneLast4: '4321', unused }
}
