import { addWalkIn, checkIn, readHeldRoster, readHeldSessions, undoCheckIn } from '#attendance/client/roster-store.ts'
import { readRoster, type RosterLine } from '#attendance/domain/roster.ts'
import { readRecord, readRecords } from '#client/records.ts'
import type { EnrollmentId } from '#enrollment/domain/enrollment.ts'
import type { SessionId } from '#sessions/domain/session.ts'
import type { Chance } from '../../make/chance.ts'
import type { SimPhone } from './phone.ts'
import type { SimSession } from './town.ts'
import type { World } from './world.ts'

/** Something a person does on a phone. Reads what the phone holds, and gives what they then tap; `null`: there is nothing to tap. */
export type Tap = (world: World, phone: SimPhone) => Promise<Deed | null>
/** Resolves once it is kept. */
export type Deed = () => Promise<unknown>

const pickSession = ({ town }: World): SimSession => town.chance.pick(town.sessions)

/** Asks for a seat: residents for themselves, the office for whoever calls. */
export const signUp: Tap = async (world, phone) => signUpFor(world, phone, pickSession(world).sessionId)

export function signUpFor({ town }: World, phone: SimPhone, sessionId: SessionId): Deed {
  const { recorder } = phone.page
  const person = town.chance.pick(town.people)
  const channel = phone === town.office ? 'phone' : 'web'
  const enrollmentId = recorder.newId() as EnrollmentId
  town.enrollments.push(enrollmentId)
  return () => recorder.record('enrollment.request', { enrollmentId, sessionId, ...person, channel })
}

/** The office gives somebody's place back; it may not have arrived yet, or be given back already. */
export const cancelPlace: Tap = async ({ town }, { page }) => {
  const enrollmentId = town.chance.pick(town.enrollments)
  return () => page.recorder.record('enrollment.cancel', { enrollmentId })
}

/** A resident gives back what this phone has asked for; who has nothing asks. */
export const withdraw: Tap = async (world, phone) => {
  const { town } = world
  const { id } = await phone.device()
  const bookings = await readRecords(phone.page.db, `device:${id}`, 'booking')
  if (bookings.length === 0) return signUp(world, phone)
  const { enrollmentId, receiptNumber } = town.chance.pick(bookings).body
  const asked = phone.recorded.find(
    ({ name, payload }) => name === 'enrollment.request' && payload.enrollmentId === enrollmentId,
  )
  if (asked?.name !== 'enrollment.request') return null
  const phoneLast4 = asked.payload.phone.slice(-4)
  return () => phone.page.recorder.record('enrollment.withdraw', { receiptNumber, phoneLast4 })
}

/** One of the lists that the phone holds, as it shows it; `null` when it holds none. */
async function openRoster(
  { town }: World,
  { page }: SimPhone,
): Promise<{ readonly sessionId: SessionId; readonly lines: readonly RosterLine[] } | null> {
  const held = await readHeldSessions(page.db)
  if (held.length === 0) return null
  const { sessionId } = town.chance.pick(held).session
  const roster = await readHeldRoster(page.db, sessionId)
  return roster === null ? null : { sessionId, lines: readRoster(roster.facts) }
}

export const checkSomebodyIn: Tap = async (world, phone) => {
  const opened = await openRoster(world, phone)
  if (opened === null || opened.lines.length === 0) return null
  const { learnerId } = world.town.chance.pick(opened.lines)
  return () => checkIn(phone.page.recorder, opened.sessionId, learnerId)
}

/** Somebody who is here, is not; where nobody is, somebody comes. */
export const undo: Tap = async (world, phone) => {
  const opened = await openRoster(world, phone)
  const here = opened?.lines.filter(({ standing }) => standing.length > 0) ?? []
  if (opened === null || here.length === 0) return checkSomebodyIn(world, phone)
  const line = world.town.chance.pick(here)
  return () => undoCheckIn(phone.page.recorder, opened.sessionId, line)
}

export const walkIn: Tap = async (world, phone) => {
  const opened = await openRoster(world, phone)
  if (opened === null) return null
  const { name, nameKana } = world.town.chance.pick(world.town.people)
  return () => addWalkIn(phone.page.recorder, opened.sessionId, { name, nameKana, ageBand: null })
}

/** The office changes how many seats there are, as far as it sees the session. */
export const editSession: Tap = async (world, { page }) => {
  const { sessionId, fields } = pickSession(world)
  const seen = await readRecord(page.db, 'office', 'session', sessionId)
  if (seen === null) return null
  const capacity = world.town.chance.int(1, 6)
  return () =>
    page.recorder.record('session.edit', { sessionId, fields: { ...fields, capacity }, basedOn: seen.version })
}

export const publishSession: Tap = async ({ town }, { page }) => {
  const { sessionId } = town.chance.pick(town.sessions.slice(-1))
  return () => page.recorder.record('session.publish', { sessionId })
}

export const cancelSession: Tap = async ({ town }, { page }) => {
  const { sessionId } = town.chance.pick(town.sessions.slice(1))
  return () => page.recorder.record('session.cancel', { sessionId, reason: '台風のため' })
}

const OFFICE_TAPS: Weighted<Tap> = [
  [4, signUp],
  [2, cancelPlace],
  [2, checkSomebodyIn],
  [1, walkIn],
  [3, editSession],
  [1, publishSession],
  [0.4, cancelSession],
]
const DESK_TAPS: Weighted<Tap> = [
  [5, checkSomebodyIn],
  [3, undo],
  [3, walkIn],
]
const OWN_TAPS: Weighted<Tap> = [
  [5, signUp],
  [2, withdraw],
]

/** What the person who has this phone does next. */
export function deedOf(world: World, phone: SimPhone): Promise<Deed | null> {
  const { chance, office } = world.town
  const mine = phone === office ? OFFICE_TAPS : phone.instructorId === null ? OWN_TAPS : DESK_TAPS
  return pickWeighted(chance, mine)(world, phone)
}

export type Weighted<Item> = readonly (readonly [weight: number, item: Item])[]

/** One of them, each as often as its weight says. */
export function pickWeighted<Item>(chance: Chance, items: Weighted<Item>): Item {
  const total = items.reduce((sum, [weight]) => sum + weight, 0)
  let left = (chance.int(0, 9_999) / 10_000) * total
  const found = items.find(([weight]) => (left -= weight) < 0) ?? items[0]
  if (found === undefined) throw new Error('There is nothing to pick')
  return found[1]
}
