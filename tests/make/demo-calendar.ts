import { daysOf, type FiscalYear, fiscalYearOf } from '#kernel/fiscal-year.ts'
import { type Instant, instantAt, type LocalDate, type LocalTime, plusDays } from '#kernel/time.ts'
import { dayParts } from '#kernel/wareki.ts'
import type { Venue } from '#people/domain/venue.ts'
import type { SessionFields, SessionId, SessionKind } from '#sessions/domain/session.ts'
import { type Chance, itemAt, makeChance } from './chance.ts'
import { INSTRUCTORS, type Program, programsOf, VENUES } from './demo-places.ts'

/** One session of the town, and what becomes of it. */
export interface PlannedSession {
  readonly sessionId: SessionId
  readonly fields: SessionFields
  readonly announcedAt: Instant
  readonly state: 'draft' | 'published' | 'cancelled'
  readonly cancelReason: string | null
  /** How many people ask for a place. */
  readonly wantedCount: number
  /** How many of them give it back. */
  readonly givenBackCount: number
  /** How many come without having asked. */
  readonly walkInCount: number
  /** How many on the list stay away: by chance when `null`. */
  readonly absentCount: number | null
  readonly withRarePeople: boolean
  readonly chance: Chance
}

export interface Wish extends Partial<Omit<PlannedSession, 'sessionId' | 'fields'>> {
  readonly kind: SessionKind
  readonly heldOn: LocalDate | null
  readonly n: number
  readonly program?: Program
  readonly hours?: readonly [string, string]
  readonly teacherCount?: number
  readonly capacity?: number
  readonly enrollUntilOn?: LocalDate
  readonly venueless?: true
}

const HOURS: Readonly<Record<SessionKind, readonly [string, string]>> = {
  class: ['13:30', '15:00'],
  outreach: ['10:00', '11:30'],
  helpDesk: ['10:00', '12:00'],
  instructorTraining: ['13:30', '16:00'],
}

/** When the town began: everything that has to be there before the first session. */
export function foundedOn(today: LocalDate): LocalDate {
  return plusDays(daysOf((fiscalYearOf(today) - 1) as FiscalYear).firstOn, -40)
}

/** A session with everything the town usually does. */
export function plan(wish: Wish): PlannedSession {
  const { kind, heldOn, n } = wish
  const chance = makeChance(`${kind} ${heldOn ?? 'some day'} ${n}`)
  const announcedAt = wish.announcedAt ?? announcedFor(heldOn ?? ('2026-04-01' as LocalDate))
  const [startTime, endTime] = wish.hours ?? HOURS[kind]
  const teachers = chance.sample(INSTRUCTORS, wish.teacherCount ?? 3).map(({ instructorId }, place) => ({
    instructorId,
    role: place < 2 ? ('instructor' as const) : ('assistant' as const),
  }))
  return {
    state: 'published',
    cancelReason: null,
    wantedCount: 0,
    givenBackCount: 0,
    walkInCount: 0,
    absentCount: null,
    withRarePeople: false,
    ...wish,
    sessionId: chance.newId(Date.parse(announcedAt)),
    announcedAt,
    chance,
    fields: {
      kind,
      ...(wish.program ?? itemAt(programsOf(kind), n)),
      venueId: wish.venueless === true ? null : venueOf(kind, n),
      heldOn,
      startTime: startTime as LocalTime,
      endTime: endTime as LocalTime,
      capacity: wish.capacity ?? 20,
      teachers,
      enrollUntilOn: wish.enrollUntilOn ?? null,
    },
  }
}

/** The course stays where it began; the others go round the town, each kind on its own way. */
function venueOf(kind: SessionKind, n: number): Venue['venueId'] {
  const steps = { class: n * 2, outreach: n * 2 + 3, helpDesk: n * 2 + 1, instructorTraining: 0 }
  return itemAt(VENUES, steps[kind]).venueId
}

/** Everything that was held from April of last year up to yesterday. */
export function planPast(today: LocalDate): readonly PlannedSession[] {
  const first = daysOf((fiscalYearOf(today) - 1) as FiscalYear).firstOn
  const months = Array.from({ length: 24 }, (_, n) => monthFrom(first, n)).filter((month) => `${month}-01` < today)
  return months.flatMap(planMonth).filter(({ fields }) => fields.heldOn !== null && fields.heldOn < today)
}

const [TUESDAY, WEDNESDAY, THURSDAY, FRIDAY] = [2, 3, 4, 5] as const

/** One month: two or three classes, two help desks, now and then an outreach; a training course once a year. */
function planMonth(month: string, n: number): readonly PlannedSession[] {
  const known = n >= 12 // the second year: people have heard of it
  const chance = makeChance(`month ${month}`)
  const third = n % 4 === 3 ? [nthDay(month, 3, THURSDAY)] : []
  const classes = [nthDay(month, 2, THURSDAY), nthDay(month, 4, TUESDAY), ...third].map((heldOn, place) => {
    const popular = (n + place) % 4 === 1 // and so many people that some have to wait
    const teacherCount = (known ? 3 : 2) - (popular ? 1 : 0)
    const typhoon = month.endsWith('-09') && place === 1
    return plan({
      kind: 'class',
      heldOn,
      n: n * 2 + (place === 2 ? 7 : place),
      teacherCount,
      wantedCount: popular ? 4 * teacherCount + 2 : chance.int(4, known ? 9 : 6),
      givenBackCount: chance.int(0, 1),
      walkInCount: chance.int(0, known ? 2 : 1),
      enrollUntilOn: plusDays(heldOn, -1),
      ...(typhoon && { state: 'cancelled', walkInCount: 0, cancelReason: '台風が近づいているため、中止します。' }),
    })
  })
  const desks = [1, 3].map((week, place) =>
    plan({
      kind: 'helpDesk',
      heldOn: nthDay(month, week, WEDNESDAY),
      n: n * 2 + place,
      capacity: 16,
      teacherCount: known ? 4 : 3,
      wantedCount: known ? chance.int(9, 13) : chance.int(6, 9),
      walkInCount: known ? chance.int(4, 7) : chance.int(2, 5),
    }),
  )
  return [...classes, ...desks, ...planRarer(month, n)]
}

function planRarer(month: string, n: number): readonly PlannedSession[] {
  const outreach = [1, 4, 7, 10].indexOf(n % 12)
  const wantedCount = 8 + outreach
  const course = n === 5 || n === 14 ? [2, 3, 4] : []
  return [
    ...(outreach < 0
      ? []
      : [plan({ kind: 'outreach', heldOn: nthDay(month, 2, FRIDAY), n: outreach, wantedCount, walkInCount: 1 })]),
    ...course.map((week, part) =>
      plan({
        kind: 'instructorTraining',
        heldOn: nthDay(month, week, FRIDAY),
        n: part,
        capacity: 12,
        wantedCount: n === 5 ? 8 : 7,
        absentCount: part,
      }),
    ),
  ]
}

/** The n-th Tuesday (2), Wednesday (3) … of a month, or the next open day when it is a holiday. */
function nthDay(month: string, nth: number, weekday: number): LocalDate {
  const first = `${month}-01` as LocalDate
  const days = ((weekday - dayParts(first).weekday + 7) % 7) + 7 * (nth - 1)
  return openDay(plusDays(first, days))
}

/** `2025-04` and the months after it. */
function monthFrom(first: LocalDate, n: number): string {
  const { year, month } = dayParts(first)
  const months = year * 12 + month - 1 + n
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}

/** The day, or the next one on which halls are open: no weekend, no holiday with a fixed date, no Bon, no turn of the year. */
export function openDay(on: LocalDate): LocalDate {
  const monthDay = on.slice(5)
  const closed =
    [0, 6].includes(dayParts(on).weekday) ||
    [
      '02-11',
      '02-23',
      '03-20',
      '04-29',
      '05-03',
      '05-04',
      '05-05',
      '05-06',
      '08-11',
      '09-22',
      '09-23',
      '11-03',
      '11-23',
    ].includes(monthDay) ||
    (monthDay >= '08-13' && monthDay <= '08-16') ||
    monthDay >= '12-28' ||
    monthDay <= '01-04'
  return closed ? openDay(plusDays(on, 1)) : on
}

/** Each month's sessions go into the town's paper of the month before. */
function announcedFor(heldOn: LocalDate): Instant {
  const { year, month } = dayParts(plusDays(`${heldOn.slice(0, 7)}-01` as LocalDate, -1))
  return instantAt(openDay(`${year}-${String(month).padStart(2, '0')}-01` as LocalDate), '09:00' as LocalTime)
}
