import { readRoster } from '#attendance/domain/roster.ts'
import type { MyRequest } from '#enrollment/client/my-requests.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { LedgerLine } from '#sync/client/ledger.ts'
import type { Model } from '../simulation/model-deeds.ts'
import type { Place, Said } from '../simulation/model-sayings.ts'
import { type City, listOf, type Phone, shownOn, totalsOf } from '../simulation/model.ts'
import type { ModelTown } from './model-town.ts'

/** What a phone shows, in words that a failing test can print. */
export interface PhoneView {
  /** The lists of the classes: who, how, and by how many marks here. */
  readonly lists: readonly (readonly string[])[]
  /** The bookings asked for here. */
  readonly bookings: readonly string[]
  readonly waiting: readonly string[]
  /** Refused, and not put aside yet. */
  readonly attention: readonly string[]
}

/** What the server's tables and the office's figures say. */
export interface CityView {
  /** In the order of arrival. */
  readonly bookings: readonly (readonly string[])[]
  readonly here: readonly (readonly string[])[]
  /** 延べ and 実人数, and the rows behind them. */
  readonly totals: readonly (readonly (number | null)[])[]
  /** Operations kept of each phone. */
  readonly kept: readonly number[]
}

const ALL_PLACES: readonly Place[] = [0, 1, 2]
const YEARS = [2025, 2026]
const OPERATION = {
  signUp: 'enrollment.request',
  cancel: 'enrollment.cancel',
  withdraw: 'enrollment.withdraw',
  checkIn: 'attendance.mark',
  walkIn: 'attendance.walkIn',
  undo: 'attendance.undo',
  merge: 'person.merge',
  separate: 'person.separate',
  closeYear: 'plan.closeYear',
} as const satisfies Record<Said['do'], string>

/** What a phone has to show. `isDesk`: it holds lists of people. */
export function expectedOn(phone: Phone, isDesk: boolean): PhoneView {
  const shown = shownOn(phone)
  const isWaiting = (said: Said): boolean => phone.outbox.some(({ id }) => id === said.id)
  const answerTo = ({ id }: Said): string => phone.known.answers.get(id) ?? 'unanswered'
  const answered = phone.said.filter((said) => !isWaiting(said))
  return {
    lists: ALL_PLACES.map((place) =>
      isDesk
        ? listOf(shown, place)
            .map((line) => `${line.person} ${line.state} ${line.standing.length}`)
            .sort()
        : [],
    ),
    bookings: phone.said
      .filter((said) => said.do === 'signUp')
      .map((said) => `${said.id} ${isWaiting(said) ? 'waiting' : (bookingIn(phone.known, said.id) ?? answerTo(said))}`)
      .sort(),
    waiting: phone.outbox.map((said) => `${seqOf(said)} ${OPERATION[said.do]}`),
    attention: answered
      .filter((said) => answerTo(said) !== 'accepted')
      .map((said) => `${seqOf(said)} ${answerTo(said)}`),
  }
}

function seqOf({ id }: Said): string {
  return id.split(':')[1] ?? ''
}

function bookingIn({ bookings }: City, id: string): string | null {
  const booking = bookings.find((one) => one.id === id)
  if (booking === undefined) return null
  const waiting = bookings.filter(({ place, state }) => place === booking.place && state === 'waitlisted')
  return booking.state === 'waitlisted' ? `waitlisted ${waiting.indexOf(booking) + 1}` : booking.state
}

/** What the real phone shows. */
export async function shownBy(town: ModelTown, n: number): Promise<PhoneView> {
  const phone = town.phone(n)
  const said = new Map([...town.ids].map(([id, made]) => [made, id]))
  const { waiting, attention } = await phone.ledger()
  const requests = await phone.requests()
  return {
    lists: await Promise.all(town.sessionIds.map((sessionId) => linesOn(town, n, sessionId))),
    bookings: requests.map((request) => `${said.get(request.enrollmentId)} ${stateOf(request)}`).sort(),
    waiting: waiting.map(({ operation }) => `${operation.seq} ${operation.name}`),
    attention: attention.map((line) => `${line.operation.seq} ${codeOf(line)}`),
  }
}

async function linesOn(town: ModelTown, n: number, sessionId: SessionId): Promise<readonly string[]> {
  const held = await town.phone(n).roster(sessionId)
  const lines = held === null ? [] : readRoster(held.facts)
  return lines.map((line) => `${line.nameKana} ${line.state} ${line.standing.length}`).sort()
}

function stateOf({ state }: MyRequest): string {
  if (state.status === 'refused') return state.refusal.code
  return state.status === 'waitlisted' ? `waitlisted ${state.position}` : state.status
}

function codeOf({ outcome }: LedgerLine): string {
  if (outcome?.status === 'refused') return outcome.refusal.code
  return outcome?.status === 'held' ? `held: ${outcome.reason}` : 'unanswered'
}

/** What the city has to know. */
export function expectedInCity({ city, phones }: Model): CityView {
  return {
    bookings: ALL_PLACES.map((place) =>
      city.bookings
        .filter((booking) => booking.place === place)
        .map(({ id, person }) => `${id} ${person} ${bookingIn(city, id)}`),
    ),
    here: ALL_PLACES.map((place) =>
      listOf(city, place)
        .filter(({ standing }) => standing.length > 0)
        .map(({ person }) => person)
        .sort(),
    ),
    totals: YEARS.map((year) => totalsOf(city, year)).map(([count = 0, people = 0]) => [count, people, count]),
    kept: phones.map((_phone, n) => [...city.answers.keys()].filter((id) => id.startsWith(`${n}:`)).length),
  }
}

/** What the real server knows. */
export async function knownInCity(town: ModelTown): Promise<CityView> {
  const classes = await town.classes()
  const said = new Map([...town.ids].map(([id, made]) => [made, id]))
  return {
    bookings: classes.map(({ bookings }) =>
      bookings.map(({ enrollmentId, nameKana, state, position }) =>
        [said.get(enrollmentId), nameKana, state, position ?? []].flat().join(' '),
      ),
    ),
    here: classes.map(({ here }) => [...here].sort()),
    totals: await Promise.all(YEARS.map((year) => town.totals(year))),
    kept: await town.kept(),
  }
}
