import { instantOf, localDateOf, plusDays, plusMinutes } from '#kernel/time.ts'
import type { Database } from '#server/database.ts'
import type { Operation } from '#sync/domain/protocol.ts'
import { CITY, insertCity } from '../make/city.ts'
import { makeEnrollment, makeSession, makeVenue } from '../make/payloads.ts'
import { makeKit, makeTestDevice } from '../make/server-kit.ts'

interface Wanted {
  readonly sessions: number
  /** Who has signed up for each of them. */
  readonly people: number
  /** Days from today to the first; the others follow one a day. `null`: all of them are today. */
  readonly firstInDays: number | null
  /** Seats of each; as many as the people, and at least 20, if left out. */
  readonly seats?: number
}

/** Fills a database with announced sessions and people who signed up, said to the real server. */
export async function seedSessions(
  database: Database,
  { sessions, people, firstInDays, seats = Math.max(people, 20) }: Wanted,
): Promise<void> {
  await insertCity(database, CITY)
  const now = instantOf(Date.now())
  const announced = plusMinutes(now, -2 * 24 * 60) // while sign-up was open for all of them
  const office = makeTestDevice(makeKit({ database, now: announced }), { role: 'organizer' })
  const venue = makeVenue()
  await office.push(office.op('venue.save', venue))
  for (let index = 0; index < sessions; index += 1) {
    const { sessionId, ...rest } = makeSession({
      venueId: venue.venueId,
      title: TITLES[index % TITLES.length] ?? '',
      heldOn: plusDays(localDateOf(now), firstInDays === null ? 0 : firstInDays + index),
      ...(firstInDays === null ? { startTime: '00:05', endTime: '23:55' } : { startTime: '13:30', endTime: '15:00' }),
      capacity: seats,
      teacherCount: Math.ceil(seats / 4),
    })
    const asked = Array.from({ length: people }, (_, person) => makeEnrollment({ sessionId, ...nameOf(person) }))
    const said: Operation[] = [
      office.op('session.create', { sessionId, ...rest }),
      office.op('session.publish', { sessionId }),
      ...asked.map((payload) => office.op('enrollment.request', payload)),
    ]
    await office.push(...said)
  }
}

const TITLES = [
  'はじめてのスマホ',
  '地図で道をさがそう',
  '写真をとって送ろう',
  '災害のときに役立つアプリ',
  'マイナポータル入門',
]
const FAMILY = [
  ['有馬', 'ありま'],
  ['川畑', 'かわばた'],
  ['坂元', 'さかもと'],
  ['髙橋', 'たかはし'],
  ['中村', 'なかむら'],
  ['濵田', 'はまだ'],
  ['松元', 'まつもと'],
  ['山下', 'やました'],
] as const
const GIVEN = [
  ['和子', 'かずこ'],
  ['トメ', 'とめ'],
  ['正一', 'しょういち'],
  ['節子', 'せつこ'],
  ['ヨシ', 'よし'],
  ['清', 'きよし'],
  ['フミ', 'ふみ'],
] as const

function nameOf(person: number): { readonly name: string; readonly nameKana: string; readonly phone: string } {
  const [family, familyKana] = FAMILY[person % FAMILY.length] ?? FAMILY[0]
  const [given, givenKana] = GIVEN[Math.floor(person / FAMILY.length) % GIVEN.length] ?? GIVEN[0]
  const phone = `090${String(10_000_000 + person)}`
  return { name: `${family} ${given}`, nameKana: `${familyKana} ${givenKana}`, phone }
}
