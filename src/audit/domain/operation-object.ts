import type { Operation, OperationName, OperationOf } from '#sync/domain/protocol.ts'

type ObjectOf = { readonly [Name in OperationName]: (payload: OperationOf<Name>['payload']) => string | null }

/** What an operation is done to, as the audit names it. The compiler asks for a line here for each new operation. */
const OBJECT_OF: ObjectOf = {
  'venue.save': ({ venueId }) => `venue:${venueId}`,
  'instructor.save': ({ instructorId }) => `instructor:${instructorId}`,
  'session.create': ({ sessionId }) => `session:${sessionId}`,
  'session.edit': ({ sessionId }) => `session:${sessionId}`,
  'session.publish': ({ sessionId }) => `session:${sessionId}`,
  'session.cancel': ({ sessionId }) => `session:${sessionId}`,
  'enrollment.request': ({ sessionId }) => `session:${sessionId}`,
  'enrollment.cancel': ({ enrollmentId }) => `enrollment:${enrollmentId}`,
  'enrollment.withdraw': () => null, // a 受付番号 leads to a person
  'attendance.mark': ({ sessionId, learnerId }) => `session:${sessionId} learner:${learnerId}`,
  'attendance.undo': ({ sessionId, learnerId }) => `session:${sessionId} learner:${learnerId}`,
  'attendance.walkIn': ({ sessionId, learnerId }) => `session:${sessionId} learner:${learnerId}`,
  'training.certify': ({ learnerId }) => `learner:${learnerId}`,
  'plan.setIndicator': ({ indicatorId }) => `indicator:${indicatorId}`,
  'plan.recordItem': ({ itemId }) => `item:${itemId}`,
  'plan.closeYear': ({ fiscalYear }) => `year:${fiscalYear}`,
  'person.correct': ({ learnerId }) => `learner:${learnerId}`,
  'person.stop': ({ learnerId }) => `learner:${learnerId}`,
  'person.resume': ({ learnerId }) => `learner:${learnerId}`,
  'person.erase': ({ learnerId }) => `learner:${learnerId}`,
  'person.merge': ({ learnerId, intoLearnerId }) => `learner:${learnerId} learner:${intoLearnerId}`,
  'person.separate': ({ mergeIds }) => mergeIds.map((id) => `merge:${id}`).join(' '),
}

export function objectOfOperation({ name, payload }: Operation): string | null {
  const of = OBJECT_OF[name] as (said: typeof payload) => string | null // one name, one payload: the compiler cannot see it
  return of(payload)
}
