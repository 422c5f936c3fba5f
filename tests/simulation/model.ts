// What the product promises about people, classes and totals: no network, no storage, no clock but the city's day.

const heldOn = (year: number, day: number, seats: number) => ({ year, day, seats })
/** Three classes around the turn of a 年度. */
export const CLASSES = [heldOn(2025, 0, 2), heldOn(2026, 1, 1), heldOn(2026, 1, 2)] as const
export type Place = 0 | 1 | 2

type Meeting = { readonly person: string; readonly place: Place }
/** What somebody says on a phone. People are known by their ふりがな, bookings and marks by the id of what was said. */
export type Saying =
  | ({ readonly do: 'signUp' | 'checkIn' | 'walkIn' } & Meeting)
  | { readonly do: 'cancel' | 'withdraw'; readonly booking: string }
  | { readonly do: 'undo'; readonly marks: readonly string[] }
export type Said = Saying & { readonly id: string }
type Booking = Meeting & { readonly id: string; state: 'enrolled' | 'waitlisted' | 'cancelled' }
type Mark = Meeting & { readonly id: string; readonly do: Saying['do'] }

export interface City {
  day: number
  readonly bookings: Booking[] // in the order of arrival
  readonly marks: readonly Mark[]
  readonly undone: readonly string[]
  readonly answers: Map<string, string> // by the id of what was said
}
export interface Phone {
  isOnline: boolean
  readonly said: Said[]
  outbox: readonly Said[]
  readonly known: City // as the last answer had it
}
export type Model = { readonly city: City; readonly phones: readonly Phone[] }

export function makeModel(phoneCount: number): Model {
  const city: City = { day: 0, bookings: [], marks: [], undone: [], answers: new Map() }
  const phone: Phone = { isOnline: true, said: [], outbox: [], known: city }
  return structuredClone({ city, phones: Array.from({ length: phoneCount }, () => structuredClone(phone)) })
}

/** A phone sends what waits. `reached`: the server has it; `taken`: the phone has the answer. */
export function sync({ city }: Model, phone: Phone, { reached, taken }: { reached: boolean; taken: boolean }): void {
  const fresh = phone.outbox.filter(({ id }) => reached && !city.answers.has(id))
  for (const said of fresh) city.answers.set(said.id, answer(city, said))
  if (taken) Object.assign(phone, { known: structuredClone(city), outbox: [] })
}

function answer(city: City, said: Said): string {
  Object.assign(city, withMarks(city, [said]))
  if (said.do === 'signUp') return signUp(city, said)
  return said.do === 'cancel' || said.do === 'withdraw' ? giveBack(city, said) : 'accepted'
}

function withMarks(city: City, said: readonly Said[]): City {
  const marks = said.flatMap((one) => (one.do === 'checkIn' || one.do === 'walkIn' ? [one] : []))
  const undone = said.flatMap((one) => (one.do === 'undo' ? one.marks : []))
  return { ...city, marks: [...city.marks, ...marks], undone: [...city.undone, ...undone] }
}

/** The city as a phone shows it: what it heard last, and over it what was tapped there since. */
export function shownOn({ known, outbox }: Phone): City {
  return withMarks(known, outbox)
}

function signUp({ bookings, day }: City, { id, person, place }: Meeting & { readonly id: string }): string {
  const isOnList = bookings.some((one) => one.person === person && one.place === place && one.state !== 'cancelled')
  if (isOnList) return 'already_enrolled'
  if (day > CLASSES[place].day) return 'deadline_passed'
  bookings.push({ id, person, place, state: 'waitlisted' })
  return giveSeats(bookings, place)
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
  const free = CLASSES[place].seats - of('enrolled').length
  for (const next of of('waitlisted').slice(0, free)) next.state = 'enrolled'
  return 'accepted'
}

export type Line = { person: string; state: Booking['state'] | 'walkIn'; standing: readonly string[] }
/** The list of a class: who is on it, how, and by which marks here. Those who cancelled are on it only if they came. */
export function listOf({ bookings, marks, undone }: City, place: Place): readonly Line[] {
  const came = marks.filter((mark) => mark.place === place)
  const states = new Map<string, Line['state']>()
  for (const one of bookings) if (one.place === place) states.set(one.person, one.state)
  for (const one of came) if (one.do === 'walkIn') states.set(one.person, 'walkIn')
  const standingOf = (person: string) => came.filter((one) => one.person === person && !undone.includes(one.id))
  return [...states]
    .map(([person, state]) => ({ person, state, standing: standingOf(person).map(({ id }) => id) }))
    .filter(({ state, standing }) => state !== 'cancelled' || standing.length > 0)
}

/** 延べ and 実人数 of a 年度. */
export function totalsOf({ marks, undone }: City, year: number): { readonly count: number; readonly people: number } {
  const came = marks.filter(({ id, place }) => !undone.includes(id) && CLASSES[place].year === year)
  const count = new Set(came.map(({ person, place }) => `${person} ${place}`)).size
  return { count, people: new Set(came.map(({ person }) => person)).size }
}
