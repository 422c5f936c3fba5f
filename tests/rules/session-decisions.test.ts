import { describe, expect, test } from 'vitest'
import * as v from 'valibot'
import { cancelSession, editSession, publishSession } from '#sessions/domain/change-session.ts'
import { type PublicSession, publicState } from '#sessions/domain/public-session.ts'
import { enrollUntilOf, missingForPublication, type Session, SessionFields } from '#sessions/domain/session.ts'
import { seatsOf } from '#enrollment/domain/seats.ts'
import type { Instant, LocalDate, LocalTime } from '#kernel/time.ts'
import { idOf } from '../make/facts.ts'

const session = (given: Partial<Session> = {}): Session => ({
  sessionId: idOf('sess', 1) as Session['sessionId'],
  kind: 'class',
  title: 'はじめてのLINE',
  venueId: idOf('venue', 1) as NonNullable<Session['venueId']>,
  heldOn: '2026-05-12' as LocalDate,
  startTime: '13:30' as LocalTime,
  endTime: '15:00' as LocalTime,
  capacity: 16,
  teachers: [{ instructorId: idOf('teach', 1) as Session['teachers'][number]['instructorId'], role: 'instructor' }],
  enrollUntilOn: null,
  note: null,
  state: 'draft',
  source: null,
  cancelReason: null,
  ...given,
})

describe('publishing', () => {
  test('asks for everything residents must know, and names what is missing', () => {
    const gaps = session({ venueId: null, startTime: null, capacity: null, teachers: [] })
    expect(publishSession(gaps)).toEqual({
      ok: false,
      error: { code: 'incomplete', missing: ['venueId', 'startTime', 'capacity', 'teachers'] },
    })
    expect(missingForPublication(session())).toEqual([])
  })

  test('happens once', () => {
    expect(publishSession(session({ state: 'published' }))).toMatchObject({ error: { code: 'already_published' } })
    expect(publishSession(session({ state: 'cancelled' }))).toMatchObject({ error: { code: 'session_cancelled' } })
  })
})

describe('editing', () => {
  const versions = { current: 7, basedOn: 7 }

  test('never overwrites what somebody else changed meanwhile', () => {
    expect(editSession(session(), session(), { current: 8, basedOn: 7 })).toMatchObject({
      error: { code: 'changed_meanwhile' },
    })
  })

  test('keeps a published session complete, while a draft may have gaps', () => {
    const withoutDay = { ...session(), heldOn: null }
    expect(editSession(session({ state: 'published' }), withoutDay, versions)).toMatchObject({
      error: { code: 'incomplete', missing: ['heldOn'] },
    })
    expect(editSession(session(), withoutDay, versions)).toMatchObject({ ok: true })
  })

  test('a cancelled session stays as it was', () => {
    const cancelled = cancelSession(session({ state: 'published' }), '台風のため')
    expect(cancelled).toMatchObject({ ok: true, value: { state: 'cancelled', cancelReason: '台風のため' } })
    expect(editSession(session({ state: 'cancelled' }), session(), versions)).toMatchObject({
      error: { code: 'session_cancelled' },
    })
  })
})

test('the fields of a session refuse an end before its start, the same teacher twice, and an impossible day', () => {
  const { sessionId: _id, state: _state, source: _source, cancelReason: _reason, ...fields } = session()
  const [teacher] = fields.teachers
  expect(v.is(SessionFields, fields)).toBe(true)
  expect(v.is(SessionFields, { ...fields, endTime: '13:30' })).toBe(false)
  expect(v.is(SessionFields, { ...fields, teachers: [teacher, teacher] })).toBe(false)
  expect(v.is(SessionFields, { ...fields, heldOn: '2026-02-30' })).toBe(false)
  expect(v.is(SessionFields, { ...fields, capacity: 501 })).toBe(false)
})

test('sign-up closes at the end of its last day in Japan, and never after the beginning', () => {
  const held = { heldOn: '2026-05-12' as LocalDate, startTime: '13:30' as LocalTime }
  expect(enrollUntilOf({ ...held, enrollUntilOn: '2026-05-10' as LocalDate })).toBe('2026-05-10T15:00:00.000Z')
  expect(enrollUntilOf({ ...held, enrollUntilOn: '2026-05-12' as LocalDate })).toBe('2026-05-12T04:30:00.000Z')
  expect(enrollUntilOf({ ...held, enrollUntilOn: null })).toBe('2026-05-12T04:30:00.000Z')
})

test('seats are the smaller of the room and four for each who teaches', () => {
  expect(seatsOf({ capacity: 20, teacherCount: 4 }, 4)).toBe(16)
  expect(seatsOf({ capacity: 10, teacherCount: 4 }, 4)).toBe(10)
  expect(seatsOf({ capacity: 10, teacherCount: 0 }, 4)).toBe(0)
})

describe('the word a resident reads about a session', () => {
  const now = '2026-05-01T00:00:00.000Z' as Instant
  const shown = (given: Partial<PublicSession>): PublicSession =>
    ({
      cancelled: false,
      endsAt: '2026-05-12T06:00:00.000Z',
      enrollUntil: '2026-05-11T15:00:00.000Z',
      seats: 16,
      seatsLeft: 10,
      waiting: 0,
      ...given,
    }) as PublicSession

  test.each([
    ['open', {}],
    ['few', { seatsLeft: 3 }],
    ['full', { seatsLeft: 0 }],
    ['full', { seatsLeft: 1, waiting: 1 }], // a freed seat belongs to whoever waits
    ['closed', { enrollUntil: '2026-04-30T23:59:59.999Z' }],
    ['cancelled', { cancelled: true }],
    ['over', { endsAt: now }],
  ])('%s', (state, given) => {
    expect(publicState(shown(given as Partial<PublicSession>), now)).toBe(state)
  })
})
