import type { CityState, KeptEnrollment } from './city-state.ts'

/** Sessions in which, at any moment, more people had a seat than there were seats. Where a seat was freed and given in one moment, it
 *  was freed first. */
export function findOversold({ sessions, enrollments }: CityState): readonly string[] {
  const bySession = Map.groupBy(enrollments, ({ sessionId }) => sessionId)
  return sessions.flatMap(({ sessionId, seats }) => {
    const most = mostAtOnce(bySession.get(sessionId) ?? [])
    return most <= seats ? [] : [`${most} people on ${seats} seats of session ${sessionId}`]
  })
}

function mostAtOnce(enrollments: readonly KeptEnrollment[]): number {
  const steps = enrollments.flatMap(({ grantedAt, cancelledAt }) => [
    ...(grantedAt === null ? [] : [{ at: grantedAt, change: 1 }]),
    ...(grantedAt === null || cancelledAt === null ? [] : [{ at: cancelledAt, change: -1 }]),
  ])
  steps.sort((a, b) => (a.at === b.at ? a.change - b.change : a.at < b.at ? -1 : 1))
  let [taken, most] = [0, 0]
  for (const { change } of steps) {
    taken += change
    most = Math.max(most, taken)
  }
  return most
}
