import type { MarkId } from '#attendance/domain/mark.ts'
import { compareKana } from '#kernel/kana.ts'
import {
  type Instant,
  instantAt,
  type LocalDate,
  type LocalTime,
  minutesBetween,
  plusDays,
  plusMinutes,
} from '#kernel/time.ts'
import { AGE_BANDS, type LearnerId } from '#people/domain/learner.ts'
import { act, type Act, type Speaker } from './demo-act.ts'
import type { PlannedSession } from './demo-calendar.ts'
import type { Seat } from './demo-sign-ups.ts'
import { makePeople } from './names.ts'
import { makeMark, makeUndo, makeWalkIn } from './payloads.ts'

const strangers = makePeople().slice(140, 160)

/** A helper's phone at one session. */
interface Phone {
  readonly by: Speaker
  /** When it has signal again. */
  readonly sentAt: Instant
}
interface Desk {
  readonly session: PlannedSession
  readonly phones: readonly Phone[]
  readonly opensAt: Instant
  readonly openMin: number
}

/** What the helpers tapped at a session that is over: who came, on one phone or on two, wrong taps taken back, people who
 *  were not on the list. */
export function planDesk(session: PlannedSession, seats: readonly Seat[], today: LocalDate): readonly Act[] {
  const desk = deskOf(session, today)
  if (desk === null) return []
  const came = new Set(whoCame(session, seats))
  const taps = seats.flatMap((seat) => {
    if (came.has(seat)) return checkIn(desk, seat.learnerId)
    return session.chance.happens(0.15) ? wrongTap(desk, seat.learnerId) : []
  })
  const walkIns = Array.from({ length: session.walkInCount }, () => walkIn(desk))
  return [...taps, ...walkIns]
}

/** Trainees drop out in a fixed order. Of the others nine in ten come, and some who still wait for a seat try their luck. */
export function whoCame({ absentCount, chance }: PlannedSession, seats: readonly Seat[]): readonly Seat[] {
  if (absentCount === null) return seats.filter(({ state }) => chance.happens(state === 'enrolled' ? 0.91 : 0.4))
  const byName = [...seats].sort((a, b) => compareKana(a.signUp.payload.nameKana, b.signUp.payload.nameKana))
  return byName.slice(0, byName.length - absentCount)
}

function deskOf(session: PlannedSession, today: LocalDate): Desk | null {
  const { heldOn, startTime, endTime, kind } = session.fields
  if (session.state !== 'published' || heldOn === null || startTime === null || endTime === null) return null
  if (heldOn >= today) return null
  const [startsAt, endsAt] = [instantAt(heldOn, startTime), instantAt(heldOn, endTime)]
  const opensAt = plusMinutes(startsAt, kind === 'helpDesk' ? 0 : -25)
  const lastAt = plusMinutes(kind === 'helpDesk' ? endsAt : startsAt, kind === 'helpDesk' ? -20 : 4)
  return {
    session,
    phones: phonesOf(session, heldOn, { endsAt, today }),
    opensAt,
    openMin: minutesBetween(opensAt, lastAt),
  }
}

function phonesOf(
  { chance }: PlannedSession,
  heldOn: LocalDate,
  { endsAt, today }: { endsAt: Instant; today: LocalDate },
): readonly Phone[] {
  const nextOn = plusDays(heldOn, 1)
  return chance.sample([1, 2, 3, 4], 2).map((number, place) => {
    const noSignal = place === 1 && nextOn < today && chance.happens(0.3)
    const sentAt = noSignal ? instantAt(nextOn, '08:30' as LocalTime) : plusMinutes(endsAt, 10 + place)
    return { by: `phone ${number}`, sentAt }
  })
}

function checkIn(desk: Desk, learnerId: LearnerId): readonly Act[] {
  const { chance } = desk.session
  const phone = chance.pick(desk.phones)
  const at = arrival(desk)
  const taps = tap(desk, { learnerId, phone, at })
  if (chance.happens(0.04)) return [...taps, ...wrongTap(desk, learnerId)]
  const other = desk.phones.find((one) => one !== phone)
  if (other === undefined || !chance.happens(0.12)) return taps
  return [...taps, ...tap(desk, { learnerId, phone: other, at: plusMinutes(at, chance.int(1, 3)) })] // neither saw the other's
}

/** A slip of the thumb, taken back a little later on the same phone. */
function wrongTap(desk: Desk, learnerId: LearnerId): readonly Act[] {
  const phone = desk.session.chance.pick(desk.phones)
  const at = arrival(desk)
  const mark = markOf(desk, learnerId, at)
  return [
    act({ ...phone, at }, 'attendance.mark', mark),
    act({ ...phone, at: plusMinutes(at, 1) }, 'attendance.undo', makeUndo(mark)),
  ]
}

function tap(
  desk: Desk,
  { learnerId, phone, at }: { learnerId: LearnerId; phone: Phone; at: Instant },
): readonly Act[] {
  return [act({ ...phone, at }, 'attendance.mark', markOf(desk, learnerId, at))]
}

function markOf({ session }: Desk, learnerId: LearnerId, at: Instant): ReturnType<typeof makeMark> {
  const markId = session.chance.newId<MarkId>(Date.parse(at))
  return makeMark({ markId, sessionId: session.sessionId, learnerId })
}

/** Most of those who walk in say their whole name; some only how it sounds. */
function walkIn(desk: Desk): Act {
  const { sessionId, chance } = desk.session
  const at = arrival(desk)
  const { name, nameKana } = chance.pick(strangers)
  const payload = makeWalkIn({
    markId: chance.newId(Date.parse(at)),
    sessionId,
    learnerId: chance.newId(Date.parse(at)),
    name: chance.happens(0.7) ? name : null,
    nameKana,
    ageBand: chance.happens(0.6) ? chance.pick(AGE_BANDS) : null,
  })
  return act({ ...chance.pick(desk.phones), at }, 'attendance.walkIn', payload)
}

function arrival({ session, opensAt, openMin }: Desk): Instant {
  return plusMinutes(opensAt, session.chance.int(0, openMin * 60) / 60)
}
