import type { OperationName } from '#sync/domain/protocol.ts'

/** Who is asking. Residents never sign in; volunteers are known by their paired phone; 閲覧, 担当 and 管理者 are staff. */
export const ROLES = ['resident', 'volunteer', 'viewer', 'organizer', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** 閲覧, 担当, 管理者: the roles of those who work in the office, each with everything the one before may do. */
export const STAFF_ROLES = ['viewer', 'organizer', 'admin'] as const satisfies readonly Role[]
export type StaffRole = (typeof STAFF_ROLES)[number]

/** Whoever works in a hall on the day. */
export const DESK: readonly Role[] = ['volunteer', 'organizer', 'admin']
/** Whoever plans, and answers the telephone. */
export const OFFICE: readonly Role[] = ['organizer', 'admin']
export const ADMIN: readonly Role[] = ['admin']

/** Who may say what. The compiler asks for a line here for each new operation. */
export const MAY: Readonly<Record<OperationName, readonly Role[]>> = {
  'venue.save': OFFICE,
  'instructor.save': OFFICE,
  'session.create': OFFICE,
  'session.edit': OFFICE,
  'session.publish': OFFICE,
  'session.cancel': OFFICE,
  'enrollment.request': ROLES,
  'enrollment.cancel': OFFICE,
  'enrollment.withdraw': ROLES,
  'attendance.mark': DESK,
  'attendance.undo': DESK,
  'attendance.walkIn': DESK,
  'training.certify': OFFICE,
  'plan.setIndicator': OFFICE,
  'plan.recordItem': OFFICE,
  'plan.closeYear': OFFICE,
  'person.correct': OFFICE,
  'person.stop': OFFICE,
  'person.resume': OFFICE,
  'person.erase': ADMIN,
  'person.merge': OFFICE,
  'person.separate': OFFICE,
}
