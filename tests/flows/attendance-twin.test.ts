import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type MarkId, presentLearners } from '#attendance/domain/mark.ts'
import type { Database } from '#server/database.ts'
import { idOf, insertFacts, type MarkFact } from '../make/facts.ts'
import { makeDatabase } from '../make/postgres.ts'

let database: Database
beforeAll(async () => {
  database = await makeDatabase()
})
afterAll(() => database.close())

const small = fc.nat({ max: 3 })
const anyMark = fc.record({
  session: small,
  learner: small,
  device: small,
  minute: fc.nat({ max: 59 }),
  walkIn: fc.boolean(),
})
/** Marks, and which of them were taken back; some of what was taken back has not arrived (or never will). */
const anyDay = fc.record({
  marks: fc.array(anyMark, { maxLength: 25 }),
  undone: fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 12 }),
})

it('the view `attendance` and presentLearners() call the same people present, whatever was marked and taken back', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(anyDay, async (day) => {
      const city = `A${run++}`
      const marks = day.marks.map(toFact)
      const undos = day.undone.map((n) => ({ markId: idOf('mark', n), deviceId: idOf('phone', 0) }))
      await insertFacts(database, city, { marks, undos })

      const rows = await database.sql<{
        session_id: string
        learner_id: string
        device_count: number
        walk_in: boolean
      }>`
        select session_id, learner_id, device_count, walk_in from attendance where city = ${city}`
      const undone = new Set(undos.map((undo) => undo.markId as MarkId))
      for (const sessionId of new Set(marks.map((mark) => mark.sessionId))) {
        const ofSession = marks.filter((mark) => mark.sessionId === sessionId)
        const present = presentLearners(ofSession as unknown as Parameters<typeof presentLearners>[0], undone)
        const inView = rows.filter((row) => row.session_id === sessionId)
        expect(inView.map((row) => row.learner_id).toSorted()).toEqual([...present].toSorted())
        for (const row of inView) expect(row).toMatchObject(standing(ofSession, undone, row.learner_id))
      }
      expect(rows.every((row) => marks.some((mark) => mark.sessionId === row.session_id))).toBe(true)
    }),
    { numRuns: 150 },
  )
})

function toFact(
  mark: { session: number; learner: number; device: number; minute: number; walkIn: boolean },
  n: number,
): MarkFact {
  return {
    markId: idOf('mark', n),
    sessionId: idOf('class', mark.session),
    learnerId: idOf('person', mark.learner),
    deviceId: idOf('phone', mark.device),
    markedAt: `2026-05-12T04:${String(mark.minute).padStart(2, '0')}:00.000Z`,
    walkIn: mark.walkIn,
  }
}

function standing(marks: readonly MarkFact[], undone: ReadonlySet<string>, learnerId: string) {
  const valid = marks.filter((mark) => mark.learnerId === learnerId && !undone.has(mark.markId))
  return {
    device_count: new Set(valid.map((mark) => mark.deviceId)).size,
    walk_in: valid.some((mark) => mark.walkIn),
  }
}
