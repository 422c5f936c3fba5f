import type { AuditAction } from './audit-entry.ts'

/** 入った, 見た, 書き出した, 変えた, 消した: what an auditor looks for. */
export const ACTION_KINDS = ['entered', 'viewed', 'exported', 'changed', 'erased'] as const
export type ActionKind = (typeof ACTION_KINDS)[number]

/** Of each action. The compiler asks for a line here for each new one. */
const KIND_OF: Readonly<Record<AuditAction, ActionKind>> = {
  'signIn.done': 'entered',
  'signIn.refused': 'entered',
  'signIn.ended': 'entered',
  'staff.setUp': 'changed',
  'staff.invited': 'changed',
  'staff.joined': 'changed',
  'staff.roleChanged': 'changed',
  'staff.disabled': 'changed',
  'staff.enabled': 'changed',
  'staff.instructorLinked': 'changed',
  'staff.recoveryAsked': 'changed',
  'staff.recoveryApproved': 'changed',
  'staff.recoveryWithdrawn': 'changed',
  'staff.recovered': 'changed',
  'passkey.added': 'changed',
  'passkey.removed': 'changed',
  'secondWay.made': 'changed',
  'secondWay.confirmed': 'changed',
  'secondWay.removed': 'changed',
  'pairing.codeMade': 'changed',
  'pairing.done': 'entered',
  'pairing.refused': 'entered',
  'pairing.ended': 'entered',
  'pairing.wiped': 'erased',
  'roster.sent': 'viewed',
  'people.viewed': 'viewed',
  'person.viewed': 'viewed',
  'person.exported': 'exported',
  'list.exported': 'exported',
  'outboxFile.taken': 'changed',
  'audit.viewed': 'viewed',
  'audit.purged': 'erased',
  'retention.done': 'erased',
  'venue.save': 'changed',
  'instructor.save': 'changed',
  'session.create': 'changed',
  'session.edit': 'changed',
  'session.publish': 'changed',
  'session.cancel': 'changed',
  'enrollment.request': 'changed',
  'enrollment.cancel': 'changed',
  'enrollment.withdraw': 'changed',
  'attendance.mark': 'changed',
  'attendance.undo': 'changed',
  'attendance.walkIn': 'changed',
  'training.certify': 'changed',
  'plan.setIndicator': 'changed',
  'plan.recordItem': 'changed',
  'plan.closeYear': 'changed',
  'person.correct': 'changed',
  'person.stop': 'changed',
  'person.resume': 'changed',
  'person.erase': 'erased',
  'person.merge': 'changed',
  'person.separate': 'changed',
}

export function actionsOf(kind: ActionKind): readonly AuditAction[] {
  return (Object.keys(KIND_OF) as AuditAction[]).filter((action) => KIND_OF[action] === kind)
}
