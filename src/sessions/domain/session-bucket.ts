import type { SessionId } from './session.ts'

/** The bucket of the change feed with everything the helpers of one session may hold. */
export function bucketOf(session: SessionId): `session:${SessionId}` {
  return `session:${session}`
}
