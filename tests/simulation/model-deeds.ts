import { addWalkIn, checkIn, undoCheckIn } from '#attendance/client/roster-store.ts'
import { readRoster, type RosterLine } from '#attendance/domain/roster.ts'
import type { Recorder } from '#client/recorder.ts'
import type { EnrollmentId, ReceiptNumber } from '#enrollment/domain/enrollment.ts'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import type { MergeId } from '#people/domain/same-person.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { ModelTown } from '../make/model-town.ts'
import { makeEnrollment } from '../make/payloads.ts'
import type { Place, Said, Saying } from './model-sayings.ts'
import { type City, listOf, type Phone, shownOn } from './model.ts'

/** The town as it has to be. */
export interface Model {
  readonly city: City
  readonly phones: readonly Phone[]
}

export function makeModel(): Model {
  const city: City = { day: 0, bookings: [], facts: [], answers: new Map(), closed: new Map() }
  const phones = ROLES.map((): Phone => ({ isOnline: true, said: [], outbox: [], known: structuredClone(city) }))
  return { city, phones }
}

/** The phones of the town: one in the office, one in the hall, one at home. */
export const ROLES = ['admin', 'volunteer', 'resident'] as const
/** Which of them may say what. */
export const MAY: Readonly<Record<Saying['do'], readonly number[]>> = {
  signUp: [0, 1, 2],
  cancel: [0],
  withdraw: [0, 1, 2],
  walkIn: [0, 1],
  checkIn: [0, 1],
  undo: [0, 1],
  merge: [0],
  separate: [0],
  closeYear: [0],
}
export const isDesk = (n: number): boolean => ROLES[n] !== 'resident'

/** By chance: which phone, whom, where, and which of several. */
export interface Choice {
  readonly n: number
  readonly person: number
  readonly place: Place
  readonly pick: number
}

/** Something a person can do on a page now: what the model hears of it, and what the hand does. */
export interface Deed {
  readonly saying: Saying
  /** Looks at what the phone shows, and answers the tap. */
  readonly look: (at: Desk) => Promise<Tap>
}
type Line = ReturnType<typeof listOf>[number]
export type Tap = (recorder: Recorder) => Promise<unknown>
export interface Desk {
  readonly town: ModelTown
  /** What the model will call it. */
  readonly id: string
  readonly n: number
}

const ALL_PLACES: readonly Place[] = [0, 1, 2]
const PEOPLE = ['さとう', 'すずき', 'たかはし', 'たなか', 'いとう']
const LETTERS = 'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわ'

/** `null`: there is nobody whom, or nothing that one could do it to. */
export const DEEDS: Readonly<Record<Saying['do'], (model: Model, choice: Choice) => Deed | null>> = {
  signUp(_model, { person: which, place }) {
    const person = nth(PEOPLE, which)
    if (person === undefined) return null
    return { saying: { do: 'signUp', person, place }, look: async (at) => asker(at, person, place) }
  },
  cancel({ phones, city }, { n, pick }) {
    const booking = nth(city.bookings, pick) // as the office's page lists them, which asks the server
    if (booking === undefined || !phones[n]?.isOnline) return null
    return {
      saying: { do: 'cancel', booking: booking.id },
      async look({ town }) {
        const enrollmentId = town.ids.get(booking.id) as EnrollmentId
        return (recorder) => recorder.record('enrollment.cancel', { enrollmentId })
      },
    }
  },
  withdraw({ phones }, { n, pick }) {
    const own = phones[n]?.known.bookings.filter(({ id }) => id.startsWith(`${n}:`)) ?? []
    const booking = nth(own, pick)
    if (booking === undefined) return null
    return {
      saying: { do: 'withdraw', booking: booking.id },
      async look(at) {
        const key = { receiptNumber: await numberOf(at, booking.id), phoneLast4: phoneOf(booking.person).slice(-4) }
        return (recorder) => recorder.record('enrollment.withdraw', key)
      },
    }
  },
  walkIn({ phones }, { place }) {
    const before = phones.flatMap(({ said }) => said.filter((one) => one.do === 'walkIn'))
    const person = `とびいり${LETTERS[before.length] ?? ''}`
    return {
      saying: { do: 'walkIn', person, place },
      look: async ({ town }) => {
        const named = { name: null, nameKana: person, ageBand: null }
        return (recorder) => addWalkIn(recorder, sessionOf(town, place), named)
      },
    }
  },
  checkIn({ phones }, { n, pick }) {
    const line = nth(linesOf(phones[n], false), pick)
    if (line === undefined) return null
    const { place } = line
    return {
      saying: { do: 'checkIn', person: line.person, place },
      async look(at) {
        const { learnerId } = await lineOn(at, line.person, place)
        return (recorder) => checkIn(recorder, sessionOf(at.town, place), learnerId)
      },
    }
  },
  undo({ phones }, { n, pick }) {
    const line = nth(linesOf(phones[n], true), pick)
    if (line === undefined) return null
    const { place } = line
    return {
      saying: { do: 'undo', marks: line.standing.map(({ id }) => id) },
      async look(at) {
        const shown = await lineOn(at, line.person, place)
        return (recorder) => undoCheckIn(recorder, sessionOf(at.town, place), shown)
      },
    }
  },
  merge({ phones, city }, { n, person: one, pick }) {
    const [person, into] = [nth(peopleOf(city), one), nth(peopleOf(city), pick)] // as the office's page finds them
    if (person === undefined || into === undefined || person === into || !phones[n]?.isOnline) return null
    return {
      saying: { do: 'merge', person, into },
      async look({ town, id }) {
        const [learnerId, intoLearnerId] = [await town.learnerOf(person), await town.learnerOf(into)]
        return (recorder) => {
          const mergeId = recorder.newId() as MergeId
          town.ids.set(id, mergeId)
          return recorder.record('person.merge', { mergeId, learnerId, intoLearnerId })
        }
      },
    }
  },
  separate({ phones }, { n, pick }) {
    const merge = nth(phones[n]?.said.filter((said) => said.do === 'merge') ?? [], pick)
    if (merge === undefined) return null
    return {
      saying: { do: 'separate', merge: merge.id },
      look: async ({ town }) => {
        const mergeIds = [town.ids.get(merge.id) as MergeId]
        return (recorder) => recorder.record('person.separate', { mergeIds })
      },
    }
  },
  closeYear(_model, { pick }) {
    const year = pick === 0 ? 2026 : 2025 // mostly the one that can be over
    return {
      saying: { do: 'closeYear', year },
      look: async () => (recorder) => recorder.record('plan.closeYear', { fiscalYear: year as FiscalYear }),
    }
  },
}

function nth<Item>(items: readonly Item[], n: number): Item | undefined {
  return items[n % Math.max(1, items.length)]
}

/** Whom the server knows. */
function peopleOf({ bookings, facts }: City): readonly string[] {
  const walkIns = facts.flatMap((said) => (said.do === 'walkIn' ? said : []))
  return [...new Set([...bookings, ...walkIns].map(({ person }) => person))]
}

/** Whom a phone at a desk shows, of all classes: those who are here, or those who are not. */
function linesOf(phone: Phone | undefined, isHere: boolean): readonly (Line & { readonly place: Place })[] {
  if (phone === undefined) return []
  const lines = ALL_PLACES.flatMap((place) => listOf(shownOn(phone), place).map((line) => ({ ...line, place })))
  return lines.filter(({ standing }) => standing.length > 0 === isHere)
}

function sessionOf({ sessionIds }: ModelTown, place: Place): SessionId {
  return sessionIds[place] as SessionId
}

function phoneOf(person: string): string {
  return `0900000000${PEOPLE.indexOf(person)}`
}

function asker({ town, id }: Desk, person: string, place: Place): Tap {
  return (recorder) => {
    const enrollmentId = recorder.newId() as EnrollmentId
    town.ids.set(id, enrollmentId)
    const named = { name: person, nameKana: person, phone: phoneOf(person) }
    const asked = makeEnrollment({ enrollmentId, sessionId: sessionOf(town, place), channel: 'web', ...named })
    return recorder.record('enrollment.request', asked)
  }
}

/** The number of a booking, as its own phone shows it. */
async function numberOf({ town, n }: Desk, booking: Said['id']): Promise<ReceiptNumber> {
  const shown = (await town.phone(n).requests()).find((one) => one.enrollmentId === town.ids.get(booking))
  if (shown === undefined || !('receiptNumber' in shown.state)) throw new Error(`No number is shown for ${booking}`)
  return shown.state.receiptNumber
}

async function lineOn({ town, n }: Desk, person: string, place: Place): Promise<RosterLine> {
  const held = await town.phone(n).roster(sessionOf(town, place))
  const line = held === null ? undefined : readRoster(held.facts).find(({ nameKana }) => nameKana === person)
  if (line === undefined) throw new Error(`${person} is not on the list of phone ${n}`)
  return line
}
