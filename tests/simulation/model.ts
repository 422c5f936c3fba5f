// What the product promises about people, classes and totals: no network, no storage, no clock but the city's day.
import { CLASSES, type Meeting, type Numbered, type Place, type Said, type Saying } from './model-sayings.ts'

type Booking = Meeting & Numbered & { state: 'enrolled' | 'waitlisted' | 'cancelled' }

export interface City {
  day: number
  readonly bookings: Booking[] // in the order of arrival
  readonly facts: Said[] // everything that arrived, once
  readonly answers: Map<string, string> // by the id of what was said
  readonly closed: Map<number, readonly number[]> // the totals of that day
}
/** `known`: the city as the last answer had it. */
export type Phone = { isOnline: boolean; readonly said: Said[]; outbox: readonly Said[]; readonly known: City }

/** A phone sends what waits. `reached`: the server has it; `taken`: the phone has the answer. */
export function sync(city: City, phone: Phone, { reached, taken }: { reached: boolean; taken: boolean }): void {
  const fresh = phone.outbox.filter(({ id }) => reached && !city.answers.has(id))
  for (const said of fresh) city.answers.set(said.id, answer(city, said))
  if (taken) Object.assign(phone, { known: structuredClone(city), outbox: [] })
}

/** The city as a phone shows it: what it heard last, and over it what was tapped there since. */
export function shownOn({ known, outbox }: Phone): City {
  return { ...known, facts: [...known.facts, ...outbox] }
}

function answer(city: City, said: Said): string {
  city.facts.push(said)
  if (said.do === 'signUp') return signUp(city, said)
  if (said.do === 'closeYear') return closeYear(city, said.year)
  return said.do === 'cancel' || said.do === 'withdraw' ? giveBack(city, said) : 'accepted'
}

function signUp(city: City, { id, person, place }: Meeting & Numbered): string {
  const isSame = (one: Booking) => one.place === place && personOf(city, one.person) === personOf(city, person)
  if (city.bookings.some((one) => isSame(one) && one.state !== 'cancelled')) return 'already_enrolled'
  if (city.day > CLASSES[place].day) return 'deadline_passed'
  city.bookings.push({ id, person, place, state: 'waitlisted' })
  return giveSeats(city.bookings, place)
}

function giveBack({ bookings, day }: City, said: { readonly do: Saying['do']; readonly booking: string }): string {
  const booking = bookings.find(({ id }) => id === said.booking)
  if (booking === undefined || booking.state === 'cancelled') return 'already_cancelled'
  if (said.do === 'withdraw' && day > CLASSES[booking.place].day) return 'session_begun'
  booking.state = 'cancelled'
  return giveSeats(bookings, booking.place)
}

function giveSeats(bookings: readonly Booking[], place: Place): string {
  const of = (state: Booking['state']) => bookings.filter((one) => one.place === place && one.state === state)
  for (const next of of('waitlisted').slice(0, CLASSES[place].seats - of('enrolled').length)) next.state = 'enrolled'
  return 'accepted'
}

function closeYear(city: City, year: number): string {
  if (city.closed.has(year)) return 'year_closed'
  if (city.day <= year - 2025) return 'year_not_over'
  city.closed.set(year, totalsOf(city, year))
  return 'accepted'
}

/** Marks and merges that nobody took back. */
function standingIn({ facts }: City): readonly Said[] {
  const gone = facts.flatMap((one) => (one.do === 'undo' ? one.marks : one.do === 'separate' ? one.merge : []))
  return facts.filter(({ id }) => !gone.includes(id))
}

const isMark = (one: Said): one is Extract<Said, Meeting> => one.do === 'checkIn' || one.do === 'walkIn'

/** The list of a class: who is on it, how, and by which marks here. Those who cancelled are on it only if they came. */
export function listOf(city: City, place: Place) {
  const walkIns = city.facts.flatMap((one) => (one.do === 'walkIn' ? { ...one, state: 'walkIn' as const } : []))
  const entries = [...city.bookings, ...walkIns].filter((one) => one.place === place)
  const came = standingIn(city)
    .filter(isMark)
    .filter((one) => one.place === place)
  return [...new Map(entries.map(({ person, state }) => [person, state]))]
    .map(([person, state]) => ({ person, state, standing: came.filter((one) => one.person === person) }))
    .filter(({ state, standing }) => state !== 'cancelled' || standing.length > 0)
}

/** 延べ and 実人数 of a 年度. Of a closed one, those of the day it was closed. */
export function totalsOf(city: City, year: number): readonly number[] {
  const came = standingIn(city)
    .filter(isMark)
    .filter(({ place }) => CLASSES[place].year === year)
  const count = new Set(came.map(({ person, place }) => `${personOf(city, person)} ${place}`)).size
  return city.closed.get(year) ?? [count, new Set(came.map(({ person }) => personOf(city, person))).size]
}

/** One name for everybody whom merges make one person. */
function personOf(city: City, person: string): string {
  const one = new Set([person])
  const merges = standingIn(city).flatMap((fact) => (fact.do === 'merge' ? fact : []))
  for (const _ of merges) for (const { person: a, into: b } of merges) if (one.has(a) || one.has(b)) one.add(a).add(b)
  return [...one].sort().join(' ')
}
