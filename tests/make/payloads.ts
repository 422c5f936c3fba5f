import * as v from 'valibot'
import { Mark, Undo, WalkIn } from '#attendance/domain/mark.ts'
import { CancelEnrollment, RequestEnrollment } from '#enrollment/domain/enrollment.ts'
import type { Uuid } from '#kernel/uuid.ts'
import { RecordItem } from '#kpi/domain/indicator.ts'
import { Instructor } from '#people/domain/instructor.ts'
import { CorrectPerson } from '#people/domain/person-change.ts'
import { MergePerson } from '#people/domain/same-person.ts'
import { Venue } from '#people/domain/venue.ts'
import { CreateSession, type SessionFields } from '#sessions/domain/session.ts'
import { Certify } from '#training/domain/certification.ts'
import { makeChance } from './chance.ts'

/** Payloads of operations. A test states only what matters to it; the rest is sensible, and every id is new. */
type Given<Schema extends v.GenericSchema> = Partial<v.InferInput<Schema>>

const chance = makeChance('payloads')
const newId = (): Uuid => chance.newId(Date.parse('2026-05-12T04:00:00.000Z'))

/** `venue.save` */
export function makeVenue(given: Given<typeof Venue> = {}): Venue {
  return v.parse(Venue, {
    venueId: newId(),
    name: '中央公民館',
    address: '本町1丁目2番3号',
    district: '本町',
    ...given,
  })
}

/** `instructor.save` */
export function makeInstructor(given: Given<typeof Instructor> = {}): Instructor {
  return v.parse(Instructor, { instructorId: newId(), name: '川畑 直美', nameKana: 'かわばた なおみ', ...given })
}

type GivenSession = Given<typeof SessionFields> & {
  readonly sessionId?: string
  readonly source?: v.InferInput<typeof CreateSession>['source']
  /** So many teachers nobody knows, instead of `teachers`. */
  readonly teacherCount?: number
}

/** `session.create`: a class of 8 seats whose venue the test has to name before it can be published. */
export function makeSession(given: GivenSession = {}): v.InferOutput<typeof CreateSession> {
  const { sessionId = newId(), source = null, teacherCount = 2, ...fields } = given
  const teachers = Array.from({ length: teacherCount }, () => ({ instructorId: newId(), role: 'instructor' as const }))
  return v.parse(CreateSession, {
    sessionId,
    source,
    fields: {
      kind: 'class',
      title: 'はじめてのスマホ',
      venueId: null,
      heldOn: '2026-05-12',
      startTime: '13:30',
      endTime: '15:00',
      capacity: 20,
      teachers,
      enrollUntilOn: null,
      note: null,
      ...fields,
    },
  })
}

/** `enrollment.request` */
export function makeEnrollment(given: Given<typeof RequestEnrollment> = {}): v.InferOutput<typeof RequestEnrollment> {
  return v.parse(RequestEnrollment, {
    enrollmentId: newId(),
    sessionId: newId(),
    name: '髙橋 和子',
    nameKana: 'たかはし かずこ',
    phone: `0900000${String(chance.int(0, 9999)).padStart(4, '0')}`,
    channel: 'phone',
    ...given,
  })
}

/** `enrollment.cancel` */
export function makeCancellation(given: v.InferInput<typeof CancelEnrollment>): v.InferOutput<typeof CancelEnrollment> {
  return v.parse(CancelEnrollment, given)
}

/** `attendance.mark` */
export function makeMark(given: Given<typeof Mark> = {}): Mark {
  return v.parse(Mark, { markId: newId(), sessionId: newId(), learnerId: newId(), ...given })
}

/** `attendance.undo`: takes back the marks of one person that a helper could see. */
export function makeUndo(...marks: readonly [Mark, ...Mark[]]): v.InferOutput<typeof Undo> {
  const [{ sessionId, learnerId }] = marks
  return v.parse(Undo, { sessionId, learnerId, markIds: marks.map((mark) => mark.markId) })
}

/** `attendance.walkIn` */
export function makeWalkIn(given: Given<typeof WalkIn> = {}): v.InferOutput<typeof WalkIn> {
  return v.parse(WalkIn, {
    markId: newId(),
    sessionId: newId(),
    learnerId: newId(),
    name: '有馬 トメ',
    nameKana: 'ありま とめ',
    ageBand: null,
    ...given,
  })
}

/** `training.certify` */
export function makeCertification(given: Given<typeof Certify> = {}): v.InferOutput<typeof Certify> {
  return v.parse(Certify, {
    certificationId: newId(),
    learnerId: newId(),
    certifiedOn: '2026-05-12',
    number: `第${chance.int(1, 999_999)}号`,
    ...given,
  })
}

/** `person.correct` */
export function makeCorrection(given: Given<typeof CorrectPerson> = {}): v.InferOutput<typeof CorrectPerson> {
  return v.parse(CorrectPerson, {
    learnerId: newId(),
    name: '髙橋 和子',
    nameKana: 'たかはし かずこ',
    phone: '0996000000',
    reason: 'self',
    ...given,
  })
}

/** `person.merge` */
export function makeMerge(given: Given<typeof MergePerson> = {}): MergePerson {
  return v.parse(MergePerson, { mergeId: newId(), learnerId: newId(), intoLearnerId: newId(), ...given })
}

/** `plan.recordItem` */
export function makeItem(given: Given<typeof RecordItem> = {}): v.InferOutput<typeof RecordItem> {
  return v.parse(RecordItem, {
    itemId: newId(),
    measure: 'procedures',
    name: `転出届 ${chance.int(1, 999_999)}`,
    startedOn: '2026-04-01',
    ...given,
  })
}
