import { expect, test } from 'vitest'
import * as v from 'valibot'
import { type Uuid, uuidv7 } from '#kernel/uuid.ts'
import type { Venue } from '#people/domain/venue.ts'
import type { ImportDraft } from './event-csv.ts'
import { planImport } from './import-plan.ts'
import { CreateSession } from './session.ts'

function makeIds(): () => Uuid {
  let n = 0
  return () => uuidv7(Date.parse('2026-04-01T00:00:00Z'), new Uint8Array(10).fill((n += 1)))
}

function makeDraft(row: number, changed: Partial<ImportDraft['draft']> = {}): ImportDraft {
  const draft = {
    title: 'スマホ教室',
    heldOn: null,
    startTime: null,
    endTime: null,
    capacity: 20,
    venueName: '中央公民館',
    venueAddress: 'みどり市中央1-1',
    suggestedVenueName: null,
    enrollUntilOn: null,
    note: null,
    sourceKey: `462195/${row}`,
    ...changed,
  }
  return { row, draft, remarks: [{ code: 'day_missing' }] }
}

const VENUE = { venueId: makeIds()(), name: '中央公民館', address: null, district: null } as Venue

test('a venue the city has is used, by its exact name', () => {
  const plan = planImport([makeDraft(2), makeDraft(3, { venueName: '中央公民館 ' })], {
    kind: 'class',
    venues: [VENUE],
    newId: makeIds(),
  })
  expect(plan.sessions[0]?.payload.fields.venueId).toBe(VENUE.venueId)
  expect(plan.venues.map(({ name }) => name)).toEqual(['中央公民館 '])
})

test('a new venue is made once for all rows that name it, with its address', () => {
  const plan = planImport([makeDraft(2), makeDraft(3)], { kind: 'class', venues: [], newId: makeIds() })
  expect(plan.venues).toMatchObject([{ name: '中央公民館', address: 'みどり市中央1-1' }])
  expect(plan.sessions.map(({ payload }) => payload.fields.venueId)).toEqual([
    plan.venues[0]?.venueId,
    plan.venues[0]?.venueId,
  ])
})

test('a row without a venue gives a draft without one', () => {
  const plan = planImport([makeDraft(2, { venueName: null })], { kind: 'class', venues: [VENUE], newId: makeIds() })
  expect([plan.venues, plan.sessions[0]?.payload.fields.venueId]).toEqual([[], null])
})

test('よろず相談 in a title makes a help desk; every other row is what was chosen for the file', () => {
  const rows = [makeDraft(2, { title: 'スマホよろず相談所' }), makeDraft(3, { title: 'スマホ相談会' })]
  const plan = planImport(rows, { kind: 'outreach', venues: [], newId: makeIds() })
  expect(plan.sessions.map(({ payload }) => payload.fields.kind)).toEqual(['helpDesk', 'outreach'])
})

test('each draft says where it came from, in a form that the wire accepts', () => {
  const [made] = planImport([makeDraft(2)], { kind: 'class', venues: [], newId: makeIds() }).sessions
  expect(v.parse(CreateSession, made?.payload).source).toEqual({
    profile: 'br-event-50',
    key: '462195/2',
    remarks: ['day_missing'],
  })
})
