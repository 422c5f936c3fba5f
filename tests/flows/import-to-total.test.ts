import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import type { FiscalYear } from '#kernel/fiscal-year.ts'
import { instantAt } from '#kernel/time.ts'
import type { KpiPage, KpiRows } from '#kpi/domain/kpi-page.ts'
import type { Instructor } from '#people/domain/instructor.ts'
import type { Venue } from '#people/domain/venue.ts'
import { readCsvBytes } from '#sessions/client/read-csv-file.ts'
import { type ImportDraft, previewEventCsv, withMeetingPlaceAsVenue } from '#sessions/domain/event-csv.ts'
import { planImport } from '#sessions/domain/import-plan.ts'
import type { Session, SessionId } from '#sessions/domain/session.ts'
import { itemAt } from '../make/chance.ts'
import { makeDistinctPeople } from '../make/names.ts'
import { makeInstructor, makeMark } from '../make/payloads.ts'
import { makeIndicator } from '../make/plan.ts'
import { type RunningProduct, startProduct } from '../make/running-product.ts'
import { setPlan, signUp } from '../make/said-by-office.ts'
import type { TestDevice } from '../make/server-kit.ts'
import { newId, signIn } from '../make/signed-in.ts'

const FILE = readFileSync(new URL('../data/municipal-smartphone-classes-2022.csv', import.meta.url))
const R3 = 2021 as FiscalYear
/** Rows of the file that are held, the people who ask for a place, and those of them who come. */
const HELD = [
  { row: 2, asked: [0, 8], came: [0, 6] },
  { row: 3, asked: [4, 12], came: [4, 12] },
  { row: 6, asked: [0, 5], came: [1, 4] }, // the file says no capacity
  { row: 9, asked: [10, 18], came: [12, 17] },
  { row: 10, asked: [2, 10], came: [2, 3] },
] as const

const people = makeDistinctPeople()
let product: RunningProduct
let office: TestDevice
beforeAll(async () => {
  product = await startProduct({ now: '2022-01-20T01:00:00.000Z' })
  office = product.device('organizer')
  await setPlan(product)
  return () => product.stop()
})

test('a city’s real file becomes drafts, five of them are held, and the total of 令和3年度 is exact', async () => {
  const drafts = readDrafts()
  const sessionOfRow = await importRows(drafts, [])
  expect(sessionOfRow.size).toBe(25)
  expect(await readSessions()).toHaveLength(25)
  expect((await readSessions()).every(({ state, source }) => state === 'draft' && source !== null)).toBe(true)

  const teachers = await addTeachers()
  const came: string[] = []
  for (const { row, asked, came: arrived } of HELD) {
    const sessionId = itemAt(
      [...sessionOfRow].flatMap(([at, id]) => (at === row ? [id] : [])),
      0,
    )
    await publish(sessionId, teachers)
    await signUp(product, sessionId, people.slice(...asked))
    came.push(
      ...(await hold(
        sessionId,
        people.slice(...arrived).map(({ name }) => name),
      )),
    )
  }
  expect(came).toHaveLength(HELD.reduce((sum, { came: [from, to] }) => sum + to - from, 0))

  product.setNow('2022-04-10T01:00:00.000Z')
  const kpi = await read<KpiPage>(`/api/kpi/${R3}`)
  const line = kpi.lines.find(({ indicator }) => indicator.measure === 'classAttendances')
  expect(line?.actual).toEqual({ count: came.length, uniqueLearners: new Set(came).size })
  expect(kpi.reviewCount).toBe(0)
  const rows = await read<KpiRows>(`/api/kpi/${R3}/${makeIndicator('classAttendances').indicatorId}`)
  const listed = rows.rows.flatMap((one) => (one.of === 'attendance' ? [one.person.name ?? ''] : []))
  expect(listed.toSorted(byText)).toEqual(came.toSorted(byText))
  const next = await read<KpiPage>(`/api/kpi/${R3 + 1}`)
  expect(next.lines.find(({ indicator }) => indicator.measure === 'classAttendances')?.actual?.count).toBe(0)
})

test('the same file once more adds nothing: each row is answered with why', async () => {
  const before = await readSessions()
  const plan = planImport(readDrafts(), { kind: 'class', venues: await readVenues(), newId })
  expect(plan.venues).toEqual([])
  const outcomes = await office.ask(...plan.sessions.map(({ payload }) => office.op('session.create', payload)))
  expect(outcomes).toHaveLength(25)
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ status: 'refused', refusal: { code: 'already_imported' } })
  }
  expect(await readSessions()).toEqual(before)
})

function readDrafts(): readonly ImportDraft[] {
  const csv = readCsvBytes(new Uint8Array(FILE))
  if (!csv.ok) throw new Error(csv.error.code)
  const preview = previewEventCsv(csv.value.rows)
  if (!preview.ok) throw new Error(preview.error.code)
  return preview.value.flatMap((row) => ('draft' in row ? [withMeetingPlaceAsVenue(row)] : []))
}

/** What the import page says to the server for these rows. */
async function importRows(
  drafts: readonly ImportDraft[],
  venues: readonly Venue[],
): Promise<ReadonlyMap<number, SessionId>> {
  const plan = planImport(drafts, { kind: 'class', venues, newId })
  await office.push(
    ...plan.venues.map((venue) => office.op('venue.save', venue)),
    ...plan.sessions.map(({ payload }) => office.op('session.create', payload)),
  )
  return new Map(plan.sessions.map(({ row, payload }) => [row, payload.sessionId]))
}

async function addTeachers(): Promise<readonly Instructor[]> {
  const teachers = ['川畑 直美', '有馬 修'].map((name) => makeInstructor({ name }))
  await office.push(...teachers.map((one) => office.op('instructor.save', one)))
  return teachers
}

/** The organizer adds what no such file says, and makes it public. */
async function publish(sessionId: SessionId, teachers: readonly Instructor[]): Promise<void> {
  const record = (await office.pull()).find((one) => one.bucket === 'office' && one.id === sessionId)
  if (record?.kind !== 'session' || record.body === null) throw new Error('The draft is not in the office')
  const { sessionId: _id, source: _source, state: _state, cancelReason: _reason, ...fields } = record.body
  const complete = {
    ...fields,
    capacity: fields.capacity ?? 20,
    teachers: teachers.map(({ instructorId }) => ({ instructorId, role: 'instructor' as const })),
  }
  await office.push(
    office.op('session.edit', { sessionId, fields: complete, basedOn: record.version }),
    office.op('session.publish', { sessionId }),
  )
}

/** On the day, a helper's phone checks in whoever came. Returns their names. */
async function hold(sessionId: SessionId, names: readonly string[]): Promise<readonly string[]> {
  const session = (await readSessions()).find((one) => one.sessionId === sessionId)
  if (session?.heldOn == null || session.startTime === null) throw new Error('The session has no day')
  const at = instantAt(session.heldOn, session.startTime)
  product.setNow(at)
  const phone = product.device('volunteer')
  const roster = (await phone.pull()).flatMap((one) =>
    one.kind === 'rosterEntry' && one.bucket === `session:${sessionId}` && one.body !== null ? [one.body] : [],
  )
  const here = roster.filter(({ name }) => name !== null && names.includes(name))
  const marks = here.map(({ learnerId }) => makeMark({ sessionId, learnerId }))
  await phone.push(...marks.map((mark) => phone.op('attendance.mark', mark, at)))
  product.setNow('2022-01-20T01:00:00.000Z')
  return here.map(({ name }) => name ?? '')
}

async function readSessions(): Promise<readonly Session[]> {
  const records = await office.pull()
  return records.flatMap((one) => (one.kind === 'session' && one.bucket === 'office' && one.body ? [one.body] : []))
}

async function readVenues(): Promise<readonly Venue[]> {
  const records = await office.pull()
  return records.flatMap((one) => (one.kind === 'venue' && one.bucket === 'office' && one.body ? [one.body] : []))
}

async function read<Body>(path: string): Promise<Body> {
  const answer = await product.fetch(path, { headers: { Cookie: await signIn(product, 'organizer') } })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Body
}

function byText(one: string, other: string): number {
  return one < other ? -1 : 1
}
