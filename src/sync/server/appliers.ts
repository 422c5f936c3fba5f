import { applyMark, applyUndo, applyWalkIn } from '#attendance/server/apply-attendance.ts'
import { applyCancelEnrollment, applyWithdrawEnrollment } from '#enrollment/server/apply-cancellation.ts'
import { applyRequestEnrollment } from '#enrollment/server/apply-enrollment.ts'
import { applyCloseYear } from '#kpi/server/apply-close-year.ts'
import { applyRecordItem, applySetIndicator } from '#kpi/server/apply-plan.ts'
import { applyMergePerson, applySeparatePerson } from '#people/server/apply-merges.ts'
import { applySaveInstructor, applySaveVenue } from '#people/server/apply-people.ts'
import {
  applyCorrectPerson,
  applyErasePerson,
  applyResumePerson,
  applyStopPerson,
} from '#people/server/apply-person.ts'
import type { Apply } from '#server/apply.ts'
import {
  applyCancelSession,
  applyCreateSession,
  applyEditSession,
  applyPublishSession,
} from '#sessions/server/apply-sessions.ts'
import type { OperationName } from '#sync/domain/protocol.ts'
import { applyCertify } from '#training/server/apply-certify.ts'

/** What each operation does. The compiler asks for a line here for each new one. */
export const APPLIERS: { readonly [Name in OperationName]: Apply<Name> } = {
  'venue.save': applySaveVenue,
  'instructor.save': applySaveInstructor,
  'session.create': applyCreateSession,
  'session.edit': applyEditSession,
  'session.publish': applyPublishSession,
  'session.cancel': applyCancelSession,
  'enrollment.request': applyRequestEnrollment,
  'enrollment.cancel': applyCancelEnrollment,
  'enrollment.withdraw': applyWithdrawEnrollment,
  'attendance.mark': applyMark,
  'attendance.undo': applyUndo,
  'attendance.walkIn': applyWalkIn,
  'training.certify': applyCertify,
  'plan.setIndicator': applySetIndicator,
  'plan.recordItem': applyRecordItem,
  'plan.closeYear': applyCloseYear,
  'person.correct': applyCorrectPerson,
  'person.stop': applyStopPerson,
  'person.resume': applyResumePerson,
  'person.erase': applyErasePerson,
  'person.merge': applyMergePerson,
  'person.separate': applySeparatePerson,
}
