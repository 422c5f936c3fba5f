import type { MarkId } from '#attendance/domain/mark.ts'
import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import { instantOf, localDateOf, plusDays } from '#kernel/time.ts'
import type { Venue } from '#people/domain/venue.ts'
import type { PublicSession } from '#sessions/domain/public-session.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { Chance } from './chance.ts'
import type { LoadClient } from './load-client.ts'
import type { Person } from './names.ts'
import { makeEnrollment, makeMark, makeSession, makeVenue, makeWalkIn } from './payloads.ts'

/** One thing that somebody does, as far as there is something to do. */
export type Act = () => Promise<void>

const WAITING_MAX = 6 // a list longer than this is left alone
const OPEN_SESSIONS = 6

/** What people in a town tell each other without any computer. */
export interface TownTalk {
  readonly venue: Venue
  /** Classes with volunteers, where nobody else signs up. */
  readonly halls: Set<SessionId>
  /** Requests that somebody may telephone the office about. */
  readonly requested: EnrollmentId[]
  newPerson(): Person
}

export function makeTownTalk(): TownTalk {
  let people = 0
  return {
    venue: makeVenue(),
    halls: new Set(),
    requested: [],
    newPerson() {
      people += 1
      return { name: `受講者 ${people}`, nameKana: 'じゅこうしゃ', phone: `0900${String(people).padStart(7, '0')}` }
    },
  }
}

/** At home: asks for seats, at times twice for the same person, and gives some back. */
export function makeResident(client: LoadClient, chance: Chance, talk: TownTalk): Act {
  const phones = new Map<string, string>()
  let last = talk.newPerson()
  return async () => {
    const bookings = client.known('booking').filter(({ state }) => state !== 'cancelled')
    if (bookings.length > 0 && chance.happens(0.35)) {
      const { receiptNumber, enrollmentId } = chance.pick(bookings)
      await client.say('enrollment.withdraw', { receiptNumber, phoneLast4: (phones.get(enrollmentId) ?? '').slice(-4) })
      return
    }
    const sessions = openSessions(client, talk)
    if (sessions.length === 0) return
    if (!chance.happens(0.1)) last = talk.newPerson()
    const wanted = makeEnrollment({ sessionId: chance.pick(sessions).sessionId, ...last, channel: 'web' })
    phones.set(wanted.enrollmentId, last.phone)
    talk.requested.push(wanted.enrollmentId)
    await client.say('enrollment.request', wanted)
  }
}

/** In a hall: checks people in, takes it back, and welcomes whoever comes without having signed up. */
export function makeVolunteer(client: LoadClient, chance: Chance, sessionId: SessionId): Act {
  return async () => {
    const list = client.known('rosterEntry')
    const marks = client.known('mark').filter(({ undone }) => !undone)
    const what = chance.int(1, 100)
    if (what <= 50 && list.length > 0) {
      await client.say('attendance.mark', makeMark({ sessionId, learnerId: chance.pick(list).learnerId }))
    } else if (what <= 75 && marks.length > 0) {
      const { learnerId } = chance.pick(marks)
      const [first, ...more] = marks.filter((mark) => mark.learnerId === learnerId).map(({ markId }) => markId)
      if (first !== undefined)
        await client.say('attendance.undo', {
          sessionId,
          learnerId,
          markIds: [first, ...more].slice(0, 50) as [MarkId],
        })
    } else {
      await client.say('attendance.walkIn', makeWalkIn({ sessionId }))
    }
  }
}

/** In the office: makes new classes of few seats public, cancels for people who telephone, and writes down whoever asks by telephone. */
export function makeOffice(client: LoadClient, chance: Chance, talk: TownTalk): Act {
  return async () => {
    const sessions = openSessions(client, talk)
    if (sessions.length < OPEN_SESSIONS && chance.happens(0.5)) {
      const heldOn = plusDays(localDateOf(instantOf(Date.now())), 14)
      const capacity = chance.int(1, 4)
      const made = makeSession({ heldOn, capacity, teacherCount: 1, venueId: talk.venue.venueId })
      await client.say('session.create', made)
      await client.say('session.publish', { sessionId: made.sessionId })
    } else if (talk.requested.length > 0 && chance.happens(0.7)) {
      await client.say('enrollment.cancel', { enrollmentId: chance.pick(talk.requested.slice(-40)) })
    } else if (sessions.length > 0) {
      const { sessionId } = chance.pick(sessions)
      await client.say('enrollment.request', makeEnrollment({ sessionId, ...talk.newPerson() }))
    }
  }
}

function openSessions(client: LoadClient, { halls }: TownTalk): readonly PublicSession[] {
  return client
    .known('publicSession')
    .filter(({ sessionId, waiting }) => waiting < WAITING_MAX && !halls.has(sessionId))
}
