import type { OperationName } from '#sync/domain/protocol.ts'

/** Who is asking. Residents never sign in. */
export const ROLES = ['resident', 'volunteer', 'organizer'] as const
export type Role = (typeof ROLES)[number]

const anybody = ROLES
const desk = ['volunteer', 'organizer'] as const
const office = ['organizer'] as const

/** Who may say what. The compiler asks for a line here for each new operation. */
export const MAY: Readonly<Record<OperationName, readonly Role[]>> = {
  'venue.save': office,
  'instructor.save': office,
  'session.create': office,
  'session.edit': office,
  'session.publish': office,
  'session.cancel': office,
  'enrollment.request': anybody,
  'enrollment.cancel': office,
  'enrollment.withdraw': anybody,
  'attendance.mark': desk,
  'attendance.undo': desk,
  'attendance.walkIn': desk,
  'training.certify': office,
  'plan.setIndicator': office,
  'plan.recordItem': office,
}
